"""Links inside the book get file names, links outside valid addresses; pictures are found or named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote

from booklet.render.epub.documents import XHTML, Document
from booklet.render.epub.strings import ascii_id, outside_address
from booklet.render.epub.tidying import ids

_IMAGES = "images/"


def anchors(documents: Sequence[Document]) -> dict[str, str]:
    """Where each id stands: id → file name. The first place counts where two chapters share an id."""
    places: dict[str, str] = {}
    for document in documents:
        if document.part == 1:
            places.setdefault(ascii_id(document.chapter.id), document.name)
    for document in documents:
        for name in ids(document.html):
            places.setdefault(name, document.name)
    return places


def rewrite(document: Document, places: Mapping[str, str]) -> None:
    """Point `#id` at the file that holds it; a link to nothing keeps its text and loses its `href`."""
    own: frozenset[str] | None = None
    for link in document.html.iter(f"{{{XHTML}}}a"):
        given = link.get("href")
        if given is None:
            continue
        if given.startswith("#"):
            own = frozenset(ids(document.html)) if own is None else own
            target = _inside(given[1:], own, places)
        else:
            target = outside_address(given)
        if target is None:
            del link.attrib["href"]
        else:
            link.set("href", target)


def _inside(fragment: str, own: Collection[str], places: Mapping[str, str]) -> str | None:
    for name in (ascii_id(fragment), ascii_id(unquote(fragment))):
        if name in own:
            return f"#{name}"
        if name in places:
            return f"{places[name]}#{name}"
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
