"""Text → front matter and body, in every dialect that posts come in. Pure.

Values are python-frontmatter's handlers' (YAML and JSON; TOML by the standard library). Cutting is our own:
its `parse` loses the line numbers and the body's first indent, takes a rule `---` for front matter, and knows
neither a missing end nor Hexo's block without a beginning.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Literal

from frontmatter.default_handlers import BaseHandler, JSONHandler

from booklet.collect.front_matter.headers import is_second_block, read_headers
from booklet.collect.front_matter.line_reader import key_lines, prose_line, read_lines
from booklet.collect.front_matter.yaml_block import YamlBlockError, load_yaml

MAX_CHARS = 128 * 1024
"""Of a block: a thousand times a usual one."""

_MAX_KEY_PARTS = 64
"""Of a dotted key of TOML; front matter has two or three."""

Kind = Literal["none", "yaml", "toml", "json"]


class _TomlHandler(BaseHandler):
    """Hugo's `+++`; python-frontmatter's own needs another library and is silently absent without it."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, object]:
        """Parse TOML.

        Raises:
            ValueError: it is none, or has a key so deep that the parser takes the square of its length.
        """
        if any(line.partition("=")[0].count(".") >= _MAX_KEY_PARTS for line in fm.split("\n")):
            raise ValueError("key too deep")
        return tomllib.loads(fm)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above the body, and the body."""

    kind: Kind
    values: dict[str, object]
    """By key as written."""
    body: str
    """From its first line that is not blank."""
    body_line: int
    """1-based."""
    block: str = ""
    """The block as written."""
    repaired: tuple[str, ...] = ()
    """Keys that were read as plain text, or all keys if it cannot be said which."""
    problem_line: int | None = None
    """1-based line of the file where the parser stopped."""
    closed: bool = True
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Cut:
    kind: Kind
    block: str
    block_line: int
    """0-based."""
    body_line: int
    """0-based."""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Loaded:
    values: dict[str, object]
    repaired: tuple[str, ...] = ()
    line: int | None = field(default=None)


_FENCES: tuple[tuple[Kind, re.Pattern[str], re.Pattern[str]], ...] = (
    ("yaml", re.compile(r"-{3,}\s*"), re.compile(r"(?:-{3,}|\.\.\.)\s*")),
    ("toml", re.compile(r"\+{3,}\s*"), re.compile(r"\+{3,}\s*")),
    ("json", re.compile(r";{3,}\s*"), re.compile(r";{3,}\s*")),
)
_HEXO_START = re.compile(r"(?:title|layout|date|categories|tags|author)\s*:(?:\s|$)")
_MAX_LINES_WITHOUT_FENCE = 60
_GOES_ON = re.compile(r"[ \t]+\S|-[ \t]")
_TOML_LINE = re.compile(r"\s*([\w-]+)\s*=\s*(.*)")


def read_front_matter(text: str) -> FrontMatter:
    """Cut and read. Never raises: what cannot be read at all is body."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip("\ufeff\u200b \t\f\v\xa0")), len(lines))
    cut = _cut(lines, start)
    if cut is None:
        return _json_object(text, lines, start) or _headed(lines, start) or _without(lines, start)
    if len(cut.block) > MAX_CHARS:
        body, line = _body(lines, cut.body_line)
        return FrontMatter(cut.kind, {}, body, line, problem_line=cut.block_line, too_large=True)
    loaded = _load(cut)
    if loaded.repaired and (prose := prose_line(cut.block)) is not None:
        # The closing line is missing, and a rule in the text was taken for it.
        end = cut.block_line + prose
        cut = _Cut(cut.kind, "\n".join(lines[cut.block_line : end]), cut.block_line, end, closed=False)
        loaded = _load(cut)
    if not loaded.values and (cut.block.strip() or not cut.closed):
        return _without(lines, start)  # a rule, then text
    more, body_line = _second(lines, cut.body_line)
    body, line = _body(lines, body_line)
    problem = None if loaded.line is None else cut.block_line + loaded.line + 1
    return FrontMatter(
        cut.kind,
        {**more, **loaded.values},
        body,
        line,
        cut.block,
        loaded.repaired,
        problem,
        closed=cut.closed,
    )


def _second(lines: list[str], start: int) -> tuple[dict[str, object], int]:
    """The values of a second block right behind the first (Juejin's), and where the body begins."""
    first = next((i for i in range(start, len(lines)) if lines[i].strip()), len(lines))
    cut = _cut(lines, first) if first < len(lines) and lines[first].startswith("---") else None
    if cut is None or not cut.closed or len(cut.block) > MAX_CHARS or "\n\n" in cut.block.strip("\n"):
        return {}, start
    loaded = _load(cut)
    fits = loaded.values and not loaded.repaired and is_second_block(loaded.values)
    return (loaded.values, cut.body_line) if fits else ({}, start)


