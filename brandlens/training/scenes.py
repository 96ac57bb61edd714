"""Scenes: what may not part between training and test, joined as pictures turn out to look alike."""


class Scenes:
    """Groups of files by their keys; each file begins as a scene of its own."""

    def __init__(self) -> None:
        self._joined: dict[str, str] = {}

    def of(self, key: str) -> str:
        """Return the name of the file's scene: the key of one of its files."""
        while key in self._joined:
            key = self._joined[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make one scene of the two files' scenes, under the name of the first's."""
        first, second = self.of(one), self.of(other)
        if first != second:
            self._joined[second] = first
