"""The table of parts: the pages of a book beside its text, and what stands for the text itself. Pure.

A row is the only place that names a kind of page; themes add rows by `[parts.<name>]` in theme.toml. What the
book is composed of, what its chapters, contents, landmarks, bookmarks and page numbers are like is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from booklet.findings import BookletError

Target = Literal["epub", "pdf"]
"""What chapters are made for: screens, on which text flows, or printed pages."""
Where = Literal["front", "sections", "back", ""]
"""Before the articles; behind each section's; behind all; nowhere."""
Folios = Literal["roman", "arabic", "none"]

TEXT = "articles"
"""What stands for the articles where the configuration gives the order of parts."""
LANDMARKS = (
    *("foreword", "preface", "introduction", "prologue", "dedication", "epigraph", "acknowledgments"),
    *("afterword", "conclusion", "epilogue", "appendix", "glossary", "index"),
)
"""What a theme may say that a page is (EPUB 3 Structural Semantics Vocabulary; each has a role `doc-…`)."""
TEXT_TEMPLATE = "text.html.j2"
"""The template of a page made from a file of the user, in a theme that has none for that very page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides which parts a booklet has where its configuration does not name them."""

    articles: int
    options: Mapping[str, object]
    """The theme's, resolved."""
    texts: frozenset[str] = frozenset()
    """The parts for which the user gave a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One kind of page."""

    name: str
    """Its title is the label of that name."""
    place: Where | Literal["text"]
    """Where it stands; `text`: it is of the articles themselves."""
    decides: Callable[[Asked], Where] | None = None
    """Where it stands in a booklet that does not name its parts; None: always at `place`."""
    template: str = ""
    """Empty: `<name>.html.j2`."""
    from_file: bool = False
    """It is made of a Markdown file that the configuration names by the key `name`."""
    before: str = ""
    """The part that it stands before, if the theme adds it; empty: it is the last of its place."""
    only: Target | Literal[""] = ""
    """The chapters that it is among; empty: all."""
    last_on_screens: bool = False
    """A page for the inside of a cover, which an EPUB has not: there it is the last one."""
    needs: Literal["questions", "sources", ""] = ""
    """What a booklet must have for it; questions only on screens, where nobody can write."""
    in_contents: bool = True
    """Of the EPUB's navigation. (A PDF's bookmarks have every chapter.)"""
    landmark: str = ""
    """`epub:type` (EPUB 3 Structural Semantics Vocabulary) by which reading systems find it."""
    folios: Folios | None = None
    """How its pages are numbered; None: as the theme's style sheet says, or as those around it."""
    is_list: bool = False
    """A long one may be set in parts, each on pages of its own."""
    default: bool = True
    """It stands in booklets that do not name their parts."""

    @property
    def file(self) -> str:
        """Its template's name."""
        return self.template or f"{self.name}.html.j2"


def _notes(asked: Asked) -> Where:
    """Where the theme's option of that name wants them."""
    places: dict[str, Where] = {"section": "sections", "end": "back"}
    return places.get(str(asked.options.get("notes", "none")), "")


def _contents(asked: Asked) -> Where:
    """There is nothing to choose from in a booklet of one article."""
    return "front" if asked.articles > 1 else ""


def _sources(asked: Asked) -> Where:
    """One article alone names its own source at its foot."""
    return "back" if asked.articles > 1 else ""


COVER = PartRow(name="cover", place="front", landmark="cover", in_contents=False)
COLOPHON = PartRow(name="colophon", place="front", last_on_screens=True)
FOREWORD = PartRow(
    name="foreword",
    place="front",
    decides=lambda asked: "front" if "foreword" in asked.texts else "",
    from_file=True,
    landmark="foreword",
)
CONTENTS = PartRow(
    name="toc", place="front", decides=_contents, landmark="toc", in_contents=False, is_list=True
)
OPENER = PartRow(name="section", place="text", landmark="bodymatter")
ARTICLE = PartRow(name="article", place="text", landmark="bodymatter")
NOTES = PartRow(name="notes", place="back", decides=_notes, needs="questions")
SOURCES = PartRow(name="sources", place="back", decides=_sources, needs="sources", is_list=True)

PARTS: tuple[PartRow, ...] = (COVER, COLOPHON, FOREWORD, CONTENTS, OPENER, ARTICLE, NOTES, SOURCES)
"""In the order in which they stand, where nobody says otherwise."""
BY_NAME: Mapping[str, PartRow] = {row.name: row for row in PARTS}


def with_added(added: Sequence[PartRow]) -> tuple[PartRow, ...]:
    """The table with a theme's rows, each where it stands; one of the same name replaces ours."""
    rows = [next((own for own in added if own.name == row.name), row) for row in PARTS]
    for own in added:
        if own.name in BY_NAME:
            continue
        behind_text = own.place in ("sections", "back")
        last = len(rows) if behind_text else next(at for at, row in enumerate(rows) if row.place == "text")
        rows.insert(next((at for at, row in enumerate(rows) if row.name == own.before), last), own)
    return tuple(rows)


def arranged(
    rows: Sequence[PartRow], wanted: Sequence[str], asked: Asked
) -> dict[Where, tuple[PartRow, ...]]:
    """The parts of a booklet by place, in order; `wanted` names them, else the table decides.

    Raises:
        BookletError: see `refuse_faulty`.
    """
    placed: dict[Where, list[PartRow]] = {"front": [], "sections": [], "back": [], "": []}
    if not wanted:
        for row in rows:
            if row.place != "text":
                placed[_decided(row, asked)].append(row)
    else:
        refuse_faulty(rows, wanted, asked)
        by_name = {row.name: row for row in rows}
        names = list(dict.fromkeys(wanted))
        for at, name in enumerate(names):
            if name == TEXT:
                continue
            here: Where = "front" if at < names.index(TEXT) else "back"
            row = by_name[name]
            placed["sections" if _decided(row, asked) == "sections" else here].append(row)
    return {where: tuple(those) for where, those in placed.items() if where}


def _decided(row: PartRow, asked: Asked) -> Where:
    if row.decides:
        return row.decides(asked)
    return row.place if row.place != "text" and row.default else ""


def refuse_faulty(rows: Sequence[PartRow], wanted: Sequence[str], asked: Asked) -> None:
    """See to it that the parts that a configuration names can be had.

    Raises:
        BookletError: `part-unknown`, `part-without-articles`, `part-without-file` (exit code 2).
    """
    if not wanted:
        return
    known = [TEXT, *(row.name for row in rows if row.place != "text")]
    by_name = {row.name: row for row in rows}
    for name in wanted:
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1, cutoff=0.0)
            ordered = ", ".join((*near, *(one for one in known if one not in near)))
            raise BookletError("part-unknown", exit_code=2, name=name, near=near[0], known=ordered)
        row = by_name.get(name)
        if row and row.from_file and row.decides and not row.decides(asked):
            raise BookletError("part-without-file", exit_code=2, name=name)
    if TEXT not in wanted:
        raise BookletError("part-without-articles", exit_code=2, name=TEXT)
