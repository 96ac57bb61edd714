"""A person at the worker page: a mouse, a keyboard, and eyes."""

import time
from collections.abc import Callable
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.web.browser import Browser

SCREEN = {"width": 1366, "height": 768, "deviceScaleFactor": 1, "mobile": False}
"""The smallest screen that the page must do on."""


class Worker:
    def __init__(self, browser: Browser) -> None:
        self.browser, self._driver = browser, browser.driver
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREEN)

    def open(self, address: str) -> None:
        """Go to a page and wait until its first picture is shown."""
        self._driver.get("about:blank")
        self.browser.requests()
        self.browser.complaints()
        self._driver.get(address)
        self.until(lambda: self.run("return document.querySelector('#sheet img') !== null"))
        self.until_place(1)

    def run(self, script: str) -> Any:
        return self.browser.run(script)

    def text(self, selector: str) -> str:
        text: str = self.run(f"return document.querySelector({selector!r}).textContent")
        return text

    def texts(self, selector: str) -> list[str]:
        texts: list[str] = self.run(
            f"return [...document.querySelectorAll({selector!r})].map((e) => e.textContent)"
        )
        return texts

    def click(self, selector: str) -> None:
        self._driver.find_element("css selector", selector).click()

    def press(self, *keys: str, control: bool = False) -> None:
        chain = ActionChains(self._driver, duration=0)
        if control:
            chain.key_down(Keys.CONTROL)
        chain.send_keys(*keys)
        if control:
            chain.key_up(Keys.CONTROL)
        chain.perform()

    def scroll_to(self, x: float, y: float) -> None:
        """Bring a point of the picture, in its own pixels, to the top left of the view."""
        self.run(
            "const s = document.getElementById('stage'), i = document.querySelector('#sheet img');"
            "const a = s.getBoundingClientRect(), b = i.getBoundingClientRect();"
            "const z = b.width / i.naturalWidth;"
            f"s.scrollBy(b.left + {x} * z - a.left, b.top + {y} * z - a.top)"
        )

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag from one point of the picture to another, in its own pixels."""
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self._mouse("mousePressed", self._on_screen(start))
        self._mouse("mouseMoved", self._on_screen(middle))
        self._mouse("mouseMoved", self._on_screen(end))
        self._mouse("mouseReleased", self._on_screen(end))

    def select(self, point: tuple[float, float]) -> None:
        """Click on the box there, in pixels of the picture, until it is selected: it may not be shown yet."""

        def selected() -> bool:
            self.drag(point, point)
            return self._is_selected(point)

        self.until(selected)

    def until_selected(self, point: tuple[float, float]) -> None:
        """Wait until the box there is selected, as the one drawn last is by itself."""
        self.until(lambda: self._is_selected(point))

    def _is_selected(self, point: tuple[float, float]) -> bool:
        x, y = self._on_screen(point)
        is_selected: bool = self.run(
            "return [...document.querySelectorAll('.a9s-annotation.selected')].some((e) => {"
            "const b = e.getBoundingClientRect();"
            f"return b.left <= {x} && {x} <= b.right && b.top <= {y} && {y} <= b.bottom; }})"
        )
        return is_selected

    def _on_screen(self, point: tuple[float, float]) -> tuple[float, float]:
        left, top, zoom = self.run(
            "const i = document.querySelector('#sheet img'), b = i.getBoundingClientRect();"
            "return [b.left, b.top, b.width / i.naturalWidth]"
        )
        return left + point[0] * zoom, top + point[1] * zoom

    def _mouse(self, kind: str, at: tuple[float, float]) -> None:
        held = {"button": "left", "buttons": 1, "clickCount": 1}
        event = {"type": kind, "x": at[0], "y": at[1], **held}
        self._driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def until(self, holds: Callable[[], object]) -> None:
        """Return once it is so."""
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline, f"{self.texts('#trouble')} {self.browser.complaints()}"
            time.sleep(0.03)

    def until_place(self, number: int) -> None:
        """Wait until that picture of the job, counted from 1, is shown."""
        self.until(lambda: self.text("#place").startswith(f"{number} of "))

    def until_saved(self) -> None:
        self.until(lambda: self.text("#saved") == "Saved")