def _headed(lines: list[str], start: int) -> FrontMatter | None:
    """Fields without fences (Pelican, Notion, Logseq)."""
    values, taken = read_headers(lines, start)
    if not taken:
        return None
    kept = set(range(start, len(lines))) - set(taken)
    first = next((i for i in sorted(kept) if lines[i].strip()), len(lines) - 1)
    # Each line stays on its number: what was taken out of the middle leaves a blank one.
    rest = [line if i in kept else "" for i, line in enumerate(lines)]
    body = "\n".join(rest[first:])
    block = "\n".join(lines[i] for i in taken)
    return FrontMatter("yaml", values, body, first + 1, block)


def _without(lines: list[str], start: int) -> FrontMatter:
    body, line = _body(lines, start)
    return FrontMatter("none", {}, body.removeprefix("\ufeff"), line)


def _body(lines: list[str], start: int) -> tuple[str, int]:
    """The body without blank lines before it, and its 1-based line."""
    first = next((i for i in range(start, len(lines)) if lines[i].strip()), len(lines))
    return "\n".join(lines[first:]), min(first, max(len(lines) - 1, 0)) + 1


def _cut(lines: list[str], start: int) -> _Cut | None:
    first = lines[start].lstrip("\ufeff\u200b") if start < len(lines) else ""
    for kind, opening, closing in _FENCES:
        if not opening.fullmatch(first):
            continue
        for end in range(start + 1, len(lines)):
            if closing.fullmatch(lines[end]):
                return _Cut(kind, "\n".join(lines[start + 1 : end]), start + 1, end + 1)
        end = _end_of_keys(lines, start + 1)
        return _Cut(kind, "\n".join(lines[start + 1 : end]), start + 1, end, closed=False)
    if _HEXO_START.match(first):
        # Hexo lets the opening line be absent.
        end = _end_of_keys(lines, start)
        if end < len(lines) and _FENCES[0][1].fullmatch(lines[end]):
            return _Cut("yaml", "\n".join(lines[start:end]), start, end + 1)
    return None


def _end_of_keys(lines: list[str], start: int) -> int:
    """Where lines stop looking like keys and what belongs to them."""
    place = start
    while place < min(len(lines), start + _MAX_LINES_WITHOUT_FENCE):
        line = lines[place]
        if not (_GOES_ON.match(line) or any(key_lines(line)) or _TOML_LINE.fullmatch(line)):
            break
        place += 1
    return place


def _load(cut: _Cut) -> _Loaded:
    if cut.kind == "yaml":
        return _load_yaml(cut.block)
    handler = _TomlHandler() if cut.kind == "toml" else JSONHandler()
    block = cut.block if cut.kind == "toml" else "{" + cut.block + "}"
    try:
        return _Loaded(_string_keys(handler.load(block)))
    except (ValueError, RecursionError) as error:
        repaired = _read_assignments(cut.block) if cut.kind == "toml" else read_lines(cut.block).values
        return _Loaded(repaired, tuple(repaired), _line_of(error))


def _load_yaml(block: str) -> _Loaded:
    line = None
    try:
        loaded = load_yaml(block)
        if isinstance(loaded, dict):
            return _Loaded(_string_keys(loaded))
    except YamlBlockError as error:
        line = error.line if error.line is not None else 0
    read = read_lines(block)
    return _Loaded(read.values, read.keys or tuple(read.values), line or 0)


def _string_keys(loaded: object) -> dict[str, object]:
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def _line_of(error: Exception) -> int:
    """0-based; TOML's and JSON's errors say it in different ways."""
    if isinstance(error, json.JSONDecodeError):
        return error.lineno - 1
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) - 1 if found else 0


def _read_assignments(block: str) -> dict[str, object]:
    """TOML that does not parse, line by line: each is tried alone, else taken as text."""
    values: dict[str, object] = {}
    for line in block.split("\n"):
        found = _TOML_LINE.fullmatch(line)
        if not found:
            continue
        try:
            values.update(_TomlHandler().load(line))
        except (ValueError, RecursionError):
            values.update(read_lines(f"{found[1]}: {found[2]}").values)
    return values


def _json_object(text: str, lines: list[str], start: int) -> FrontMatter | None:
    """Hugo's JSON: an object at the very beginning, then the body."""
    if start >= len(lines) or not lines[start].lstrip("\ufeff").startswith("{"):
        return None
    offset = text.index("{")
    try:
        loaded, end = json.JSONDecoder().raw_decode(text[:MAX_CHARS], offset)
    except (ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict) or not loaded or text[end : end + 1] not in {"", "\n"}:
        return None
    body, line = _body(lines, text.count("\n", 0, end) + 1)
    return FrontMatter("json", _string_keys(loaded), body, line, text[offset:end])
