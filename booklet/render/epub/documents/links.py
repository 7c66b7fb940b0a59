"""Links inside the book get file names, links outside valid addresses; pictures are found or named."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from booklet.render.epub.documents.document import XHTML, Document
from booklet.render.epub.documents.strings import ascii_id, outside_address
from booklet.render.epub.documents.tidying import settled_ids

_IMAGES = "images/"
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*\Z|[!-~]{24,}\Z")
"""A link's text that is an address, or as long a word: it may break anywhere (`epub.css`)."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the ids of a book stand."""

    first: dict[str, str]
    """Id → the file that holds it; where several do, the chapter of that name, else the first."""
    others: dict[str, set[str]]
    """Id → the further files that hold it: a link there means its own file's."""

    def find(self, name: str, document: Document) -> str | None:
        """The address of an id for a link in `document`, or None."""
        file = self.first.get(name)
        if file is None:
            return None
        if file == document.name or document.name in self.others.get(name, ()):
            return f"#{name}"
        return f"{file}#{name}"


def anchors(documents: Sequence[Document]) -> Anchors:
    """Make the ids of all documents valid, and tell where each stands."""
    first = {ascii_id(one.chapter.id): one.name for one in reversed(documents) if one.part == 1}
    others: dict[str, set[str]] = {}
    for document in documents:
        for name in settled_ids(document.html):
            if first.setdefault(name, document.name) != document.name:
                others.setdefault(name, set()).add(document.name)
    return Anchors(first, others)


def rewrite(document: Document, places: Anchors) -> None:
    """Point `#id` at the file that holds it; a link to nothing keeps its text and loses its `href`."""
    for link in document.html.iter(f"{{{XHTML}}}a"):
        given = link.get("href")
        if given is None:
            continue
        target = _inside(given[1:], document, places) if given[:1] == "#" else outside_address(given)
        if target is None:
            del link.attrib["href"]
            continue
        if target != given:
            link.set("href", target)
        if given[:1] != "#" and _ADDRESS.match(link.text or "") and not len(link):
            link.set("class", f"{link.get('class', '')} address".lstrip())


def _inside(fragment: str, document: Document, places: Anchors) -> str | None:
    for name in (fragment, unquote(fragment)):
        if found := places.find(name, document) or places.find(ascii_id(name), document):
            return found
    return None


def pictures(document: Document, known: Collection[str]) -> tuple[str, ...]:
    """The names of the pictures that a document shows; one that is not in the book becomes its text."""
    shown = []
    for image in tuple(document.html.iter(f"{{{XHTML}}}img")):
        name = image.get("src", "").removeprefix(_IMAGES)
        if image.get("src", "").startswith(_IMAGES) and name in known:
            shown.append(name)
            continue
        image.tag = f"{{{XHTML}}}span"
        alt = image.get("alt", "")
        image.attrib.clear()
        image.set("class", "image-missing")
        image.text = alt
    return tuple(shown)
