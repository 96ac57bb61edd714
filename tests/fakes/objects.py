"""An object store in memory. The contract suites in `tests/unit/adapters` hold it to its port."""

from collections.abc import Iterator, Mapping

from brandlens.errors import ObjectNotFound


class FakeObjectStore:
    """A bucket without versions: an object's ETag is its content, quoted."""

    def __init__(self, bucket: str = "bucket") -> None:
        self.bucket = bucket
        self.objects: dict[str, bytes] = {}
        self.written: list[str] = []
        """Keys in the order they were written."""

    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        body = self._body(key)
        return body[start:] if length is None else body[start : start + length]

    def size(self, key: str, *, version: str | None = None) -> int:
        return len(self._body(key))

    def write(self, key: str, body: bytes, *, content_type: str) -> None:
        self.objects[key] = body
        self.written.append(key)

    def create(self, key: str, body: bytes, *, content_type: str) -> bool:
        if key in self.objects:
            return False
        self.write(key, body, content_type=content_type)
        return True

    def keys(self, prefix: str) -> Iterator[str]:
        yield from sorted(
            (key for key in list(self.objects) if key.startswith(prefix)), key=lambda key: key.encode()
        )

    def versions(self, prefix: str) -> Mapping[str, str]:
        return {key: f'"{self.objects[key].hex()}"' for key in self.keys(prefix)}

    def delete_prefix(self, prefix: str) -> None:
        for key in list(self.keys(prefix)):
            del self.objects[key]

    def presigned_url(self, key: str, *, seconds: int, version: str | None = None) -> str:
        return f"https://{self.bucket}.example/{key}?signature=secret"

    def _body(self, key: str) -> bytes:
        if key not in self.objects:
            raise ObjectNotFound(f"{key!r} could not be read", "there is no such object")
        return self.objects[key]
