"""`:::` containers, nested and titled, and MkDocs' `!!!`, `???` and `=== "tab"`: boxes with a title.

VuePress, VitePress, Docusaurus, Zenn, Yuque, HackMD, Pandoc and MyST write the first, each in its own words.
What comes out is what Python-Markdown writes, for the step `boxes`: `<div class="admonition note">` around
`<p class="admonition-title">`.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.admon import admon_plugin

from booklet.clean.markdown.told import tell
from booklet.clean.vocabulary import names

_LINE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*:*")
_FENCE = re.compile(r"`{3,}|~{3,}")
_NAME = re.compile(r"\{?\.?([A-Za-z][\w-]*)\}?|\{([^{}]*)\}")
_ATTRIBUTES = re.compile(r"\{([^{}]*)\}")
_TITLE = re.compile(r"\b(?:title|summary|label)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_CLASS = re.compile(r"\.([\w-]+)")
_TAB = re.compile(r"={3}[!+]*[ \t]+(?:\"([^\"]*)\"|“([^”]*)”)[ \t]*")
_TAB_LINE = re.compile(r"@tab(?::active)?[ \t]+(.*)")
_INDENT = 4
"""Columns by which a tab's content is set in."""

_DEPTH = "containers"
"""In the environment of the call: how many containers are open."""

_MAX_LINES = 5_000
"""The most lines of a container: its end is looked for so far."""

_PLACING = names(
    "column columns col cols row grid cards card-grid center left right align-center align-right v-pre raw "
    "code-group code-tabs tabs tab-set slot layout div section content-visible only"
)
"""Containers that only place things: their content stands without a box."""
_CENTRED, _RIGHT = names("center align-center"), names("right align-right")
_UNTITLED = names("message")
"""Zenn's, which show no word for what they are."""


def containers(parser: MarkdownIt) -> None:
    """Read them."""
    breaks = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.use(admon_plugin)
    parser.block.ruler.before("fence", "colons", _colons, breaks)  # type: ignore[arg-type]
    parser.block.ruler.before("fence", "tab", _tab, breaks)  # type: ignore[arg-type]


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
    text = _text(state, start)
    if not text.startswith((":::", "@tab")) or state.sCount[start] - state.blkIndent >= _INDENT:
        return False
    if text[0] == "@":
        return _tab_line(state, start, text, silent=silent)
    found = _LINE.fullmatch(text)
    if found is None:
        return False
    if silent:
        return True
    if not found[2]:  # an end without a beginning
        state.line = start + 1
        return True
    last = _closing(state, start, end, len(found[1]))
    if last is None:
        tell(state.env, "container-open", state.line, name=found[2][:40])
    _box(state, found[2], start, last)
    return True


def _closing(state: StateBlock, start: int, end: int, colons: int) -> int | None:
    """The line of three or more colons that ends what begins at a line; containers in it have their own."""
    open_ones = [colons]
    fence = ""
    for line in range(start + 1, min(end, start + _MAX_LINES)):
        text = _text(state, line)
        if mark := _FENCE.match(text):
            if not fence:
                fence = mark[0]
            elif mark[0].startswith(fence) and not text.strip(fence[0]).strip():
                fence = ""
        if fence or not text.startswith(":::"):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            continue
        if found[2]:
            open_ones.append(len(found[1]))
            continue
        if len(found[1]) in open_ones:
            while open_ones[-1] != len(found[1]):
                open_ones.pop()  # one that was left open, within this
        open_ones.pop()
        if not open_ones:
            return line
    return None


def _box(state: StateBlock, words: str, start: int, last: int | None) -> None:
    """Write a container's tokens; one without an end is its title alone, and what follows stays as it is."""
    name, title = _name_and_title(words)
    if last is None:
        if title:
            _html(state, "<p><strong>")
            _inline(state, title, start)
            _html(state, "</strong></p>\n")
        state.line = start + 1
        return
    placing = name.casefold() in _PLACING
    if placing:
        align = "center" if name in _CENTRED else "right" if name in _RIGHT else ""
        _html(state, f'<div align="{align}">\n' if align else "<div>\n")
    else:
        folds = " is-collapsible" if name in ("details", "spoiler", "collapse") else ""
        bare = " untitled" if name in _UNTITLED and not title else ""
        _html(state, f'<div class="admonition {name.casefold()}{folds}{bare}">\n')
    if title:
        _title(state, title, start)
    _inside(state, start + 1, last)
    _html(state, "</div>\n")
    state.line = last + 1


def _inside(state: StateBlock, start: int, end: int) -> None:
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    state.env[_DEPTH] = state.env.get(_DEPTH, 0) + 1
    state.md.block.tokenize(state, start, end)
    state.env[_DEPTH] -= 1
    state.parentType, state.lineMax = parent, line_max


def _name_and_title(words: str) -> tuple[str, str]:
    """What kind it is, in lower case, and its title: `tip 标题`, `note[标题]{#a}`, `{.warning title="…"}`."""
    found = _NAME.match(words)
    name = (found[1] or "") if found else ""
    rest = words[found.end() :] if found else words
    given = ""
    for attributes in (found[2] if found and found[2] else "", *_ATTRIBUTES.findall(rest)):
        classes = [kind.removeprefix("callout-") for kind in _CLASS.findall(attributes)]
        name = name or next(iter(classes), "") or attributes.strip().partition(" ")[0]
        if titled := _TITLE.search(attributes):
            given = titled[1] or titled[2] or titled[3]
    rest = _ATTRIBUTES.sub("", rest).strip()
    if rest.startswith("[") and rest.endswith("]"):
        rest = rest[1:-1]
    if titled := _TITLE.match(rest):
        rest = titled[1] or titled[2] or titled[3]
    if name in _UNTITLED and rest == "alert":  # Zenn's warning
        rest = ""
    name = re.sub(r"[^\w-]", "", name)
    return name.casefold(), given or rest


def _title(state: StateBlock, title: str, line: int) -> None:
    _html(state, '<p class="admonition-title">')
    _inline(state, title, line)
    _html(state, "</p>\n")


def _inline(state: StateBlock, content: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []


def _html(state: StateBlock, markup: str) -> None:
    state.push("html_block", "", 0).content = markup


def _tab_line(state: StateBlock, line: int, text: str, *, silent: bool) -> bool:
    """VuePress's `@tab 标题` in a container."""
    found = _TAB_LINE.fullmatch(text)
    if found is None or not state.env.get(_DEPTH):
        return False
    if not silent:
        _html(state, "<p><strong>")
        _inline(state, found[1], line)
        _html(state, "</strong></p>\n")
        state.line = line + 1
    return True


def _tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
    r"""MkDocs' `=== "标题"` with its content set in (https://facelessuser.github.io/pymdown-extensions)."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "=":
        return False
    found = _TAB.fullmatch(_text(state, start))
    if found is None or state.sCount[start] - state.blkIndent >= _INDENT:
        return False
    if silent:
        return True
    column = state.sCount[start] + _INDENT
    last = start + 1
    for line in range(start + 1, end):
        if not state.isEmpty(line):
            if state.sCount[line] < column:
                break
            last = line + 1
    _html(state, '<div class="admonition tab">\n')
    _title(state, found[1] or found[2] or "", start)
    indent, state.blkIndent = state.blkIndent, column
    _inside(state, start + 1, last)
    state.blkIndent = indent
    _html(state, "</div>\n")
    state.line = last
    return True
