"""Which resources of the program are realised, written down after each one."""

import threading
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from local.files import write_whole
from local.home import Home


class Entry(BaseModel):
    """One realised resource.

    Attributes
    ----------
    digest
        Of everything its realisation depends on. The same digest needs no call.
    id, outputs
        As the provider on AWS would give them.
    """

    model_config = ConfigDict(frozen=True)

    urn: str
    type: str
    name: str
    digest: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class _Document(BaseModel):
    epoch: str = ""
    stack_outputs: dict[str, str] | None = None
    entries: list[Entry] = []


class Realised:
    """The entries by URN, in the order of the last run: later ones may depend on earlier ones.

    `epoch` is a mark that the emulator bears as well: where the two differ, it lost what is written here.
    `stack_outputs` are None until a program ran to its end.
    """

    def __init__(self, home: Home) -> None:
        self._path = home.deployed
        self._lock = threading.Lock()
        try:
            document = _Document.model_validate_json(self._path.read_text("utf-8"))
        except FileNotFoundError:
            document = _Document()
        self.epoch = document.epoch
        self.stack_outputs = document.stack_outputs
        self._entries = {entry.urn: entry for entry in document.entries}

    def get(self, urn: str) -> Entry | None:
        return self._entries.get(urn)

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, entry: Entry) -> None:
        """Write the entry down, as the youngest."""
        with self._lock:
            self._entries.pop(entry.urn, None)
            self._entries[entry.urn] = entry
            self._save()

    def keep(self, entry: Entry) -> None:
        """Count the entry, which is unchanged, as the youngest; `finish` writes that down."""
        with self._lock:
            self._entries.pop(entry.urn, None)
            self._entries[entry.urn] = entry

    def remove(self, urn: str) -> None:
        with self._lock:
            del self._entries[urn]
            self._save()

    def others(self, urns: set[str]) -> list[Entry]:
        """Return the entries that are not among `urns`, those first that others may depend on least."""
        return [entry for urn, entry in reversed(self._entries.items()) if urn not in urns]

    def begin(self, epoch: str, *, lost: bool) -> None:
        """Note the emulator's new mark. Where it `lost` resources, every entry counts as changed."""
        with self._lock:
            self.epoch = epoch
            if lost:
                self._entries = {
                    urn: entry.model_copy(update={"digest": ""}) for urn, entry in self._entries.items()
                }
            self._save()

    def finish(self, stack_outputs: dict[str, str]) -> None:
        with self._lock:
            self.stack_outputs = stack_outputs
            self._save()

    def _save(self) -> None:
        document = _Document(
            epoch=self.epoch, stack_outputs=self.stack_outputs, entries=list(self._entries.values())
        )
        write_whole(self._path, TypeAdapter(_Document).dump_json(document).decode())
