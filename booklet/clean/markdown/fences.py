"""What stands behind the marks of fenced code: a language, and a title in the words of many generators.

`js [config.js]` (VitePress), `js:src/a.js` (Zenn), `js title="a.js"` (Docusaurus, MkDocs), `js a.js` (Hexo),
`{.python .numberLines}` (Pandoc), `{r}` (R Markdown). The title stands above the listing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

_NAMED = re.compile(r"\b(?:title|filename|file|caption|name)=(?:\"([^\"]*)\"|'([^']*)'|([^\s{}\"']+))")
_BRACKETS = re.compile(r"\[([^\[\]]{1,200})\]")
_BRACES = re.compile(r"\{[^{}]*\}")
_CLASS = re.compile(r"\{[.\s]*([A-Za-z][\w+#-]*)")
_LANGUAGE = re.compile(r"([^\s:{\[]+)(?::(\S+))?")
_TITLE = re.compile(r".*(?:\.[A-Za-z][A-Za-z0-9]{0,5}|[\u3040-\u9fff\uac00-\ud7af].*)")
"""A word that is a file's name, or of a script that no option is written in."""


def fences(parser: MarkdownIt) -> None:
    """Write listings with their language and title."""
    parser.add_render_rule("fence", _fence)


def _fence(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: Any) -> str:
    token = tokens[index]
    language, title = read_info(unescapeAll(token.info).strip())
    name = f' class="language-{escape(language)}"' if language else ""
    above = f"<p><code>{escape(title)}</code></p>\n" if title else ""
    return f"{above}<pre><code{name}>{escape(token.content)}</code></pre>\n"


def read_info(info: str) -> tuple[str, str]:
    """The language and the title, either may be empty."""
    title = ""
    if named := _NAMED.search(info):
        title = named[1] or named[2] or named[3] or ""
        info = info[: named.start()] + info[named.end() :]
    if not info or info.startswith("{"):
        found = _CLASS.match(info)
        return (found[1] if found else ""), title
    found = _LANGUAGE.match(info)
    language, rest = (found[1], info[found.end() :]) if found else ("", info)
    if found and found[2] and not title:
        title = found[2]
    rest = _BRACES.sub("", rest)
    bracketed = _BRACKETS.search(rest)
    if bracketed and not title:
        title = bracketed[1]
    words = rest.split()
    if not title:
        title = next(
            (word for word in words if "//" not in word and "=" not in word and _TITLE.fullmatch(word)), ""
        )
    return language, title
