"""Markup together with the tree that it is: what one stage has built or parsed, no later one parses again.

Nobody changes the tree: whoever wants to takes a copy, which costs a third of parsing. It is for this markup
alone, so that a stage that changes the text and knows nothing of trees does no harm: the next one parses.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `booklet list` knows this module and needs no parser
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Parsed:
    """A text and its tree. Pickled it is None: other processes get the text alone."""

    markup: str
    root: _Element

    def copy(self, markup: str) -> _Element | None:
        """A tree of `markup` to be changed; None if that is not what this one was made from."""
        return deepcopy(self.root) if markup == self.markup else None

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()
