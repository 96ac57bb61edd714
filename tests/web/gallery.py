"""The portal's gallery: pages with invented answers of the API, built, and served by the portal's policy."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.portal_build import WEB, install, npm
from infra.portal_headers import SECURITY_HEADERS, content_security_policy
from tests.web.browser import Browser
from tests.web.serving import serving

PAGES = {
    "sign-in": "/sign-in",
    "overview": "/",
    "analyze": "/analyze",
    "projects": "/projects",
    "new-project": "/new-project",
    "project": "/projects/spring-cup",
    "train": "/projects/spring-cup/train",
    "labeling": "/labeling",
    "job-running": "/jobs/detecting",
    "job-refused": "/jobs/refused",
    "job-labeling": "/jobs/labeling",
    "result-video": "/jobs/video",
    "result-image": "/jobs/picture",
    "brands": "/brands",
    "account": "/account",
}
"""Every page of the portal, by name."""

SETTLING_SECONDS = 90.0

_SETTLED = """
const page = document.querySelector('main');
return Boolean(page && page.innerText.trim() && !page.querySelector('.waiting')
  && !/(^|\\n)Loading(\\n|$)/.test(page.innerText))
"""

# What is drawn only when it is near has to be; then the page is looked at from its top.
_LOOK_AROUND = """
const done = arguments[arguments.length - 1];
const whole = document.documentElement;
whole.scrollTo({top: whole.scrollHeight, behavior: 'instant'});
requestAnimationFrame(() => requestAnimationFrame(() => {
  whole.scrollTo({top: 0, behavior: 'instant'});
  done();
}))
"""


@contextmanager
def gallery(minutes: int = 1) -> Iterator[str]:
    """Build and serve the gallery, whose video lasts `minutes`; yields its address."""
    install()
    npm("run", "gallery")
    folder = WEB / "dist-gallery"
    make_material(folder / "material", minutes)
    policy = content_security_policy(services=["blob:"], files=[])
    # Its pictures come from itself, as those of the portal come from S3.
    policy = policy.replace("media-src ", "media-src 'self' ")
    with serving(folder, {**SECURITY_HEADERS, "Content-Security-Policy": policy}) as address:
        yield address


def open_page(
    browser: Browser, address: str, *, width: int = 1366, height: int = 768, scheme: str = "light"
) -> None:
    """Load a page afresh and wait until it shows what it has to show."""
    browser.open(address, width=width, height=height, scheme=scheme)
    _await_settled(browser)
    browser.driver.execute_async_script(_LOOK_AROUND)
    _await_settled(browser)


def _await_settled(browser: Browser) -> None:
    deadline = time.monotonic() + SETTLING_SECONDS
    while not browser.run(_SETTLED):
        if time.monotonic() > deadline:
            raise AssertionError(f"the page still loads: {browser.run('return document.body.innerText')}")
        time.sleep(0.05)


def make_material(folder: Path, minutes: int) -> None:
    """Make a video of that length, a picture and a sheet of previews."""
    folder.mkdir(parents=True, exist_ok=True)
    size = "640x360" if minutes < 5 else "160x90"
    rate = 25 if minutes < 5 else 2
    video = f"gradients=s={size}:r={rate}:c0=0x28506e:c1=0x7aa05a:n=2:speed=0.01"
    _ffmpeg(
        "-f", "lavfi", "-i", video, "-t", str(minutes * 60), "-c:v", "libx264", "-preset", "ultrafast",
        "-g", "50", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(folder / "video.mp4"),
    )  # fmt: skip
    still = "gradients=s=1280x720:c0=0x28506e:c1=0x7aa05a:n=2:seed=7"
    _ffmpeg("-f", "lavfi", "-i", still, "-frames:v", "1", str(folder / "picture.jpg"))
    sheet = "gradients=s=1600x900:c0=0x28506e:c1=0x7aa05a:n=4:seed=3"
    _ffmpeg("-f", "lavfi", "-i", sheet, "-frames:v", "1", str(folder / "sheet.jpg"))


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)
