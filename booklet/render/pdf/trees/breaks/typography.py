"""Where text may break and where not, as invisible characters in the text. Pure, on a chapter's tree.

Line breaking is Pango's (UAX #14 of Unicode 14), which keeps Chinese marks off the start of lines but lets a
dash begin one, forbids breaks on both sides of curly quotes, and has few breaks in an address. Neither of the
characters prints or is copied: ZERO WIDTH SPACE allows a break, WORD JOINER forbids one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from lxml import etree

from booklet.render.pdf.trees.breaks.runs import ATTACHED, runs
from booklet.render.text.characters import is_wide
from booklet.render.text.marks import CLOSING, OPENING
from booklet.render.text.phrases import are_known, ends

ALLOW = "\u200b"
FORBID = "\u2060"

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff"
_LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_MARKS_AFTER = re.escape(CLOSING.replace("”", "").replace("’", ""))
_BRACKETS = re.escape(OPENING.replace("“", "").replace("‘", ""))
_QUOTES = "“‘"
_NEVER_FIRST = "—…·・‧～–―"  # besides the closing marks (clreq §3.1.4)
_LONG_UNITS = (
    "平方米|平方公里|立方米|公里|千米|厘米|毫米|英里|英寸|公斤|千克|毫克|毫升|公顷|海里|小时|分钟|秒钟|摄氏度|"
    "人民币|美元|欧元|日元|港元|英镑|万元|亿元|万亿|百万|千万|个月|世纪"
)
_HAN_UNITS = _LONG_UNITS + (
    "|年|月|日|号|时|点|分|秒|天|周|岁|元|块|角|万|亿|千|百|米|克|吨|度|升|斤|亩|倍|届|期|页|章|节|条|款|卷|册|篇"
    "|集|回|讲|课|个|人|名|位|次|项|种|家|台|辆|架|艘|部|本|张|件|座|栋|层|楼|级|类|版|行|列|字|词|句|场|轮|票"
)
_LATIN_UNITS = (
    "[%‰℃℉°]|(?:[kKcmMμnGT]?[mgLWVAJNB]|[kMG]?Hz|[KMGT]i?B|kWh|px|pt|fps|ms|s|h|min|bp)(?![A-Za-z])"
)
_ADDRESS_LENGTH = 20
"""Longer unbroken Latin runs may break at their marks; shorter ones move to the next line without harm."""

_LONG_RUN = re.compile(rf"[!-~]{{{_ADDRESS_LENGTH},}}")
_AFTER_MARK = re.compile(r"(?<=[/?&=._#+~:-])(?=[0-9A-Za-z])(?<!://)")
_IN_ADDRESS = re.compile(
    r"(?<=[/?&=_#+~:-])(?=[0-9A-Za-z]\S{3})(?<!://)|(?<=[0-9A-Za-z])(?=\.[0-9A-Za-z]\S{2})"
)
"""Before a full stop, after a slash (Chicago Manual of Style, 16th ed., §7.46); four characters follow."""
_WHOLE_IN_ADDRESS = re.compile(r"(?<=\.)(?=[0-9A-Za-z])|(?=[!-~]{1,3}[.,;:!?)\]}'\"]*\Z)")
"""After a full stop and within the last four characters, so that a line that gapes is not filled by that."""
_BEFORE_QUOTE = re.compile(
    rf"(?<=[{_HAN}{_KANA}{_MARKS_AFTER}”’—…])(?=[{_QUOTES}])|(?<=[0-9A-Za-z])(?=[{_QUOTES}][{_HAN}])"
)
_AFTER_QUOTE = re.compile(
    rf"(?<=[”’])(?=[{_HAN}{_KANA}{_BRACKETS}])|(?<=[{_HAN}{_MARKS_AFTER}][”’])(?=[0-9A-Za-z])"
)
_PAIR_OF_STRAIGHT = re.compile('"(?=[^\\s"])[^"]*(?<=[^\\s"])"')
_ENDS_CHINESE = re.compile(rf"[{_HAN}{_KANA}{_MARKS_AFTER}…—]")
_STARTS_CHINESE = re.compile(rf"[{_HAN}{_KANA}{_BRACKETS}]")
_BEFORE_DASH = re.compile(rf"(?<=[^\s\u200b{_NEVER_FIRST}{ATTACHED}])( ?)(?=[{_NEVER_FIRST}])")
_MARK_BEHIND_SPACE = re.compile(r"(?<=[^\s\u200b])(?= +[.!?:;,/)\]}%]+[0-9A-Za-z_])")
_NUMBER_UNIT = re.compile(rf"(?<=\d)( ?)(?={_HAN_UNITS}|{_LATIN_UNITS})")
_WHOLE_UNIT = re.compile(rf"(?:(?<=\d{FORBID})|(?<=\d {FORBID}))(?:{_HAN_UNITS})")
_LONG_UNIT = re.compile(rf"(?<=[一二三四五六七八九十百千万亿两几数多半])(?:{_LONG_UNITS})")
_NUMBERED = re.compile(
    rf"(?:第|(?:(?<![{_HAN}])|(?<=[如见見在和与與及或看上下附]))[图圖表式例]|[№§]|\b(?:Nos?|Figs?|Vol|Eq|Ch|Sec|pp?)\."
    r"|\b(?:Figure|Table|Section|Chapter|Part|Equation)) ?(?=[0-9])"
)
"""What a number is bound to that stands behind it; at the end of a word (地图, 代表) it may mean nothing."""
_ATTACHED_START = re.compile(rf"(?<=[^\s{ATTACHED}])(?={ATTACHED})")
_END = re.compile(r"[^\W_]\W{0,12}[^\W_]\W{0,12}\Z")
_MOST_BOUND = 7
_TITLES = frozenset(("title-part", "source-name"))
"""Classes of what is read as a whole, in few words: no line of it ends within one."""
_BREAK_CHARACTERS = re.compile(f"[{ALLOW}{FORBID}]")
_BETWEEN_VISIBLE = re.compile(f"(?<=[^{FORBID}])(?=[^{FORBID}])")
_CODE_IN_ADDRESS = re.compile(r"(?=[A-Za-z]*[0-9]|[0-9A-Za-z]*[a-z][A-Z])[0-9A-Za-z]{10,}")
_ENDLESS = re.compile(r"[!-~]{30}(?=[!-~]{30})")
"""No word; the engine would look for breaks in it, line by line, in the square of its length."""
_CODE_PART = re.compile(r"[0-9A-Za-z]{5}(?=[0-9A-Za-z]{4})")
_HAN_LATIN = re.compile(
    rf"(?<=[{_HAN}{_KANA}]){FORBID}?(?=[{_LATIN}])|(?<=[{_LATIN}]){FORBID}?(?=[{_HAN}{_KANA}])"
)
_EITHER_HAN = re.compile(rf"[{_HAN}{_KANA}]")


def _break_run(run: str) -> str:
    """Breaks after a long run's marks, and in what has no marks."""
    if "/" in run or run.startswith("www."):
        return _break_address(run)
    return _ENDLESS.sub(rf"\g<0>{ALLOW}", _AFTER_MARK.sub(ALLOW, run))


