"""The instructions in a worker template, as paragraphs of plain text."""

from html.parser import HTMLParser

_PARAGRAPHS = {"p", "li", "h1", "h2", "h3", "div", "br"}


def readable(html: str, *, within: str | None = None) -> tuple[str, ...]:
    """Return the paragraphs of a page, or of its element `within`, without their markup."""
    reader = _Reader(within)
    reader.feed(html)
    reader.close()
    paragraphs = (" ".join(text.split()) for text in reader.paragraphs)
    return tuple(text for text in paragraphs if text)


class _Reader(HTMLParser):
    def __init__(self, within: str | None) -> None:
        super().__init__()
        self._within, self._inside = within, within is None
        self.paragraphs = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self._within:
            self._inside = True
        if tag in _PARAGRAPHS:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._inside = False
        if tag in _PARAGRAPHS:
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.paragraphs[-1] += data
