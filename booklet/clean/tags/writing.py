"""A text with its tags resolved: goes through the tokens, asks the tables, does what Liquid's tags say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from booklet.clean.players import named
from booklet.clean.tags import hexo, hugo, liquid
from booklet.clean.tags.common import player, told, unknown
from booklet.clean.tags.forms import BREAK, dedented
from booklet.clean.tags.places import at_place, is_in_address, is_in_picture, prefix_of
from booklet.clean.tags.tag import Surroundings, Tag
from booklet.clean.tags.tokens import Token, tokens
from booklet.clean.tags.values import MAX_CHARS, UNKNOWN, evaluate, shown, truth

VERBATIM = frozenset(
    (
        *(f"curly:{name}" for name in (*hexo.VERBATIM, "raw", "verbatim", "comment")),
        *(f"hugo:{name}" for name in hugo.VERBATIM),
    )
)
_MAX_INCLUDES_DEEP = 5
_MAX_TURNS = 1_000
"""The most turns of one loop."""
_HUGO_ESCAPED = re.compile(r"(\{\{[<%])/\*([^{}\n]{0,400}?)\*/([>%]\}\})")
_RAW_MARK = re.compile(r"(?m)^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n|\{%-?\s*(?:end)?raw\s*-?%\}")
_BRACES = re.compile(r"\{[{%#][^\n]{0,400}")


@dataclass
class Writing:
    """One text on its way, an article's or a snippet's."""

    text: str
    around: Surroundings
    prose: Callable[[str], str]
    """What is done to stretches without tags and code."""
    markdown: bool
    first_line: int | None
    """Of the text, in the file; None: findings have no line."""
    given: dict[str, object] | None = None
    """What `include` was given; None: this is the article."""
    deep: int = 0
    fixed_line: int | None = None
    """Of the tag that brought a snippet here."""

    def __post_init__(self) -> None:
        self._tokens = tokens(self.text, VERBATIM, markdown=self.markdown)
        self._ends = [found.start() for found in re.finditer("\n", self.text)]

    def written(self) -> str:
        """The text without tags."""
        return self._write(0, len(self._tokens)).replace(BREAK, "\n\n")

    def _line(self, token: Token) -> int | None:
        if self.fixed_line is not None or self.first_line is None:
            return self.fixed_line
        return self.first_line + bisect_right(self._ends, token.start)

    def _write(self, start: int, end: int) -> str:
        parts: list[str] = []
        index = start
        while index < end:
            token = self._tokens[index]
            source = self.text[token.start : token.end]
            if token.kind == "text":
                parts.append(self.prose(source))
            elif token.kind == "code":
                parts.append(self._code(source))
            elif token.kind == "value":
                parts.append(self._value(token, source))
            elif token.kind == "escape":
                parts.append(self._escaped(token, source))
            elif token.kind == "tag" and self.around.budget > 0:
                self.around.budget -= 1
                parts.append(self._tag(index))
                index = max(index, token.until)
            index += 1
        return "".join(parts)

    def _code(self, source: str) -> str:
        """Code as it stands, but for the marks by which its site's generator is told to leave it so."""
        site = self.around.article.site
        if site is not None and site.generator == "hugo":
            return _HUGO_ESCAPED.sub(r"\1\2\3", source)
        if site is not None and site.generator == "jekyll":
            return _RAW_MARK.sub("", source)
        return source

    def _escaped(self, token: Token, source: str) -> str:
        """`{{</* name */>}}`: the author shows how a shortcode is written."""
        words = f"{source[:3]}{token.raw}{source[-3:]}"
        self.around.literal.append(words)
        return escape(words, quote=False)

    def _value(self, token: Token, source: str) -> str:
        scope = liquid.scope(self.around, self.given, for_picture=is_in_picture(self.text, token.start))
        if not liquid.is_value(token.raw, self.around, self.given):
            return source
        value = evaluate(token.raw, scope)
        is_quiet = (
            liquid.is_silent(token.raw) or re.split(r"\W", token.raw, maxsplit=1)[0] in self.around.variables
        )
        if value is UNKNOWN and not is_quiet:
            self.around.tell("tag-value-unknown", self._line(token), name=token.raw[:60])
        return shown(value)

    def _tag(self, index: int) -> str:
        token = self._tokens[index]
        if token.language == "curly" and token.name in _CONTROL:
            return _CONTROL[token.name](self, index)
        prefix = prefix_of(self.text, token.start, markdown=self.markdown)
        content = self._content(token, index, prefix)
        tag = Tag(
            token.name,
            token.raw,
            self.around,
            language=token.language,
            content=content,
            inside=self._inside(token),
            line=self._line(token),
            in_address=is_in_address(self.text, token.start),
        )
        return at_place(_written(tag), prefix)

    def _inside(self, token: Token) -> str:
        if token.inside is not None or token.until < 0:
            return token.inside or ""
        return self.text[token.end : self._tokens[token.until].start]

    def _content(self, token: Token, index: int, prefix: str) -> str | None:
        if token.inside is not None:
            return dedented(token.inside)
        if token.until < 0:
            return None
        content = self._write(index + 1, token.until)
        if ">" in prefix:
            return re.sub(r"\A[ \t>]+", "", content.strip("\n"))
        return "\n".join(prefix + line if line else "" for line in dedented(content).split("\n")).strip()

    def _branches(self, index: int, names: frozenset[str]) -> list[tuple[str, str, int, int]]:
        """The parts of a tag between its `else`s: name, arguments, first and last token."""
        opener = self._tokens[index]
        branches = [(opener.name, opener.raw, index + 1, opener.until)]
        at = index + 1
        while at < opener.until:
            token = self._tokens[at]
            if token.kind == "tag" and token.name in names:
                name, raw, start, end = branches[-1]
                branches[-1] = (name, raw, start, at)
                branches.append((token.name, token.raw, at + 1, end))
            at = max(at, token.until) + 1
        return branches

    def _if(self, index: int) -> str:
        """The branch whose condition holds. One that hangs on something unknown is taken: no word is lost."""
        if self._tokens[index].until < 0:
            return ""
        scope = liquid.scope(self.around, self.given)
        for name, raw, start, end in self._branches(index, frozenset(("elsif", "elif", "elseif", "else"))):
            holds = True if name == "else" else truth(raw, scope)
            if name == "unless" and holds is not None:
                holds = not holds
            if holds is None or holds:
                if holds is None:
                    self.around.tell("tag-value-unknown", self._line(self._tokens[index]), name=raw[:60])
                return self._write(start, end)
        return ""

    def _case(self, index: int) -> str:
        if self._tokens[index].until < 0:
            return ""
        scope = liquid.scope(self.around, self.given)
        value = evaluate(self._tokens[index].raw, scope)
        for name, raw, start, end in self._branches(index, frozenset(("when", "else")))[1:]:
            wanted = [evaluate(part, scope) for part in re.split(r"\s*,\s*|\s+or\s+", raw)]
            if name == "else" or value in wanted or value is UNKNOWN:
                return self._write(start, end)
        return ""

    def _for(self, index: int) -> str:
        """Each turn of a loop. Of one over something unknown the words are written once."""
        opener = self._tokens[index]
        found = re.match(r"([\w-]+)\s+in\s+(\([^()]*\)|\S+)\s*(.*)", opener.raw, re.DOTALL)
        if opener.until < 0 or not found:
            return ""
        items = evaluate(found[2], liquid.scope(self.around, self.given))
        (_, _, start, end), *otherwise = self._branches(index, frozenset(("else",)))
        if items is UNKNOWN:
            self.around.tell("tag-value-unknown", self._line(opener), name=found[2][:60])
            return self._turn(found[1], UNKNOWN, start, end)
        values = liquid.limited(items, found[3])[:_MAX_TURNS]
        if not values and otherwise:
            return self._write(otherwise[0][2], otherwise[0][3])
        parts: list[str] = []
        for number, item in enumerate(values):
            if self.around.budget <= 0:
                break
            self.around.budget -= 1 + (end - start)
            self.around.variables["forloop"] = liquid.forloop(number, len(values))
            parts.append(self._turn(found[1], item, start, end))
        return "".join(parts)

    def _turn(self, name: str, item: object, start: int, end: int) -> str:
        before = self.around.variables.get(name)
        self.around.variables[name] = item
        written = self._write(start, end)
        self.around.variables[name] = before
        return written

    def _assign(self, index: int) -> str:
        name, mark, expression = self._tokens[index].raw.partition("=")
        if mark and len(self.around.variables) < _MAX_TURNS:
            value = evaluate(expression.strip(), liquid.scope(self.around, self.given))
            self.around.variables[name.strip()] = value
        return ""

    def _capture(self, index: int) -> str:
        token = self._tokens[index]
        if token.until >= 0 and len(self.around.variables) < _MAX_TURNS:
            written = self._write(index + 1, token.until).replace(BREAK, "\n\n")
            self.around.variables[token.raw.strip("\"' ")] = written[:MAX_CHARS]
        return ""

    def _raw(self, index: int) -> str:
        """Braces that are to be seen."""
        inside = self._inside(self._tokens[index])
        self.around.literal.extend(_BRACES.findall(inside))
        return inside

    def _include(self, index: int) -> str:
        token = self._tokens[index]
        name, _, raw = token.raw.partition(" ")
        name = name.strip("\"'{} \n")
        _, _, raw = token.raw.replace("\n", " ").partition(" ")
        snippet = liquid.snippet(self.around, name) if token.name != "include_relative" else None
        scope = liquid.scope(self.around, self.given)
        given = liquid.given(raw, scope)
        if snippet is None or self.deep >= _MAX_INCLUDES_DEEP:
            tag = Tag(name, token.raw, self.around, line=self._line(token))
            if token.name == "include_relative":  # a part of the article, in a file of its own
                return told(tag, "")
            return at_place(
                liquid.included(tag, given), prefix_of(self.text, token.start, markdown=self.markdown)
            )
        inner = Writing(
            snippet, self.around, lambda text: text, markdown=False, first_line=None, given=given,
            deep=self.deep + 1, fixed_line=self._line(token),
        )  # fmt: skip
        return inner.written()

    def _nothing(self, _index: int) -> str:
        return ""

    def _address(self, index: int) -> str:
        token = self._tokens[index]
        return liquid.page_address(token.raw) if is_in_address(self.text, token.start) else ""


