"""What the steps pass on: one article on its way to being clean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from booklet.clean.neighbours import NOBODY, Neighbours
from booklet.clean.providers import PROVIDERS, Provider
from booklet.clean.tree import Element
from booklet.findings import Finding, Param, finding
from booklet.model import Article, Heading, ImageRef, Video


@dataclass(frozen=True, slots=True)
class Hygiene:
    """What of Chinese typing the step `hygiene` may put right; each on its own."""

    punctuation: bool = True
    """Half-width marks between Han become full-width ones."""
    repeats: bool = True
    """`。。。` is an ellipsis; a mark is said once, `！` and `？` at most three times."""
    width: bool = True
    """Full-width digits and letters become half-width."""
    glyphs: bool = True
    """Private-use characters (of icon fonts, which no reader has) go."""


SAFE = Hygiene()
OFF = Hygiene(punctuation=False, repeats=False, width=False, glyphs=False)


@dataclass(slots=True)
class Draft:
    """One article.

    The steps up to `sanitise` rewrite `text`. `sanitise` builds the tree below `root`, which the steps after
    it rewrite. A step may also add pictures, videos, headings and findings.
    """

    article: Article
    text: str
    root: Element = field(default_factory=lambda: Element("body"))
    images: dict[str, ImageRef] = field(default_factory=dict)
    """By key; `clean` puts them in the order of their appearance."""
    lead: ImageRef | None = None
    videos: list[Video] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    hygiene: Hygiene = SAFE
    providers: tuple[Provider, ...] = PROVIDERS
    """Whose players are known."""
    neighbours: Neighbours = NOBODY
    """The other articles, to which links may lead."""
    broken: bool = False
    """Whether tags did not match, or the tree had to be mended late. Then the steps may have judged elements
    before these had their final shape, and `clean` sends the body down the line again."""
    again: bool = False
    """Whether `text` is the result of an earlier round: pictures and videos stand in it by key and number."""

    literal: list[str] = field(default_factory=list)
    """Marks of markup that stand in the text because the author wants them seen."""

    def report(self, code: str, *, line: int | None = None, **params: Param) -> None:
        """Note a finding about this article, once; `line` is one of its file."""
        found = finding(code, self.article.source, line, **params)
        if found not in self.findings:
            self.findings.append(found)


Step = Callable[[Draft], None]
