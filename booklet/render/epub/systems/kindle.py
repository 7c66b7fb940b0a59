"""Style sheets for Kindle: without what its converter refuses or lays out wrongly.

Sources: Kindle Publishing Guidelines 2019.2 (3.1 and 6.3: no negative values, no positioning; 17: supported
CSS), harvard-edge/cs249r_book issue 1148 (custom properties suspected behind rejections with E999).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

_KEPT_RULES = {"charset", "font-face", "media", "namespace"}
"""At-rules that KF8 knows."""
_NO_DISPLAYS = {"contents", "flex", "grid", "inline-flex", "inline-grid"}
_NO_PROPERTIES = {"position", "top", "right", "bottom", "left", "inset", "z-index"}
_NOT_NEGATIVE = ("margin", "line-height", "padding", "text-indent")


def supported_css(css: str) -> str:
    """The sheet with the other rules and declarations left out; empty rules go."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(f"{rule}\n" for rule in _rules(rules))


def _rules(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule" and (body := _declarations(rule.content)):
            yield f"{tinycss2.serialize(rule.prelude).strip()} {{ {body} }}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _KEPT_RULES:
            yield from _at_rule(rule)


def _at_rule(rule: Any) -> Iterator[str]:
    if rule.lower_at_keyword != "media":
        yield rule.serialize()
        return
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    if body := " ".join(_rules(inner)):
        yield f"@media {tinycss2.serialize(rule.prelude).strip()} {{ {body} }}"


def _declarations(content: list[Any]) -> str:
    # `parse_declaration_list`, not `parse_blocks_contents`: nested rules are unknown to Kindle, and go
    found = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    return " ".join(
        f"{one.serialize().strip()};" for one in found if one.type == "declaration" and _is_known(one)
    )


def _is_known(declaration: Any) -> bool:
    name = declaration.lower_name
    values = [token for token in declaration.value if token.type != "whitespace"]
    if name.startswith("--") or name in _NO_PROPERTIES or _holds_variable(values):
        return False
    if name == "display":
        return not any(token.type == "ident" and token.lower_value in _NO_DISPLAYS for token in values)
    if name.startswith(_NOT_NEGATIVE):
        return not any(getattr(token, "value", 0) < 0 for token in values if token.type in _NUMBERS)
    return True


_NUMBERS = {"dimension", "number", "percentage"}


def _holds_variable(tokens: Iterable[Any]) -> bool:
    return any(
        token.type == "function" and (token.lower_name == "var" or _holds_variable(token.arguments))
        for token in tokens
    )
