"""Structure kept: counts of what gives an article its shape, against those fixed for each post beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import html5lib

SHAPES = ("headings", "items", "ordered", "cells", "code", "quotes")
"""What any extractor could keep."""

MEDIA = ("pictures", "captions", "videos")
"""What only ours is asked for beside."""

_XPATHS = {
    "headings": "//h1|//h2|//h3|//h4|//h5|//h6",
    "items": "//li",
    "ordered": "//ol/li",
    "cells": "//td|//th",
    "code": "//pre",
    "quotes": "//blockquote",
    "pictures": "//img",
    "captions": "//figcaption",
    "videos": "//div[@data-video]",
}


def counts(html: str) -> dict[str, int]:
    """How many of each kind stand in a piece of HTML."""
    tree: Any = html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False)
    return {kind: len(tree.xpath(path)) for kind, path in _XPATHS.items()}


def score(got: Mapping[str, int], expected: Mapping[str, int], kinds: tuple[str, ...]) -> float:
    """Mean over the kinds that either side has, of twice the smaller count by the sum; 1.0 is as expected."""
    shares = [
        2 * min(got[kind], expected.get(kind, 0)) / (got[kind] + expected.get(kind, 0))
        for kind in kinds
        if got[kind] + expected.get(kind, 0)
    ]
    return sum(shares) / len(shares) if shares else 1.0
