"""How soon the result of an hour of video answers to a person: `python -m tests.web.interactive`.

Seconds from asking for the page until its table shows, its slider takes a click, and the main thread is free,
less those in which the gallery invents the result.
"""

import tempfile
import time
from pathlib import Path

from tests.web.browser import chromium
from tests.web.gallery import gallery

MINUTES = 60
TRIES = 5

READY = """
const done = arguments[arguments.length - 1];
const count = what => document.querySelectorAll(what).length;
const invented = () => performance.getEntriesByName('invention')[0].duration;
const look = () => count('.timeline input') && count('table tbody tr') > 20
  ? requestIdleCallback(() => done([(performance.now() - invented()) / 1000, count('.timeline-row i')]))
  : setTimeout(look, 10);
look();
"""


def main() -> None:
    with (
        gallery(MINUTES) as address,
        tempfile.TemporaryDirectory() as profile,
        chromium(Path(profile)) as browser,
    ):
        browser.driver.set_script_timeout(60)
        for _ in range(TRIES):
            browser.driver.get("about:blank")
            browser.driver.get(f"{address}/jobs/video?minutes={MINUTES}")
            seconds, bars = browser.driver.execute_async_script(READY)
            print(f"{seconds:.2f} s until {bars} appearances can be used")  # noqa: T201
            time.sleep(1)


if __name__ == "__main__":
    main()
