"""Takes pictures of the portal's pages: `python -m tests.web.screenshots FOLDER [NAME...]`.

Each page as it shows on a desk and on a phone, to who likes it light and to who likes it dark.
"""

import sys
import tempfile
import time
from base64 import b64decode
from pathlib import Path

from tests.web.browser import chromium
from tests.web.gallery import PAGES, gallery, open_page

VIEWS = {"desk": (1366, 768), "phone": (390, 844)}
SCHEMES = ("light", "dark")
FADED_SECONDS = 0.5


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with gallery() as address, tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as browser:
        browser.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for name in names or PAGES:
            for device, (width, height) in VIEWS.items():
                for scheme in SCHEMES:
                    open_page(browser, address + PAGES[name], width=width, height=height, scheme=scheme)
                    time.sleep(FADED_SECONDS)
                    picture = folder / f"{name}-{device}-{scheme}.png"
                    shot = browser.driver.execute_cdp_cmd(
                        "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"}
                    )
                    picture.write_bytes(b64decode(shot["data"]))
                    print(picture, *browser.complaints())  # noqa: T201  the command's answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
