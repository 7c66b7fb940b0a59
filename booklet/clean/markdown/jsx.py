"""MDX and components of Vue in Markdown: `import` and `export` go, components leave their children and words.

https://mdxjs.com/docs/what-is-mdx/. A name with a capital is a component only if it is closed, closes
itself or has attributes: `List<String>` is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from booklet.clean.markdown.told import tell
from booklet.clean.players import address_of, named
from booklet.clean.providers import PROVIDERS
from booklet.clean.vocabulary import names

CLOSED = "components"
"""In the environment of the call: the names of components that the text closes."""
MDX = "mdx"
"""In the environment of the call: whether the file says that it is MDX."""

_VALUE = r"\"[^\"]{0,1000}\"|'[^']{0,1000}'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,1000}\}"
TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+){{0,3}})"
    rf"(?P<attrs>(?:\s+(?:[@:\w.-]+(?:\s*=\s*(?:{_VALUE}))?|\{{\.\.\.[^{{}}]{{0,100}}\}})){{0,40}})\s*(?P<self>/?)>"
)
_ATTRIBUTE = re.compile(rf"([@:\w.-]+)\s*=\s*({_VALUE})")
_STRING = re.compile(r"\{\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)\s*\}")
_COMMENT = re.compile(r"\{/\*[\s\S]{0,5000}?\*/\}")
_EXPRESSION = re.compile(r"\{([^{}\n]{1,300})\}")
_MODULE = re.compile(
    r"import\s+(?:[\w*{][^'\"\n]{0,300}\sfrom\s+)?['\"][^'\"\n]{1,300}['\"]\s*;?\s*"
    r"|export\s+(?:const|let|var|function|default|async|class)\b.*|import\s+\{\s*|export\s+\{.*"
)
_FRONT = re.compile(r"(?:import|export)\s+[A-Za-z_$*{'\"].*")
_MAX_LINES = 200

_TITLES = ("title", "label", "text", "summary", "heading", "caption", "header", "content")
_BOXES = names("callout note tip info warning caution danger alert admonition aside hint important message")
_FOLDS = names("details accordion accordionitem collapse collapsible spoiler expandable")
_TABS = names("tabitem tab tabpanel codegroupitem step")
_PICTURES = names("image img figure picture zoom zoomimage thumbnail nextimage staticimage")
_SOUNDS = names("video videoplayer audio audioplayer")


def jsx(parser: MarkdownIt) -> None:
    """Read them."""
    breaks = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "mdx_module", _module)
    parser.block.ruler.before("html_block", "component", _block, breaks)  # type: ignore[arg-type]
    parser.inline.ruler.before("html_inline", "component", _inline)
    parser.inline.ruler.before("emphasis", "mdx_braces", _braces)


def closed_components(text: str) -> frozenset[str]:
    """The names of components that a text closes."""
    return frozenset(re.findall(r"</([A-Z][A-Za-z0-9.]{0,60})\s*>", text))


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    """`import` and `export`, to the next blank line; only what no sentence looks like, unless it is MDX."""
    if state.level or state.sCount[start] != 0:
        return False
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    if not (_MODULE.fullmatch(line) or (state.env.get(MDX) and _FRONT.fullmatch(line))):
        return False
    if silent:
        return True
    place = start + 1
    open_braces = line.count("{") - line.count("}")
    while place < min(end, start + _MAX_LINES) and (open_braces > 0 or not state.isEmpty(place)):
        text = state.src[state.bMarks[place] : state.eMarks[place]]
        if open_braces <= 0 and not _MODULE.fullmatch(text):
            break
        open_braces += text.count("{") - text.count("}")
        place += 1
    state.line = place
    return True


def _is_component(found: re.Match[str], env: Mapping[str, object]) -> bool:
    closed = env.get(CLOSED)
    known = isinstance(closed, frozenset) and found["name"] in closed
    return bool(known or found["self"] or "=" in found["attrs"])


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    """Tags of components that stand alone on their lines."""
    place = state.bMarks[start] + state.tShift[start]
    if state.src[place : place + 1] != "<":
        return False
    if state.sCount[start] - state.blkIndent >= 4 and not state.env.get(MDX):  # noqa: PLR2004 - code by indent
        return False
    pieces: list[str] = []
    limit = state.eMarks[end - 1]
    line_end = state.eMarks[start]
    while found := TAG.match(state.src, place, limit):
        if not _is_component(found, state.env):
            return False
        pieces.append(_written(found, state.env, block=True))
        place = found.end()
        line_end = state.src.find("\n", place, limit)
        line_end = limit if line_end < 0 else line_end
        while place < line_end and state.src[place] in " \t":
            place += 1
    if not pieces or place < line_end:
        return False
    if silent:
        return True
    state.push("html_block", "", 0).content = "".join(pieces) + "\n"
    line = start
    while line < end and state.eMarks[line] < place:
        line += 1
    state.line = line + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    found = TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None or not _is_component(found, state.env):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = _written(found, state.env, block=False)
    state.pos = found.end()
    return True


def _braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    """Comments; in MDX expressions as well, of which a string is its words."""
    if state.src[state.pos] != "{":
        return False
    if found := _COMMENT.match(state.src, state.pos, state.posMax):
        state.pos = found.end()
        return True
    found = _EXPRESSION.match(state.src, state.pos, state.posMax) if state.env.get(MDX) else None
    if found is None:
        return False
    if not silent:
        text = _STRING.fullmatch(found[0])
        if text:
            state.pending += text[1] or text[2] or text[3] or ""
        else:
            tell(state.env, "expression-dropped", 0, expression=found[1].strip()[:60])
    state.pos = found.end()
    return True


def _attributes(raw: str) -> dict[str, str]:
    """Those whose value is a text, by name in lower case."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(raw):
        if value[0] in "\"'":
            found.setdefault(name.lower(), unescape(value[1:-1]))
        elif text := _STRING.fullmatch(value):
            found.setdefault(name.lower(), text[1] or text[2] or text[3] or "")
    return found


