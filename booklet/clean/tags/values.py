"""Liquid's values: what `{{ … }}` and conditions say, with filters. Of the engine, what articles use.

https://shopify.github.io/liquid/, https://jekyllrb.com/docs/liquid/filters/. A whole engine (python-liquid
was weighed) swallows tags that it does not know, or refuses the text, and reads code as it reads words; here
the words of an unknown tag stay, code is left alone, and every loop has its bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from urllib.parse import quote

MAX_CHARS = 200_000
"""The most characters of one value: filters that make texts longer stop there."""

UNKNOWN = object()
"""The value of a name that nothing is known of: not the same as one that is known to be nothing."""

_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RANGE = re.compile(r"\(\s*(\S+?)\s*\.\.\s*(\S+?)\s*\)")
_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+\??|\[[^\[\]]{1,80}\])*")
_STEP = re.compile(r"\.?([\w-]+\??)|\[([^\[\]]+)\]")
_CONDITION = re.compile(r"(.+?)\s*(==|!=|<>|>=|<=|>|<|\bcontains\b)\s*(.+)", re.DOTALL)
_MAX_RANGE = 1_000
_MAX_BITS = 200
"""The most bits of a number: squared again and again, it would fill the memory."""

Maker = Callable[[object, list[object]], object]
"""What a filter makes of a value and its arguments."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names and filters are looked up."""

    root: Callable[[str], object]
    """What the first name of a path stands for; `UNKNOWN` if nobody can say."""
    filters: Mapping[str, Maker] = field(default_factory=dict)
    """Those that hang on the site."""


class Partly(dict[str, object]):
    """Values of which not all are known: those without a value are `UNKNOWN`."""

    def get(self, key: object, _default: object = None) -> object:
        """The value, or `UNKNOWN`."""
        return super().get(str(key), UNKNOWN)


