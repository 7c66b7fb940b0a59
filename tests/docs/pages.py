"""The pages that people read, taken apart: their listings, tables, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / ".github/docs"
README = ROOT / "README.md"
CONFIGURATION = (DOCS / "configuration.md", DOCS / "configuration.zh.md")
PAGES = tuple(
    sorted(
        path
        for pattern in (
            "README.md",
            ".github/**/*.md",
            "booklet/**/README.md",
            "tests/**/*.md",
            "themes/*/*.md",
        )
        for path in ROOT.glob(pattern)
        if "cases" not in path.parts
    )
)
"""All but the changelog, which tells of times past, and the cases of the cleaning, which are no pages."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(.+?)\1")
LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Listing:
    """A fenced block."""

    page: Path
    language: str
    text: str


def name(page: Path) -> str:
    """How a test calls it."""
    return page.relative_to(ROOT).as_posix()


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def listings(page: Path, *languages: str) -> list[Listing]:
    """The fenced blocks of these languages; an empty name stands for none."""
    return [Listing(page, *found) for found in _FENCE.findall(read(page)) if found[0] in languages]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", read(page))


def codes(text: str) -> list[str]:
    """What stands between backquotes."""
    return [found[1].strip() for found in _CODE.findall(text)]


def rows(page: Path) -> Iterator[list[str]]:
    """The rows of all tables, as cells; a `|` within a cell is escaped in Markdown."""
    for line in prose(page).splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def links(page: Path) -> list[str]:
    """Where its links and pictures lead, as written."""
    return LINK.findall(_CODE.sub("", prose(page)))


def anchors(page: Path) -> set[str]:
    """The ids that GitHub gives to the headings."""
    return {slug(heading) for heading in _HEADING.findall(prose(page))}


def slug(heading: str) -> str:
    """As GitHub does it: lower case, no marks but hyphens and low lines, hyphens for spaces."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")
