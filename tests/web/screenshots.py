"""Takes pictures of the portal's pages: `python -m tests.web.screenshots FOLDER [NAME...]`."""

import sys
import tempfile
import time
from base64 import b64decode
from pathlib import Path

from tests.web.browser import Browser, chromium
from tests.web.gallery import PAGES, gallery

WIDTHS = {"desk": (1366, 768), "phone": (390, 844)}
SETTLED_SECONDS = 2.5


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with gallery() as address, tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as browser:
        for name in names or PAGES:
            for device, (width, height) in WIDTHS.items():
                _view(browser, width, height)
                browser.driver.get(address + PAGES[name])
                time.sleep(SETTLED_SECONDS)
                picture = folder / f"{name}-{device}.png"
                shot = browser.driver.execute_cdp_cmd(
                    "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"}
                )
                picture.write_bytes(b64decode(shot["data"]))
                print(picture, *browser.complaints())  # noqa: T201  the command's answer


def _view(browser: Browser, width: int, height: int) -> None:
    view = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", view)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
