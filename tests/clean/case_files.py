"""Reads case files: `title`, `.`, input, `.`, expected, `.`, as markdown-it's fixtures are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from booklet.model import Article, BodyFormat

from .articles import article

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one step."""

    step: str
    file: str
    line: int
    title: str
    given: str
    expected: str

    @property
    def name(self) -> str:
        """What pytest prints."""
        return f"{self.step}/{self.file}:{self.line} {self.title}"


def as_article(case: Case) -> Article:
    """The article of a case that goes through all steps; in `order/` it has an address, perhaps a cover."""
    body_format: BodyFormat = "markdown" if case.file.startswith("markdown") else "html"
    if case.step != "order":
        return article(case.given, body_format)
    cover = "https://a.example/lead.jpg" if case.file == "lead.md" else ""
    return article(case.given, body_format, url="https://blog.example/p/", cover=cover)


def read_cases() -> list[Case]:
    """Every case below `tests/cases/<step>/`, in order."""
    cases: list[Case] = []
    for path in sorted(CASES.glob("*/*.md")):
        cases.extend(_cases(path))
    return cases


def _cases(path: Path) -> list[Case]:
    found: list[Case] = []
    parts: list[list[str]] = [[]]
    line = 1
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if text.strip() != ".":
            if not any(part for part in parts) and not text.strip():
                continue
            if len(parts) == 1 and not parts[0]:
                line = number
            parts[-1].append(text)
            continue
        parts.append([])
        if len(parts) == 4:
            title = " ".join(parts[0]).strip()
            found.append(
                Case(path.parent.name, path.name, line, title, "\n".join(parts[1]), "\n".join(parts[2]))
            )
            parts = [[]]
    assert not any(text.strip() for part in parts for text in part), f"{path}: unfinished case"
    return found
