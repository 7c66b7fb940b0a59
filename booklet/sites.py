"""What a site's own configuration says of the articles that lie in it: a frozen value, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Generator = Literal["hexo", "hugo", "jekyll", "obsidian"]
LineBreaks = Literal["auto", "keep", "join"]
"""What a single line end within a paragraph is: a line on the page, a space, or what its writer meant."""

LineEnds = Literal["keep", "join", "rather-keep", "rather-join"]
"""What was decided: always the one, or the one where the paragraph itself does not tell."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site of Hexo, Hugo or Jekyll, or a vault of Obsidian, around the articles of a source."""

    generator: Generator
    folder: Path
    """Absolute, links resolved; the configuration lies in it."""
    files: tuple[str, ...]
    """Of the configuration, below `folder`, in the order in which they were read."""
    content: Path
    """Where the pages lie: Hexo's `source`, Hugo's `content`, Jekyll's own folder."""
    line_breaks: Literal["keep", "join"]
    """What the site's renderer makes of a single line end."""
    address: str = ""
    """Of the front page, http(s), with a slash at the end; empty: none is said, or a generator's sample."""
    base: str = "/"
    """The front page's path, with a slash at both ends: `/`, `/blog/`."""
    permalink: str = ""
    """The pattern of posts' paths as it is written, or the generator's own where none is."""
    timezone: str = ""
    """IANA name, of dates without an offset; empty: none is said, or it is none."""
    language: str = ""
    """As it is written: `zh-CN`, `zh_cn`."""
    author: str = ""
    title: str = ""
    assets: tuple[str, ...] = ()
    """Folders whose files the site serves from `base`, below `folder`."""
    values: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    """The whole configuration, as plain values: str, int, float, bool, None, tuples, mappings with str keys.
    Hugo's keys are in lower case, as it does not tell them apart. What templates call `site.…`."""
    includes: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Jekyll's snippets by their names below `_includes`, with `/`."""
