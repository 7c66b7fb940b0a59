"""Markdown bodies become HTML: CommonMark, tables, strikethrough, footnotes, task lists, definition lists.

https://spec.commonmark.org/0.31.2/, https://github.github.com/gfm/

TeX is kept from Markdown (`markdown_tex`).
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from booklet.clean.draft import Draft
from booklet.clean.markdown.attributes import attributes
from booklet.clean.markdown.callouts import callouts
from booklet.clean.markdown.containers import containers
from booklet.clean.markdown.embeds import embeds
from booklet.clean.markdown.emphasis import cjk_emphasis
from booklet.clean.markdown.fences import fences
from booklet.clean.markdown.html_lines import html_lines
from booklet.clean.markdown.jsx import CLOSED, MDX, closed_components, jsx
from booklet.clean.markdown.line_ends import line_ends
from booklet.clean.markdown.loose_notes import loose_notes
from booklet.clean.markdown.pictures import pictures
from booklet.clean.markdown.told import told
from booklet.clean.markdown.wiki import wiki
from booklet.clean.text.broken_pictures import broken_pictures
from booklet.clean.text.characters import without_invisible
from booklet.clean.text.markdown_tex import put_back, take_out
from booklet.findings import finding

_MAX_CHARS = 300_000
"""A book has as many. Markdown at its densest takes 5 s for these; what follows becomes plain paragraphs."""

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_MAX_NESTING = 60
"""Levels of Markdown blocks: the library calls itself for each."""

_BLOCK_TAG = re.compile(
    r"(?i)</?(?:div|p|table|section|article|ul|ol|h[1-6]|blockquote|figure|pre|br|hr|li)\b"
)
_MARKDOWN_LINE = re.compile(r"(?m)^(?:#{1,6} |```|~~~|\* |- |\d+\. |> |\|.*\|\s*$|!?\[[^\]]*\]\()")
_HEADING_WITHOUT_SPACE = re.compile(r"(?m)^(#{2,6})(?=[^\s#])")
_MAX_MARKS = 36
"""Characters that stay of the marks in front of a line that `_TOO_DEEP` finds."""

_DRAWING = re.compile(r"<svg\b[^<>]*>(?:[^<]|<(?!/?svg\b))*</svg\s*>")
_EMPTY_LINE = re.compile(r"(?m)^[ \t]*$")
"""In a drawing it would end the block of HTML or the paragraph (CommonMark, 4.6): an empty group does not."""
_TOO_DEEP = re.compile(r"(?m)^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){20,}[ \t]*(?=\S)")
"""The parser stops silently at `_MAX_NESTING`; nobody quotes or lists that deep."""

_TASK = re.compile(r"\[[ xX]\]")
_MAX_TASKS = 2_000
"""The library looks for the list of each item anew: longer lists keep their `[ ]`."""

_FENCE = re.compile(r"(?ms)^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)")


def looks_like_html(text: str) -> bool:
    """Whether a body is HTML from end to end, whatever its file is called: aggregators save HTML as `.md`."""
    body = text.strip()
    if not body.startswith("<") or not _BLOCK_TAG.match(body) or not body.endswith(">"):
        return False
    without_code = re.sub(r"(?is)<pre\b.{0,50000}?</pre>", "", body)
    marks = len(_MARKDOWN_LINE.findall(without_code))
    return len(_BLOCK_TAG.findall(without_code)) > 2 * marks


def _is_html(draft: Draft) -> bool:
    """Whether the article came as HTML: what its tags have become since does not count."""
    came = without_invisible(draft.article.body) or draft.text
    return looks_like_html(draft.text) and looks_like_html(came)


def markdown(draft: Draft) -> None:
    """Turn a Markdown body into HTML; an HTML body stays as it is."""
    if draft.article.body_format != "markdown" or _is_html(draft):
        return
    end = len(draft.text)
    if end > _MAX_CHARS:
        end = draft.text.rfind("\n\n", 0, _MAX_CHARS) + 1 or _MAX_CHARS
        draft.report("markdown-capped", limit_kb=_MAX_CHARS // 1_000)
    rest = draft.text[end:]
    text, formulas = take_out(draft.text[:end])
    is_mdx = draft.article.source.lower().endswith(".mdx")
    env: dict[str, object] = {
        "line_breaks": draft.article.line_breaks,
        MDX: is_mdx,
        CLOSED: closed_components(text),
    }
    parser = _parser(tasks=len(_TASK.findall(text)) <= _MAX_TASKS, mdx=is_mdx)
    html = str(parser.render(_outside_fences(text), env))
    for code, line, params in told(env):
        article = draft.article
        draft.findings.append(finding(code, article.source, article.body_line + line, **params))
    draft.text = put_back(html, formulas) + _BLANK_LINES.sub("<p>", escape(rest))


def _outside_fences(text: str) -> str:
    """Mend what other Markdown dialects read differently, but not in fenced code."""
    parts: list[str] = []
    position = 0
    for fence in _FENCE.finditer(text):
        parts.extend((_mend(text[position : fence.start()]), fence[0]))
        position = fence.end()
    return "".join((*parts, _mend(text[position:])))


def _mend(text: str) -> str:
    text = _TOO_DEEP.sub(lambda found: found[0].lstrip()[:_MAX_MARKS], text)
    if "<svg" in text:
        text = _DRAWING.sub(lambda found: _EMPTY_LINE.sub("<g></g>", found[0]), text)
    return _HEADING_WITHOUT_SPACE.sub(r"\1 ", text)


@cache
def _parser(*, tasks: bool, mdx: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.use(cjk_emphasis).use(containers).use(callouts).use(html_lines).use(wiki).use(pictures)
    parser.use(jsx).use(attributes).use(embeds).use(fences)
    parser.use(line_ends).use(broken_pictures).use(footnote_plugin).use(loose_notes).use(deflist_plugin)
    if mdx:
        parser.disable("code")  # MDX has no code by indent
    return parser.use(tasklists_plugin) if tasks else parser
