"""Whether the words of a source that a browser would show are in what was made of it, or named by a finding.

Words are counted in the source by html5lib, which shares nothing with `booklet.clean`: runs of letters of
three and more, of Han of two and more, outside what no browser shows. What stands in a player counts too:
browsers hide it, but a tag that its author forgot to close is no reason to lose an article.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from random import Random
from typing import Any

import html5lib
from markdown_it import MarkdownIt

from booklet.clean.fallback import is_fallback
from booklet.clean.vocabulary import names
from booklet.model import CleanArticle

HIDDEN = names("script style template noembed noframes svg math title head option optgroup")
_PLAYERS = frozenset(["video", "audio", "object", "iframe"])
_CONTROLS = frozenset(["button", "select", "textarea", "menu", "progress", "meter"])
_LABEL_CHARS = 40
_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_\u3400-\u9fff]{3,}")
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ADDRESS = re.compile(r"[a-z]+://[!-~]+|[!-~]+\.(?:png|jpe?g|gif|svg|html?)\b", re.IGNORECASE)
_OF_FEEDS = re.compile(r"(?i)\bthe post\b|appeared first")
"""A line that WordPress adds to each post of a feed: it goes, and nobody wants to hear of it."""
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_NOTATION = re.compile(r"^import |[$\\]|\{[%{<]|=|\[\w*\]:|:::")
"""A text that holds TeX, tags of a site's generator or half a tag: of these only Han must be kept."""


def words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)).casefold())


def _demanded(text: str) -> list[str]:
    return _HAN.findall(unicodedata.normalize("NFKC", text)) if _NOTATION.search(text) else words(text)


def as_html(body: str, body_format: str) -> str:
    """The source as a browser gets it: Markdown by CommonMark with tables."""
    return _MARKDOWN.render(body) if body_format == "markdown" else body


def shown(html: str) -> list[str]:
    """The texts of a source that a browser would show."""
    texts: list[str] = []
    _write(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False), texts)
    return texts


def _write(element: Any, texts: list[str]) -> None:
    stack = [(element, False)]
    while stack:
        node, tail_only = stack.pop()
        if node.tail and tail_only:
            texts.append(node.tail)
        if tail_only:
            continue
        stack.append((node, True))
        name = node.tag if isinstance(node.tag, str) else "script"
        said = "".join(node.itertext()) if name in _PLAYERS | _CONTROLS else ""
        goes = name in HIDDEN or "hidden" in node.attrib or "display" in node.attrib.get("style", "")
        goes |= name in _PLAYERS and is_fallback(re.sub("<[^<>]*>", "", said))
        goes |= name in _CONTROLS and len(said.strip()) <= _LABEL_CHARS and "，" not in said
        if goes:
            continue
        if name == "iframe":  # its text is markup that the browser does not read
            texts.extend(shown(said))
            continue
        if node.text:
            texts.append(node.text)
        stack.extend((child, False) for child in reversed(node))


def lost(source: str, made: CleanArticle) -> list[str]:
    """Of each text of the source the words that are nowhere, where they are more than a label."""
    if any(found.code in _SAYS_SO for found in made.findings):
        return []
    # With the words of addresses and pictures: the source may show them as text where a tag is broken.
    body = unescape(re.sub(r"</?(?:a|em|strong|code|span|sup|sub)\b[^<>]*>", "", made.body)) + made.body
    there = "".join(_WORD.findall(unicodedata.normalize("NFKC", body).casefold()))
    titles = "".join(words(" ".join([made.article.title, *(video.title for video in made.videos)])))
    missing = []
    for text in shown(as_html(source, made.article.body_format)):
        said = [] if _OF_FEEDS.search(text) else _demanded(text)
        gone = [word for word in said if word not in there and word not in titles]
        if sum(map(len, gone)) > _LABEL_CHARS // 2:
            missing.append(" ".join(gone))
    return missing


_SAYS_SO = frozenset(
    ["tag-dropped", "block-dropped", "body-truncated", "markup-capped", "boilerplate-dropped"]
)

_INSERTED = (
    "<video src='https://a.example/v.mp4'>", "<video controls>", "</video>", "<audio src='a.mp3'>",
    "</audio>",
    "<source src='https://a.example/v.mp4'>", "<object data='https://a.example/v.swf'>", "</object>",
    "<iframe src='https://a.example/v'>", "</iframe>", "<button>", "</button>", "<select>", "</select>",
    "<textarea>", "</textarea>", "<noembed>", "<embed src='https://a.example/v.swf'>", "<progress>", "<menu>",
    '<p class="a>', "<a href='https://a.example/>", '<img src="https://a.example/b.png>', '<div id="x', "<b",
    "<!--", "<table>", "</div>", "<td>", "<details>", "<svg>", "<p", "<font color='", "<ruby>", "<dialog>",
)  # fmt: skip


def mutant(posts: list[str], random: Random) -> str:
    """A post after a few cuts, moves and insertions of tags that are never closed."""
    text = random.choice(posts)
    begin = random.randrange(max(1, len(text) - 4_000))
    text = text[begin : begin + 4_000]
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text) + 1)
        kind = random.randrange(5)
        if kind < 3:
            text = text[:at] + random.choice(_INSERTED) + text[at:]
        elif kind == 3:
            text = text[:at] + text[at + random.randint(1, 30) :]
        else:
            end = min(len(text), at + random.randint(1, 200))
            text = text[:at] + text[at:end] + text[at:]
    return text
