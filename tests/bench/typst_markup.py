"""The bench's articles as typst source: contents, heads, folios and bookmarks, in the same faces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from booklet.model import Booklet

_SPECIAL = frozenset("\\#$*_`<>@[]~-+=/\"'")
_HEAD = """#set page(width: 148mm, height: 210mm,
  margin: (top: 20mm, bottom: 18mm, inside: 18mm, outside: 15mm),
  header: context { set text(8.5pt, gray)
    let before = query(selector(heading.where(level: 2)).before(here()))
    if calc.odd(here().page()) { h(1fr); if before.len() > 0 { before.last().body } } else [TITLE] },
  numbering: "1")
#set text(font: (FACES), size: 10.5pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 6.5pt, spacing: 6.5pt)
#show heading.where(level: 2): it => { pagebreak(weak: true); text(18pt, it.body); v(12pt) }
#show heading.where(level: 3): it => text(12pt, it.body)
#show link: it => it
#outline(title: [目录], depth: 2)
"""


def typst_source(booklet: Booklet, faces: Iterable[str], pictures: Mapping[str, str]) -> str:
    """The whole book.

    Args:
        booklet: its articles, as cleaned.
        faces: families of the text, best first.
        pictures: by key, their paths.
    """
    families = ", ".join(f'"{name}"' for name in faces)
    parts = [_HEAD.replace("FACES", families).replace("TITLE", _escaped(booklet.meta.title))]
    for section in booklet.sections:
        parts.append(f"= {_escaped(section.title)}\n")
        for entry in section.entries:
            body = etree.fromstring(f"<div>{entry.article.body}</div>")
            parts.append(f"== {_escaped(entry.article.article.title)}\n")
            parts.extend(_block(child, pictures) for child in body)
    return "\n".join(parts)


def _block(element: etree._Element, pictures: Mapping[str, str]) -> str:
    match element.tag:
        case "h2":
            return f"=== {_inline(element)}\n"
        case "blockquote":
            return f"#quote(block: true)[{' '.join(_inline(child) for child in element)}]\n"
        case "ul":
            return "\n".join(f"- {_inline(item)}" for item in element) + "\n"
        case "figure":
            key = next(image.get("src", "") for image in element.iter("img")).removeprefix("image:")
            return f'#image("{pictures[key]}", height: 27%)\n'
        case _:
            return f"{_inline(element)}\n"


def _inline(element: etree._Element) -> str:
    return "".join(_runs(element))


def _runs(element: etree._Element) -> Iterator[str]:
    yield _escaped(element.text or "")
    for child in element:
        inner = _inline(child)
        if child.tag == "strong":
            yield f"#strong[{inner}]"
        elif child.tag == "a":
            yield f'#link("{child.get("href")}")[{inner}]'
        else:
            yield inner
        yield _escaped(child.tail or "")


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)