def _written(found: re.Match[str], env: Mapping[str, object], *, block: bool) -> str:
    """What a component's tag stands for."""
    name = found["name"].casefold().rpartition(".")[2]
    closed = env.get(CLOSED)
    has_children = isinstance(closed, frozenset) and found["name"] in closed and not found["self"]
    is_box = has_children and (name in _BOXES or name in _FOLDS or name in _TABS)
    if found["end"]:
        return "</div>\n\n" if is_box else ""
    attrs = _attributes(found["attrs"])
    title = next((attrs[key] for key in _TITLES if attrs.get(key)), "")
    if is_box:
        kind = attrs.get("type", "") or attrs.get("kind", "") or (name if name in _BOXES else "")
        kind = re.sub(r"[^a-z]", "", kind.casefold())
        head = f'<p class="admonition-title">{escape(title)}</p>' if title else ""
        return f'<div class="admonition {kind}">{head}\n'
    made = _MAKERS.get(_group(name), _other)(name, attrs, title)
    return f"<p>{made}</p>\n" if block and made and not made.startswith(("<iframe", "<figure")) else made


def _group(name: str) -> str:
    return "picture" if name in _PICTURES else "media" if name in _SOUNDS else ""


def _picture(_name: str, attrs: dict[str, str], title: str) -> str:
    source = attrs.get("src") or attrs.get("source") or attrs.get("url") or ""
    if not source:
        return escape(title or attrs.get("alt", ""))
    caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    return f'<figure><img src="{escape(source)}" alt="{escape(attrs.get("alt", ""))}">{caption}</figure>'


def _media(name: str, attrs: dict[str, str], title: str) -> str:
    source = attrs.get("src") or attrs.get("url") or ""
    kind = "audio" if "audio" in name else "video"
    return f'<{kind} src="{escape(source)}" title="{escape(title)}"></{kind}>' if source else escape(title)


def _other(name: str, attrs: dict[str, str], title: str) -> str:
    """A player of a provider by its name, a link, or the words of the attributes."""
    provider = named(name, PROVIDERS)
    for key in ("id", "videoid", "bvid", "src", "url"):
        if provider and (word := attrs.get(key, "")):
            address = word if "//" in word else address_of(provider, word)
            if address:
                return f'<iframe src="{escape(address)}" title="{escape(title)}"></iframe>'
    target = attrs.get("href") or attrs.get("to") or attrs.get("link") or attrs.get("url") or ""
    more = attrs.get("description", "") or attrs.get("desc", "")
    words = "：".join(map(escape, filter(None, (title or attrs.get("name", ""), more))))
    if target and title:
        return f'<a href="{escape(target)}">{words}</a>'
    return words if title or more else ""


_MAKERS: dict[str, Callable[[str, dict[str, str], str], str]] = {"picture": _picture, "media": _media}
