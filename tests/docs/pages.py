"""The documentation as its reader sees it: pages, their headings, links and code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "local/*.md", "examples/**/*.md", "benchmarks/**/README.md")
    for path in ROOT.glob(pattern)
)
GUIDES = [page for page in PAGES if not page.startswith(("CHANGELOG", "docs/adr/"))]
"""What tells of the present; decisions and the changelog tell of their time."""


@dataclass(frozen=True)
class Page:
    """`inline` are the code spans, `blocks` the fenced blocks, each with the language it names."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    inline: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]


@cache
def page(name: str) -> Page:
    tokens = MarkdownIt("commonmark").enable("table").parse((ROOT / name).read_text("utf-8"))
    spans = [child for token in tokens for child in token.children or ()]
    return Page(
        anchors=frozenset(_anchors(tokens)),
        links=tuple(str(span.attrs["href"]) for span in spans if span.type == "link_open"),
        inline=tuple(span.content for span in spans if span.type == "code_inline"),
        blocks=tuple((token.info, token.content) for token in tokens if token.type == "fence"),
    )


def _anchors(tokens: list[Token]) -> Iterator[str]:
    """Yield each heading's anchor, made as GitHub makes it."""
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(child.content for child in content.children or ())
            yield re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def tables(name: str) -> list[list[list[str]]]:
    """Return every table of a page as rows of cells in Markdown, the row of headings first."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse((ROOT / name).read_text("utf-8")):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level > 2:
            found[-1][-1].append(token.content)
    return found


def commands(name: str) -> Iterator[str]:
    """Yield the lines of a page that a reader may type, comments and what follows a pipe left out."""
    given = page(name)
    lines = [line for _, block in given.blocks for line in re.sub(r"\\\n\s*", "", block).splitlines()]
    for line in [*lines, *given.inline]:
        yield re.split(r"\s+#|\s+\|\s", line.removeprefix("$ "))[0].strip()
