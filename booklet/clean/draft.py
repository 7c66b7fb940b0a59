"""What the steps pass on: one article on its way to being clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from booklet.clean.inline.hygiene_rules import SAFE, Hygiene
from booklet.clean.tree import Element
from booklet.findings import Finding, Param, finding
from booklet.model import Article, Heading, ImageRef, Video


@dataclass(slots=True)
class Draft:
    """Steps before `parse` change `text`, those after it change `root`; both are let go of at the end."""

    article: Article
    text: str
    root: Element = field(default_factory=lambda: Element("body"))
    images: dict[str, ImageRef] = field(default_factory=dict)
    """By key; `clean` puts them in the order of their appearance."""
    lead: ImageRef | None = None
    videos: list[Video] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """Elements taken away with text that a reader might have wanted, by name."""
    findings: list[Finding] = field(default_factory=list)
    hygiene: Hygiene = SAFE
    broken: bool = False
    """Tags that do not match, or a tree that had to be mended late: the steps may not have seen its shape."""
    again: bool = False
    """The text is what cleaning gave: pictures and videos stand in it by key and number."""

    def report(self, code: str, **params: Param) -> None:
        """Note a finding about this article, once."""
        found = finding(code, self.article.source, None, **params)
        if found not in self.findings:
            self.findings.append(found)


Step = Callable[[Draft], None]
