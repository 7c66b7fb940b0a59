"""Numbers of lists for print, whose engine counts every list from one: `start`, `value`, `reversed`, `type`.

https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element
"""

from __future__ import annotations

from lxml import etree

_STYLES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (1, 1, 2, 3, 2, 1, 2, 3, 4, 2)
"""How many letters a digit is."""
_LETTERS = 26
_CHARACTER_EM = 0.56
"""The width of a digit, with a little over."""
_INDENT_EM, _INDENT_WITHIN_EM = 3.0, 1.6
"""The indents of a list and of one within a list (themes/plain/print.css): numbers stand in them."""


def set_list_numbers(root: etree._Element) -> None:
    """Say in styles what the lists' attributes say."""
    for element in root.iter("ol"):
        style = _STYLES.get(element.get("type", ""), "")
        before, step, widest = 0, int(element.get("start", "1")), 0
        for item in (child for child in element if child.tag == "li"):
            number = int(item.get("value", before + step))
            if number != before + 1:
                item.set("style", f"counter-increment: list-item {number - before}")
            widest = max(widest, _characters(number, style))
            before, step = number, 1
        rules = [f"list-style-type: {style}"] if style else []
        room = _INDENT_WITHIN_EM if next(element.iterancestors("li"), None) is not None else _INDENT_EM
        if (indent := widest * _CHARACTER_EM + 0.5) > room:
            rules.append(f"padding-left: {indent:.2f}em")
        if rules:
            element.set("style", "; ".join(rules))


def _characters(number: int, style: str) -> int:
    """How many the number takes."""
    if style.endswith("roman"):
        return sum(_ROMAN[int(digit)] for digit in str(abs(number)))
    if style:
        return 1 + (abs(number) > _LETTERS)
    return len(str(number))
