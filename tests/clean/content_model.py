"""An independent table of what may stand where in XHTML, for bodies that cleaning wrote."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from booklet.clean.vocabulary import names

PHRASING = names(
    "a abbr b br cite code del em i img ins kbd mark math q ruby s samp small span strong sub sup time u var"
)
FLOW = PHRASING | names("aside blockquote details div dl figure h2 h3 h4 h5 h6 hr ol p pre section table ul")
CHILDREN = {
    **dict.fromkeys(names("p h2 h3 h4 h5 h6 pre dt summary caption"), PHRASING),
    **dict.fromkeys(names("blockquote li td th dd figcaption section div aside"), FLOW),
    "figure": FLOW | {"figcaption"},
    "details": FLOW | {"summary"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "colgroup": {"col"},
    "ruby": PHRASING | {"rt", "rp", "rb"},
    **dict.fromkeys(names("rt rp rb"), PHRASING),
    **dict.fromkeys(PHRASING - {"br", "img", "ruby", "math"}, PHRASING),
    "body": FLOW - PHRASING,
}
NO_TEXT = {"body", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup"}


def violations(root: etree._Element) -> Iterator[str]:
    """What stands where it may not; `root` is the element around a cleaned body."""
    root.tag = "body"
    for element in root.iter():
        name = str(element.tag)
        allowed = CHILDREN.get(name)
        if name.startswith("{") or allowed is None:
            continue
        for child in element:
            inner = "math" if str(child.tag).endswith("}math") else str(child.tag)
            if inner not in allowed:
                yield f"<{inner}> in <{name}>"
        if (
            name in NO_TEXT
            and ((element.text or "") + "".join(child.tail or "" for child in element)).strip()
        ):
            yield f"text in <{name}>"
        if name == "a" and any(str(inner.tag) == "a" for inner in element.iterdescendants()):
            yield "<a> in <a>"
