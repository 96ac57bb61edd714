"""The portal as a person uses it: by the names of what shows."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.common.exceptions import ElementClickInterceptedException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.web.browser import Browser

PATIENCE_SECONDS = 90.0


class Portal:
    """One person's browser, at the portal's address."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._driver, self.address = browser.driver, address

    def open(self, path: str = "/") -> None:
        self._driver.get(self.address + path)

    def sign_in(self, email: str, password: str) -> None:
        self.type("E-mail or user name", email)
        self.type("Password", password)
        self.press("Sign in")

    def type(self, label: str, text: str) -> None:
        """Write into the field of that label or name."""
        field = self.find(f"//input[@aria-label='{label}' or @id=//label[normalize-space()='{label}']/@for]")
        field.clear()
        field.send_keys(text)

    def press(self, name: str) -> None:
        """Press the enabled button, or follow the link, of that name."""
        xpath = (
            f"//*[self::button or self::a][normalize-space()='{name}' or @aria-label='{name}']"
            "[not(@disabled) and not(@aria-disabled='true')]"
        )
        self._click(self.find(xpath))

    def press_item(self, name: str) -> None:
        """Press the item of that name in the menu that is open."""
        self._click(self.find(f"//*[@role='menuitem' or @role='option'][contains(., '{name}')]"))

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the list of that label or name, in the dialog where one is open."""
        front = "//*[@role='dialog']" if self._driver.find_elements(By.XPATH, "//*[@role='dialog']") else ""
        name = f"//*[starts-with(@id, 'select-arialabel')][normalize-space()='{label}']/@id"
        named = f"contains(concat(' ', @aria-labelledby), concat(' ', {name}, ' '))"
        labeled = f"@id=//label[normalize-space()='{label}']/@for"
        self._click(self.find(f"{front}//button[@aria-haspopup][{labeled} or {named}]"))
        self._click(self.find(f"//*[@role='option'][.//*[text()='{option}']]"))

    def value(self, label: str) -> str:
        """Return what the field of that label holds."""
        return (
            self.find(f"//input[@id=//label[normalize-space()='{label}']/@for]").get_attribute("value") or ""
        )

    def choose_files(self, *paths: Path) -> None:
        self._choose("Choose files", *paths)

    def choose_folder(self, path: Path) -> None:
        self._choose("Choose a folder", path)

    def _choose(self, name: str, *paths: Path) -> None:
        field = self._driver.find_element(By.XPATH, f"//input[@type='file'][@aria-label='{name}']")
        field.send_keys("\n".join(map(str, paths)))

    def shows(self, *texts: str) -> None:
        """Wait until the page shows all the texts."""
        for text in texts:
            self._until(lambda text=text: text in self.text, f"the page does not show {text!r}")

    def gone(self, text: str) -> None:
        """Wait until the page shows that text no more."""
        self._until(lambda: text not in self.text, f"the page still shows {text!r}")

    def has(self, name: str) -> bool:
        """Say whether there is a button or a link of that name."""
        named = (
            f"//*[self::button or self::a][normalize-space()='{name}' or starts-with(@aria-label, '{name}')]"
        )
        return bool(self._driver.find_elements(By.XPATH, named))

    @property
    def text(self) -> str:
        return str(self._driver.execute_script("return document.body.innerText"))

    @property
    def path(self) -> str:
        return str(self._driver.execute_script("return location.pathname"))

    def find(self, xpath: str) -> WebElement:
        """Wait for the first element that shows."""
        found: list[WebElement] = []

        def look() -> bool:
            found[:] = [each for each in self._driver.find_elements(By.XPATH, xpath) if each.is_displayed()]
            return bool(found)

        self._until(look, f"there is no {xpath}")
        return found[0]

    def run(self, script: str) -> Any:
        return self._driver.execute_script(script)

    def _click(self, element: WebElement) -> None:
        """Click once nothing lies above, such as a dialog that still fades away."""

        def clicked() -> bool:
            self._driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            try:
                element.click()
            except ElementClickInterceptedException:
                return False
            return True

        self._until(clicked, f"something lies above {element.text or element.tag_name}")

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise}; it shows:\n{self.text}")
            time.sleep(0.2)
