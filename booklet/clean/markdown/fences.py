"""What stands behind the marks of fenced code: a language, and a title in the words of many generators.

`js [config.js]` (VitePress), `js:src/a.js` (Zenn), `js title="a.js"` (Docusaurus, MkDocs),
`js a.js`, `js Two Words https://… words of a link` (Hexo),
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
_PHRASE = re.compile(r"(?=.*[A-Z])[A-Za-z][\w.'-]*(?: [A-Za-z][\w.'-]*)+")
"""Several words, a capital among them, no sign of an option: what Hexo prints above the listing."""
_OPTIONS = frozenset({"showLineNumbers", "lineNumbers", "numberLines", "noInline", "startFrom", "wordWrap"})
_ADDRESS = re.compile(r"\s(https?://\S+)(?:\s+([^={}\s][^={}]*))?$")
"""Behind the title of Hexo's fence: an address and the words of its link."""


def fences(parser: MarkdownIt) -> None:
    """Write listings with their language and title."""
    parser.add_render_rule("fence", _fence)


def _fence(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: Any) -> str:
    token = tokens[index]
    info = unescapeAll(token.info).strip()
    link = _ADDRESS.search(info)
    language, title = read_info(info[: link.start()] if link else info)
    name = f' class="language-{escape(language)}"' if language else ""
    told = [f"<code>{escape(title)}</code>"] if title else []
    if link and link[2]:
        told.append(f'<a href="{escape(link[1])}">{escape(link[2].strip())}</a>')
    above = f"<p>{' '.join(told)}</p>\n" if told else ""
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
    if not title and _PHRASE.fullmatch(" ".join(words)) and not _OPTIONS & set(words):
        title = " ".join(words)
    if not title:
        title = next(
            (word for word in words if "//" not in word and "=" not in word and _TITLE.fullmatch(word)), ""
        )
    return language, title
