"""The table of contents by section and article, as EPUB 3's navigation document and for the NCX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from booklet.model import Booklet
from booklet.parts import OPENER
from booklet.render.epub.documents.document import Document, skeleton
from booklet.render.epub.documents.strings import one_line
from booklet.words.catalogue import CatalogueWords

NAV_NAME = "nav.xhtml"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the contents."""

    title: str
    href: str
    """Empty: a section that has no page of its own."""
    children: tuple[Item, ...] = ()


def contents(booklet: Booklet, documents: Sequence[Document], words: CatalogueWords) -> tuple[Item, ...]:
    """What the book holds, in reading order: sections with their articles and notes, the rest beside them.

    Articles of a section without a title stand on the first level.
    """
    titles = {section.id: one_line(section.title) for section in booklet.sections}
    listed = [one for one in documents if one.chapter.row.in_contents and one.part == 1]
    lines: list[Item] = []
    for section_id, group in groupby(listed, key=_section_id):
        members = list(group)
        opener = members.pop(0) if members[0].chapter.row == OPENER else None
        title = _title(opener, words) if opener else titles.get(section_id, "")
        inside = tuple(Item(_title(one, words), one.name) for one in members)
        if title:
            lines.append(Item(title, opener.name if opener else "", inside))
        else:
            lines.extend(inside)
    return tuple(lines)


def _section_id(document: Document) -> str:
    chapter = document.chapter
    return chapter.section_id or (chapter.id if chapter.row == OPENER else "")


def _title(document: Document, words: CatalogueWords) -> str:
    chapter = document.chapter
    return one_line(chapter.title) or words.title_of(chapter.kind) or chapter.id


def nav_document(
    items: Sequence[Item],
    *,
    words: CatalogueWords,
    language: str,
    landmarks: Mapping[str, tuple[str, str]],
    pages: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The navigation document.

    Args:
        items: the contents, at least one.
        words: the booklet's.
        language: BCP 47, of the booklet.
        landmarks: `epub:type` → (title, href).
        pages: (number, href) of the printed pages.
    """
    points = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{escape(title)}</a></li>'
        for kind, (title, href) in landmarks.items()
    )
    # `class` beside `hidden`: MuPDF and others know only the former.
    guide = (
        f'<nav epub:type="landmarks" id="landmarks" class="hide" hidden="hidden">'
        f"<h2>{words.landmarks}</h2><ol>{points}</ol></nav>"
    )
    numbers = "".join(f'<li><a href="{href}">{escape(label)}</a></li>' for label, href in pages)
    page_list = (
        f'<nav epub:type="page-list" role="doc-pagelist" id="pages" class="hide" hidden="hidden">'
        f"<h2>{words.pages}</h2><ol>{numbers}</ol></nav>"
    )
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="nav-toc" class="nav-toc">'
        f"<h1>{words.contents}</h1>{_list(items)}</nav>{guide if points else ''}{page_list if pages else ''}"
    )
    html = skeleton(title=words.contents, lang=language, matter="frontmatter", body=body)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{html}\n'.encode()


def _list(items: Sequence[Item]) -> str:
    lines = []
    for item in items:
        title = escape(item.title)
        label = f'<a href="{item.href}">{title}</a>' if item.href else f"<span>{title}</span>"
        lines.append(f"<li>{label}{_list(item.children) if item.children else ''}</li>")
    return f"<ol>{''.join(lines)}</ol>"
