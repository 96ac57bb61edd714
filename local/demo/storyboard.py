"""Which footage the demo video shows, and where the boards of which brand stand in it.

Coordinates are those of a clip's full frame drawn at 1280x720, in the frame a surface is anchored at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from local.demo.compositing import Look
from local.demo.footage import BRIDGE, BUNNY, CITY, Clip
from local.demo.geometry import Quad, quad, rectangle

WIDTH, HEIGHT, FRAME_RATE = 1280, 720, 25


@dataclass(frozen=True)
class Take:
    """Consecutive frames of one clip without a cut, `first` up to not including `last`."""

    clip: Clip
    first: int
    last: int


@dataclass(frozen=True)
class Surface:
    """Something in a take that boards are fixed to; `region` lies where it says in frame `anchor`."""

    take: Take
    anchor: int
    region: tuple[float, float, float, float]


@dataclass(frozen=True)
class Placement:
    """One board on a surface.

    Attributes
    ----------
    corners
        The board in the surface's anchor frame.
    repeats
        How often the logo stands side by side on it.
    behind
        What real foreground passes before it: the bridge's red steel, or whatever moves over the surface.
    drift
        The board's own motion in pixels per frame of footage (airships).
    emerges
        Frames of the take (from, to) over which it comes out of the fog.
    """

    label: str
    surface: Surface
    corners: tuple[tuple[float, float], ...]
    look: Look = Look()  # noqa: RUF009 - frozen
    repeats: int = 1
    behind: Literal["steel", "traffic"] | None = None
    drift: tuple[float, float] = (0.0, 0.0)
    emerges: tuple[int, int] | None = None

    @property
    def board(self) -> Quad:
        """The corners as a Quad."""
        return quad(self.corners)


@dataclass(frozen=True)
class Camera:
    """How a shot frames its take: enlarged by `scale`, its window's corner going from `start` to `end`."""

    scale: float = 1.0
    start: tuple[float, float] = (0.0, 0.0)
    end: tuple[float, float] = (0.0, 0.0)
    mirrored: bool = False


@dataclass(frozen=True)
class Shot:
    """A stretch of the video between two cuts.

    Attributes
    ----------
    slowness
        Frames shown per frame of footage; 2 is a slow-motion replay.
    focus_pull
        Frames over which the picture comes into focus.
    whip
        Frames at the end over which the camera whips away.
    passer
        Frames (from, to) in which an unfocused post sweeps through the foreground.
    """

    take: Take
    placements: Sequence[Placement]
    camera: Camera = Camera()
    slowness: int = 1
    focus_pull: int = 0
    whip: int = 0
    passer: tuple[int, int] | None = None

    @property
    def length(self) -> int:
        """How many frames of the video it fills."""
        return (self.take.last - self.take.first) * self.slowness


APPROACH, FLYOVER = Take(BRIDGE, 0, 225), Take(BRIDGE, 225, 396)
CROSSING, SKYLINE, BIRD = Take(CITY, 0, 132), Take(CITY, 150, 280), Take(BUNNY, 380, 490)

HILLS = Surface(APPROACH, 100, (0, 85, 620, 215))
CLIFF = Surface(APPROACH, 60, (820, 260, 1280, 640))
FORT = Surface(APPROACH, 150, (820, 320, 1200, 600))
HEADLAND = Surface(FLYOVER, 270, (300, 220, 490, 345))
HORIZON = Surface(FLYOVER, 270, (0, 140, 1280, 212))
WATER = Surface(FLYOVER, 320, (560, 330, 1280, 640))
EAST_ROOF = Surface(CROSSING, 0, (840, 500, 1280, 720))
WEST_ROOF = Surface(CROSSING, 0, (0, 500, 420, 720))
STREET = Surface(CROSSING, 0, (440, 200, 820, 500))
TOWER = Surface(SKYLINE, 200, (170, 270, 320, 560))
MIDTOWN = Surface(SKYLINE, 200, (580, 320, 860, 560))
BLOCK = Surface(SKYLINE, 200, (740, 480, 960, 690))
GRID = Surface(SKYLINE, 200, (940, 430, 1100, 580))

PAINTED = Look(shading=0.75, texture=0.55, haze=0.08, blur=0.7, shadow=0)
HAZY = Look(shading=0.8, texture=0.1, haze=0.14, blur=0.8, shadow=0.15)
STANDING = Look(shading=0.7, texture=0.05, haze=0.08, blur=0.7)
SHINING = Look(shading=0.25, texture=0, haze=0.05, blur=0.8, shadow=0.1)
AIRBORNE = Look(shading=0.45, texture=0, haze=0.1, blur=0.8, shadow=0)

