"""The files of a batch's folder, as those who read annotations want them."""

from collections.abc import Iterator, Mapping

from brandlens.ports import ObjectStore


class Folder(Mapping[str, bytes]):
    """The content of every object below a prefix, by the rest of its key, read when it is asked for."""

    def __init__(self, store: ObjectStore, prefix: str) -> None:
        self._store, self._prefix = store, prefix
        self._names = [key.removeprefix(prefix) for key in store.keys(prefix)]
        self._known = frozenset(self._names)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._known:
            raise KeyError(name)
        return self._store.read(self._prefix + name)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