def split_outside_quotes(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that are not in quotes."""
    parts: list[str] = [""]
    opened = ""
    for letter in text:
        if opened:
            opened = "" if letter == opened else opened
        elif letter in "\"'":
            opened = letter
        elif letter == mark:
            parts.append("")
            continue
        parts[-1] += letter
    return parts


def evaluate(expression: str, scope: Scope) -> object:
    """The value of `primary | filter: argument, argument`; `UNKNOWN` if it hangs on something unknown."""
    first, *filters = split_outside_quotes(expression, "|")
    value = primary(first.strip(), scope)
    for one in filters[:20]:
        name, _, raw = one.strip().partition(":")
        arguments = [primary(part.strip(), scope) for part in split_outside_quotes(raw, ",") if part.strip()]
        own = scope.filters.get(name.strip())
        value = own(value, arguments) if own else filtered(name.strip(), value, arguments)
    return value


def primary(text: str, scope: Scope) -> object:  # noqa: PLR0911 - one for each form
    """A literal, a range, or a path such as `page.title`, `site["url"]`."""
    if found := _STRING.fullmatch(text):
        return found[1] if found[1] is not None else found[2]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text[:30])
    if text in {"true", "false"}:
        return text == "true"
    if text in {"nil", "null", "blank", "empty", ""}:
        return None
    if found := _RANGE.fullmatch(text):
        return _range(primary(found[1], scope), primary(found[2], scope))
    if not _PATH.fullmatch(text):
        return UNKNOWN
    root = re.match(r"[\w-]+", text)
    value = scope.root(root[0]) if root else UNKNOWN
    for step in _STEP.finditer(text, root.end() if root else 0):
        value = _member(value, step[1] or primary(step[2].strip(), scope))
    return value


def _range(first: object, last: object) -> object:
    if isinstance(first, int) and isinstance(last, int):
        return list(range(first, min(last, first + _MAX_RANGE) + 1))
    return UNKNOWN


def _member(value: object, key: object) -> object:
    if value is UNKNOWN or key is UNKNOWN:
        return UNKNOWN
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, str | Sequence):
        if key == "size":
            return len(value)
        if key in {"first", "last"} and value:
            return value[0 if key == "first" else -1]
        if isinstance(key, int) and -len(value) <= key < len(value):
            return value[key]
    return None


def shown(value: object) -> str:
    """A value as Liquid prints it."""
    if value is None or value is UNKNOWN:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "".join(map(shown, value))[:MAX_CHARS]
    if isinstance(value, Mapping):
        return ""
    return str(value)[:MAX_CHARS]


def truth(condition: str, scope: Scope) -> bool | None:
    """Whether a condition holds; None: nobody can say. `and`, `or` are read from the right, like Liquid."""
    words = re.split(r"\s+(and|or)\s+", condition.strip(), maxsplit=20)
    result: bool | None = None
    for index in range(len(words) - 1, -1, -2):
        holds = _holds(words[index], scope)
        joint = words[index + 1] if index + 1 < len(words) else ""
        if not joint:
            result = holds
        elif joint == "and":
            result = False if False in (holds, result) else None if None in (holds, result) else True
        else:
            result = True if True in (holds, result) else None if None in (holds, result) else False
    return result


def _holds(condition: str, scope: Scope) -> bool | None:
    found = _CONDITION.fullmatch(condition.strip())
    if not found:
        value = evaluate(condition, scope)
        return None if value is UNKNOWN else value is not None and value is not False
    left, right = evaluate(found[1], scope), evaluate(found[3], scope)
    if left is UNKNOWN or right is UNKNOWN:
        return None
    return compared(left, found[2], right, empty=found[3].strip() in {"blank", "empty"})


def compared(left: object, sign: str, right: object, *, empty: bool = False) -> bool:
    """Two values by `==`, `!=`, `<`, `contains` and so on; what cannot be compared is not so."""
    if sign == "contains":
        return shown(right) in (left if isinstance(left, list | tuple) else shown(left))
    if sign in {"==", "!=", "<>"}:
        equal = left == right or (empty and not left)
        return equal == (sign == "==")
    if isinstance(left, int | float) and isinstance(right, int | float):
        return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign]
    return False


def filtered(  # noqa: PLR0911 - one for each kind
    name: str, value: object, arguments: list[object]
) -> object:
    """What a filter makes of a value. One that is not known here leaves it as it is."""
    if name == "default":
        empty = value is None or value is UNKNOWN or value is False or value == ""
        return arguments[0] if empty and arguments else value
    if value is UNKNOWN:
        return UNKNOWN
    if name in _OF_LISTS:
        return _OF_LISTS[name](value if isinstance(value, list | tuple) else [value], arguments)
    if name in _NUMBERS:
        return _calculated(name, value, arguments)
    maker = _OF_TEXTS.get(name)
    if maker is None:
        return value
    try:
        return maker(value, arguments)
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _calculated(name: str, value: object, arguments: list[object]) -> object:
    left, right = _number(value), _number(arguments[0] if arguments else 0)
    try:
        result = _NUMBERS[name](left, right)
    except (ZeroDivisionError, OverflowError, ValueError):
        return value
    return value if isinstance(result, int) and result.bit_length() > _MAX_BITS else result


def _number(value: object) -> int | float:
    if isinstance(value, int | float):
        return value
    found = _NUMBER.match(shown(value)[:30])
    return (float(found[0]) if "." in found[0] else int(found[0])) if found else 0


def _dated(value: object, form: str) -> object:
    """A date by a form of `strftime`. No clock is asked: `now` and `today` stay unknown."""
    moment: date | None = value if isinstance(value, date) else None
    if moment is None:
        try:
            moment = datetime.fromisoformat(shown(value).strip().replace("/", "-"))
        except ValueError:
            return UNKNOWN if shown(value) in {"now", "today"} else value
    plain = {"%-d": str(moment.day), "%-m": str(moment.month), "%e": str(moment.day)}
    form = re.sub(r"%-d|%-m|%e", lambda found: plain[found[0]], form[:200])
    return moment.strftime(re.sub(r"%(?![aAbBdHIjmMpSUwWyYzZcxX%])", "%%", form))


def _slug(value: object) -> str:
    return re.sub(r"[^\w]+", "-", shown(value).lower()).strip("-")


def _truncated(value: object, arguments: list[object]) -> str:
    text, length = shown(value), int(_number(arguments[0])) if arguments else 50
    tail = shown(arguments[1]) if len(arguments) > 1 else "..."
    return text if len(text) <= length else text[: max(length - len(tail), 0)] + tail


def _sliced(value: object, arguments: list[object]) -> object:
    start = int(_number(arguments[0]))
    length = int(_number(arguments[1])) if len(arguments) > 1 else 1
    held = value if isinstance(value, list | tuple) else shown(value)
    start = len(held) + start if start < 0 else start
    return held[max(start, 0) : max(start, 0) + max(length, 0)]


def _replaced(value: object, arguments: list[object], count: int = -1) -> str:
    old, new = shown(arguments[0]), shown(arguments[1]) if len(arguments) > 1 else ""
    text = shown(value)
    if old and len(new) * text.count(old) > MAX_CHARS:
        return text
    return text.replace(old, new, count) if old else text


_OF_TEXTS: dict[str, Maker] = {
    "upcase": lambda value, _: shown(value).upper(),
    "downcase": lambda value, _: shown(value).lower(),
    "capitalize": lambda value, _: shown(value).capitalize(),
    "strip": lambda value, _: shown(value).strip(),
    "lstrip": lambda value, _: shown(value).lstrip(),
    "rstrip": lambda value, _: shown(value).rstrip(),
    "append": lambda value, arguments: (shown(value) + shown(arguments[0]))[:MAX_CHARS],
    "prepend": lambda value, arguments: (shown(arguments[0]) + shown(value))[:MAX_CHARS],
    "replace": _replaced,
    "replace_first": lambda value, arguments: _replaced(value, arguments, 1),
    "remove": lambda value, arguments: _replaced(value, [arguments[0], ""]),
    "remove_first": lambda value, arguments: _replaced(value, [arguments[0], ""], 1),
    "split": lambda value, arguments: shown(value).split(shown(arguments[0]) or None) if shown(value) else [],
    "escape": lambda value, _: escape(shown(value)),
    "xml_escape": lambda value, _: escape(shown(value)),
    "url_encode": lambda value, _: quote(shown(value), safe=""),
    "cgi_escape": lambda value, _: quote(shown(value), safe=""),
    "uri_escape": lambda value, _: quote(shown(value), safe=":/?#[]@!$&'()*+,;=%"),
    "strip_html": lambda value, _: re.sub(r"<[^<>]{0,2000}>", "", shown(value)),
    "strip_newlines": lambda value, _: shown(value).replace("\n", ""),
    "newline_to_br": lambda value, _: shown(value).replace("\n", "<br>\n"),
    "truncate": _truncated,
    "slice": _sliced,
    "size": lambda value, _: len(value) if isinstance(value, list | tuple | Mapping) else len(shown(value)),
    "number_of_words": lambda value, _: len(shown(value).split()),
    "slugify": lambda value, _: _slug(value),
    "date": lambda value, arguments: _dated(value, shown(arguments[0])),
    "date_to_string": lambda value, _: _dated(value, "%d %b %Y"),
    "date_to_long_string": lambda value, _: _dated(value, "%d %B %Y"),
    "date_to_xmlschema": lambda value, _: value.isoformat() if isinstance(value, date) else value,
}

_OF_LISTS: dict[str, Callable[[Sequence[object], list[object]], object]] = {
    "join": lambda values, arguments: (shown(arguments[0]) if arguments else " ").join(map(shown, values))[
        :MAX_CHARS
    ],
    "first": lambda values, _: values[0] if values else None,
    "last": lambda values, _: values[-1] if values else None,
    "sort": lambda values, _: sorted(values, key=shown),
    "reverse": lambda values, _: [*reversed(values)],
    "uniq": lambda values, _: [*{shown(value): value for value in values}.values()],
    "compact": lambda values, _: [value for value in values if value is not None],
    "array_to_sentence_string": lambda values, _: ", ".join(map(shown, values))[:MAX_CHARS],
}

_NUMBERS: dict[str, Callable[[int | float, int | float], int | float]] = {
    "plus": lambda left, right: left + right,
    "minus": lambda left, right: left - right,
    "times": lambda left, right: left * right,
    "divided_by": lambda left, right: (
        left // right if isinstance(right, int) and isinstance(left, int) else left / right
    ),
    "modulo": lambda left, right: left % right,
    "round": lambda left, right: round(left, int(right)) if right else round(left),
    "floor": lambda left, _: int(left // 1),
    "ceil": lambda left, _: int(-(-left // 1)),
    "abs": lambda left, _: abs(left),
}