def _break_address(address: str) -> str:
    """Breaks at an address's marks and within the long codes that some hold; its end stays whole."""
    broken = _ENDLESS.sub(rf"\g<0>{ALLOW}", _IN_ADDRESS.sub(ALLOW, address))
    broken = _CODE_IN_ADDRESS.sub(lambda code: _CODE_PART.sub(rf"\g<0>{ALLOW}", code[0]), broken)
    return _WHOLE_IN_ADDRESS.sub(FORBID, broken)


def _bind_units(text: str) -> str:
    """Numbers with their units, which are whole themselves: 30 公里, 12 %, 2026年, 第 3 期, 图 4, No. 5."""
    text = _NUMBER_UNIT.sub(lambda gap: gap[1] + FORBID, text)
    text = _WHOLE_UNIT.sub(lambda unit: FORBID.join(unit[0]), text)
    text = _LONG_UNIT.sub(lambda unit: FORBID.join(unit[0]), text)
    return _NUMBERED.sub(rf"\g<0>{FORBID}", text)


def _open_straight_quotes(text: str) -> str:
    """Breaks outside pairs of `"`, which UAX #14 allows on neither side of a quote that may be both.

    Pairs only where no text is doubtful: inches and quotes over several paragraphs leave an odd number.
    """
    if text.count('"') % 2 or '"' not in text:
        return text
    return _PAIR_OF_STRAIGHT.sub(_outside, text)


