"""One tag on its way to HTML, and what its writer may ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from booklet.clean.providers import Provider
from booklet.clean.tags.arguments import fields, hexo_words, hugo_arguments, options
from booklet.model import Article

Tell = Callable[..., None]
"""`tell(code, line, **params)`: a finding, with the line of the file; None: no line is known."""


@dataclass
class Surroundings:
    """What all tags of an article share."""

    article: Article
    providers: tuple[Provider, ...]
    tell: Tell
    variables: dict[str, object] = field(default_factory=dict)
    """Of Liquid: what `assign` and `capture` set."""
    literal: list[str] = field(default_factory=list)
    """Braces that stand in the text because the author wants them seen (`raw`, escaped shortcodes)."""
    budget: int = 20_000
    """Tags that may yet be written: loops and includes repeat them."""


@dataclass
class Tag:
    """A tag with its arguments and its content."""

    name: str
    raw: str
    around: Surroundings
    language: str = "curly"
    content: str | None = None
    """Between the tag and its end, its own tags resolved, without a common indent; None: it has no end."""
    inside: str = ""
    """The same as it is written."""
    line: int | None = None
    """Of the file."""
    in_address: bool = False
    """It stands where the address of a link or picture stands."""

    @cached_property
    def words(self) -> list[str]:
        """Arguments by their place."""
        return hugo_arguments(self.raw)[0] if self.language == "hugo" else hexo_words(self.raw)

    @cached_property
    def named(self) -> dict[str, str]:
        """Arguments by name, which is in lower case."""
        return hugo_arguments(self.raw)[1] if self.language == "hugo" else options(self.words)[1]

    @cached_property
    def plain(self) -> list[str]:
        """Arguments without a name."""
        return self.words if self.language == "hugo" else options(self.words)[0]

    @cached_property
    def fields(self) -> list[str]:
        """All arguments as a text divided at commas."""
        return fields(self.raw)

    def get(self, *names: str, place: int | None = None) -> str:
        """The first argument of these names, or the one at this place; empty if there is none."""
        for name in names:
            if value := self.named.get(name):
                return value
        if place is not None and place < len(self.plain) and (self.language != "hugo" or not self.named):
            return self.plain[place]
        return ""


Writer = Callable[[Tag], str]
