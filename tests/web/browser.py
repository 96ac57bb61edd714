"""Debian's Chromium without a window, driven by its own chromedriver."""

import json
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver


@dataclass(frozen=True)
class Browser:
    """One browser that shows one page at a time."""

    driver: webdriver.Chrome

    def show(self, page: Path, *, width: int = 1366, scheme: str = "light", media: str = "") -> None:
        """Load a file afresh, in a view `width` CSS pixels wide; what was logged before is forgotten.

        An empty `media` is the browser's own: the screen, and paper when it prints.
        """
        self.open(page.as_uri(), width=width, scheme=scheme, media=media)

    def open(
        self, address: str, *, width: int = 1366, height: int = 900, scheme: str = "light", media: str = ""
    ) -> None:
        """Do what `show` does with an address."""
        self.view(width, height)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},  # a click must not chase what scrolls
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        self.driver.get("about:blank")
        self.requests()
        self.complaints()
        self.driver.get(address)

    def view(self, width: int, height: int) -> None:
        """Make the view so large, in CSS pixels."""
        view = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", view)

    def run(self, script: str) -> Any:
        """Return what the script returns; the page's own policy does not hold it back."""
        return self.driver.execute_script(script)

    def requests(self) -> list[str]:
        """Return the addresses asked for since last asked, data: URIs left out: nothing is sent for those."""
        entries = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        asked = [e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent"]
        return [address for address in asked if not address.startswith("data:")]

    def complaints(self) -> list[str]:
        """Return the lines of the console since last asked."""
        return [entry["message"] for entry in self._log("browser")]

    def _log(self, name: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(name)  # type: ignore[no-untyped-call]
        return entries

    def print(self) -> bytes:
        """Return the page as a PDF on A4 paper."""
        paper = {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69}
        return b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile; it resolves no host name, so nothing leaves the machine."""
    options = webdriver.ChromeOptions()
    options.binary_location = _program("chromium")
    for argument in (
        "--headless=new",
        "--no-sandbox",  # the sandbox does not start for root, as in a container
        "--disable-dev-shm-usage",  # containers give /dev/shm 64 MiB
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(_program("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is not on PATH: run scripts/ensure-programs {name}")
    return path