def _outside(pair: re.Match[str]) -> str:
    before = ALLOW if _ENDS_CHINESE.search(pair.string[: pair.start()][-1:]) else ""
    after = ALLOW if _STARTS_CHINESE.match(pair.string, pair.end()) else ""
    return before + pair[0] + after


def _leave_gaps(text: str) -> str:
    """A pair of invisible characters where Han and Latin meet: justify.py makes a quarter em of it."""
    return _HAN_LATIN.sub(lambda border: (FORBID if border[0] else ALLOW) * 2, text)


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("long addresses", lambda text: _LONG_RUN.sub(lambda run: _break_run(run[0]), text)),
    ("quotes beside Han", lambda text: _AFTER_QUOTE.sub(ALLOW, _BEFORE_QUOTE.sub(ALLOW, text))),
    ("straight quotes beside Han", _open_straight_quotes),
    ("dashes and dots", lambda text: _BEFORE_DASH.sub(lambda gap: gap[1] + FORBID, text)),
    ("marks behind spaces", lambda text: _MARK_BEHIND_SPACE.sub(ALLOW, text)),
    ("raised numbers", lambda text: _ATTACHED_START.sub(FORBID, text)),
    ("number and unit", _bind_units),
    ("Han and Latin", _leave_gaps),
)


def set_breaks(root: etree._Element) -> None:
    """Apply the rules to all text but code, formulas and drawings, and bind the ends of paragraphs.

    Titles are bound between their phrases: how many lines they need, the paper decides.
    """
    for run in list(runs(root)):
        run.insert(lambda text: bind_end(break_text(text)))
        if _TITLES & {*run.block.get("class", "").split()} and are_known(_language(run.block)):
            run.insert(bind_phrases)


def break_text(text: str) -> str:
    """One text with its break characters."""
    for _name, rule in _RULES:
        text = rule(text)
    return text


def _language(element: etree._Element) -> str:
    return next((str(one.get("lang")) for one in (element, *element.iterancestors()) if one.get("lang")), "")


def bind_phrases(text: str) -> str:
    """A Chinese title's text, so that its lines end between phrases."""
    may_end = ends(_BREAK_CHARACTERS.sub("", text))
    bound, place = [], 0
    for character, following in pairwise(f"{text} "):
        bound.append(character)
        place += character not in ALLOW + FORBID
        beside = character + following
        free = any(one in ALLOW + FORBID or one.isspace() for one in beside) or place in may_end
        if not free and any(map(is_wide, beside)):
            bound.append(FORBID)
    return "".join(bound)


def bind_end(text: str) -> str:
    """A paragraph's text, so that its last line has two characters and not one; a mark counts not as one."""
    bare = text.rstrip()
    end = _END.search(bare)
    if end is None or not (" " in end[0] or _EITHER_HAN.search(end[0])):
        return text
    if len(_BREAK_CHARACTERS.sub("", end[0])) > _MOST_BOUND:
        return text  # with so many marks a last line of one character is none
    bound = _BETWEEN_VISIBLE.sub(FORBID, end[0].replace(ALLOW, FORBID))
    return bare[: end.start()] + bound + text[len(bare) :]