SHOTS = (
    Shot(
        APPROACH,
        (
            Placement("Quillor", HILLS, ((220, 128), (380, 124), (380, 172), (220, 176)), HAZY),
            Placement(
                "Haldric",
                CLIFF,
                ((900, 400), (1090, 380), (1100, 450), (905, 475)),
                STANDING,
                emerges=(12, 40),
            ),
            Placement("Kestrix", FORT, ((944, 503), (1014, 553), (1004, 592), (939, 546)), PAINTED),
            Placement(
                "Norvane",
                HILLS,
                ((830, 20), (1010, 12), (1012, 66), (832, 74)),
                AIRBORNE,
                behind="steel",
                drift=(-0.4, 0.05),
            ),
        ),
        whip=7,
    ),
    Shot(
        CROSSING,
        (
            Placement("Orbeya", EAST_ROOF, ((990, 580), (1150, 586), (1152, 642), (986, 636)), PAINTED),
            Placement("Kestrix", WEST_ROOF, ((165, 522), (335, 521), (312, 570), (118, 571)), PAINTED),
            Placement(
                "Marabis", STREET, ((575, 290), (725, 290), (732, 375), (568, 375)), PAINTED, behind="traffic"
            ),
        ),
    ),
    Shot(
        FLYOVER,
        (
            Placement(
                "Quillor", HEADLAND, ((320, 268), (470, 256), (472, 306), (322, 322)), HAZY, behind="steel"
            ),
            Placement(
                "Marabis",
                WATER,
                ((720, 430), (950, 425), (1010, 515), (715, 522)),
                PAINTED,
                behind="steel",
                emerges=(45, 60),
            ),
            Placement(
                "Oxbow", HORIZON, ((760, 60), (930, 54), (932, 104), (762, 112)), AIRBORNE, behind="steel"
            ),
        ),
    ),
    Shot(
        SKYLINE,
        (
            Placement("Norvane", MIDTOWN, ((690, 334), (830, 330), (830, 378), (690, 382)), STANDING),
            Placement("Marabis", TOWER, ((189, 300), (259, 298), (259, 364), (189, 366)), STANDING),
            Placement("Haldric", BLOCK, ((780, 512), (915, 502), (915, 556), (780, 568)), STANDING),
            Placement("Tangro", GRID, ((975, 460), (1064, 458), (1064, 492), (976, 494)), STANDING),
        ),
    ),
    Shot(BIRD, ()),
    Shot(
        CROSSING,
        (
            Placement("Norvane", EAST_ROOF, ((990, 580), (1160, 586), (1162, 640), (986, 634)), PAINTED),
            Placement(
                "Haldric", STREET, ((570, 300), (740, 300), (745, 366), (562, 366)), PAINTED, behind="traffic"
            ),
            Placement("Fennway", WEST_ROOF, ((165, 522), (335, 521), (312, 570), (118, 571)), PAINTED),
        ),
        Camera(1.5, (330, 320), (620, 340), mirrored=True),
        slowness=2,
        passer=(120, 172),
    ),
    Shot(
        SKYLINE,
        (
            Placement("Orbeya", MIDTOWN, ((690, 334), (820, 330), (820, 380), (690, 384)), STANDING),
            Placement("Kestrix", GRID, ((974, 456), (1066, 454), (1066, 494), (975, 497)), STANDING),
            Placement("Quillor", BLOCK, ((600, 612), (900, 600), (902, 636), (600, 650)), SHINING, repeats=3),
        ),
        Camera(1.5, (520, 300), (600, 330)),
        slowness=2,
        focus_pull=20,
    ),
    Shot(
        APPROACH,
        (
            Placement(
                "Orbeya",
                CLIFF,
                ((880, 395), (1060, 375), (1070, 450), (885, 475)),
                STANDING,
                emerges=(12, 40),
            ),
            Placement("Marabis", HILLS, ((430, 112), (520, 110), (520, 168), (430, 171)), HAZY),
            Placement("Haldric", FORT, ((944, 503), (1014, 553), (1004, 592), (939, 546)), PAINTED),
        ),
        Camera(1.5, (560, 40), (300, 200), mirrored=True),
    ),
    Shot(
        FLYOVER,
        (
            Placement(
                "Kestrix",
                HORIZON,
                ((880, 112), (1050, 106), (1052, 156), (882, 164)),
                AIRBORNE,
                behind="steel",
                drift=(-1.2, 0.1),
            ),
        ),
        Camera(1.5, (300, 60), (200, 40), mirrored=True),
    ),
)


def region_of(surface: Surface) -> Quad:
    """The region that is followed, in the surface's anchor frame."""
    return rectangle(*surface.region)