_CONTROL: dict[str, Callable[[Writing, int], str]] = {
    "if": Writing._if,
    "unless": Writing._if,
    "case": Writing._case,
    "for": Writing._for,
    "tablerow": Writing._for,
    "assign": Writing._assign,
    "set": Writing._assign,
    "capture": Writing._capture,
    "raw": Writing._raw,
    "verbatim": Writing._raw,
    "include": Writing._include,
    "include_relative": Writing._include,
    "include_cached": Writing._include,
    "post_url": Writing._address,
    **dict.fromkeys(
        (
            *(
                "comment",
                "else",
                "elsif",
                "elif",
                "elseif",
                "when",
                "break",
                "continue",
                "cycle",
                "increment",
                "decrement",
            ),
            *("seo", "feed_meta", "layout", "extends", "import", "sidenote_end", "toc"),
        ),
        Writing._nothing,
    ),
}
"""Tags that Liquid itself reads."""


def _written(tag: Tag) -> str:
    """What a tag stands for: its row's, else the player of the provider that it names, else its words."""
    tables = (hugo.ROWS, hexo.ROWS) if tag.language == "hugo" else (hexo.ROWS,)
    short = tag.name.rsplit("/", 1)[-1].removesuffix(".html")
    for table in tables:
        if row := table.get(tag.name) or table.get(short):
            return row(tag)
    provider = named(short, tag.around.providers) or named(short.removesuffix("lite"), tag.around.providers)
    return player(provider, tag) if provider else unknown(tag)
