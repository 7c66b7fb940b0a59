"""Decoration told from content: emoji become characters or their names, icons and ornaments go.

What is small and says something stays, as a picture in its line (`class="inline-picture"`); so do formulas
that are pictures (`class="inline-formula"`, with `down-25` for 0.25 em below the baseline).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from booklet.clean.tree import Element, Node

SMALL_PX = 64
"""CSS px: a picture that is declared no wider is a mark in a line of text."""
LINE_PX = 32
"""The same for a height."""

_EMOJI_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:emoji|emoticon|smil(?:ey|ie)|wp-smiley|face|bq_emoji|emot|bde_smiley|expression|emotion)"
)
_EMOJI_PATH = re.compile(
    r"(?i)/(?:emoticons?|emojis?|smil(?:ies|eys?)|face|faces|expressions?|emotions?|twemoji|emotes?|bq|qzone/em|"
    r"image_emoticon\d+\.\w+|noto-emoji)(?:[/@?]|$)|//twemoji\.|/twemoji@|^(?:https?:)?//s\.w\.org/images/core/emoji|"
    r"(?:^|/)emoji[\w.-]*\.(?:png|gif|svg)"
)
_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\u3030\u303d\u3297\u3299\u00a9\u00ae"
    "\u203c\u2049\u2122\u2139]|[0-9#*]\ufe0f?\u20e3)[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
)
_CODEPOINTS = re.compile(
    r"(?i)(?:^|[/_])(?:emoji_?)?u?((?:[0-9a-f]{4,5})(?:[-_][0-9a-f]{2,5}){0,9})(?:@\dx)?\.\w{3,4}$"
)
_BRACKETED = re.compile(
    r"[\[［【](?!(?:图片|圖片|image|图|圖|公式|img)[\]］】])[^\[\]［］【】]{1,10}[\]］】]", re.IGNORECASE
)
_ICON_CLASS = re.compile(
    r"(?i)(?:^|\s)(?:\w*[-_])?(?:icons?|iconfont|glyphicon|favicon|spacer|tracking-pixel)(?:[-_]\w+)*(?:\s|$)"
)
_ICON_PATH = re.compile(
    r"(?i)\.ico(?:[?#]|$)|/static/image/(?:common|filetype)/|/(?:fileTypes?|filetype)/|/favicon|"
    r"(?:^|/)(?:icons?|sprites?|arrows?|bullets?|buttons?|btn)(?:[-_/][\w-]*)*\.(?:gif|png|svg)(?:[?#]|$)"
)
_ORNAMENT = re.compile(
    r"(?i)(?:^|[/_-])(?:dividers?|separators?|split-?(?:line|ter)s?|fengexian|fgx|hr|rule|分割线|分隔线|分割線|分隔線)"
    r"(?:[_-]?\d*)\.(?:gif|png|jpe?g|svg|webp)(?:[?#!]|$)"
)
_ORNAMENT_ALT = re.compile(r"(?i)[-—=*~_\s]*(?:分[割隔][线線]|divider|separator)?[-—=*~_\s]*")
_FORMULA_CLASS = re.compile(
    r"(?i)latex|tex|equation|formula|math|mathml|eqn|mwe-math\S*|ee_img|eeimg|tr_noresize|ql-\w*-?equation\S*"
)
_FORMULA_PATH = re.compile(
    r"(?i)/equation\b|latex\.(?:php|codecogs)|codecogs\.com|/math/render/|/mathtex|[/?]tex="
)
_GLYPH = re.compile(r"(?i)(?:^|;)\s*width\s*:\s*[01](?:\.\d+)?r?em\b")
"""As wide as a letter: an icon that a style sheet's author added."""
_LOWERED = re.compile(r"(?i)(?:^|;)\s*vertical-align\s*:\s*-\s*(\d{0,3}(?:\.\d{1,6})?)\s*(px|pt|ex|em|rem)\b")
_EM = {"px": 1 / 16, "pt": 1 / 12, "ex": 0.5, "em": 1.0, "rem": 1.0}
_MOST_DOWN = 300
_NAMED_EMOJI_CHARS = 12


def stand_in(image: Element, source: str, alt: str) -> list[Node] | None:
    """What replaces a picture that decorates: a character, its name, a rule, nothing. None: it is content."""
    words = alt or " ".join(image.attrs.get("title", "").split())
    if _is_emoji(image, source) or (is_emoji_text(words) and not _is_large(image)):
        return _named(words, source)
    if is_formula(image, source):
        return None
    if _BRACKETED.fullmatch(words) and is_small(image):
        return [words]
    if _ORNAMENT.search(unquote(source)) or (_is_line(image) and _ORNAMENT_ALT.fullmatch(alt)):
        return [Element("hr")]
    return [] if _is_icon(image, source, words) else None


def _is_icon(image: Element, source: str, words: str) -> bool:
    if not words and re.search(r"(?i)/favicon[\w-]*\.ico(?:[?#]|$)", source):
        return True
    if not words and _GLYPH.search(image.attrs.get("style", "")):
        return True
    named = _ICON_CLASS.search(image.attrs.get("class", "")) or _ICON_PATH.search(source)
    return bool(named) and is_small(image)


def _is_emoji(image: Element, source: str) -> bool:
    named = _EMOJI_CLASS.search(image.attrs.get("class", "")) or _EMOJI_PATH.search(source)
    return bool(named) and not _is_large(image)


def is_emoji_text(words: str) -> bool:
    """Whether it is nothing but emoji: no description of a large picture."""
    return bool(words) and not _EMOJI.sub("", words)


def _named(words: str, source: str) -> list[Node] | None:
    """The emoji as text; None if nothing names it."""
    if is_emoji_text(words):
        return [words]
    found = _CODEPOINTS.search(source.partition("?")[0])
    if found:
        points = [int(point, 16) for point in re.split("[-_]", found[1])]
        text = "".join(chr(point) for point in points if point <= 0x10FFFF)  # noqa: PLR2004 - Unicode's last
        if _EMOJI.match(text):
            return [text]
    if not words:
        return None
    if re.fullmatch(r"[\w·]+", words) and len(words) <= _NAMED_EMOJI_CHARS:
        return [f"[{words}]"]
    return [words]


def is_formula(image: Element, source: str) -> bool:
    """Whether it is a formula, set as a picture."""
    if size_px(image, "height") > 4 * SMALL_PX:
        return False
    named = any(_FORMULA_CLASS.fullmatch(word) for word in image.classes()) or _FORMULA_PATH.search(source)
    return bool(named or (_lowered(image) and not _is_large(image)))


def mark(image: Element, source: str) -> str:
    """The class of a picture that stands in a line of text; empty for others."""
    own = [word for word in image.classes() if re.fullmatch(r"inline-(?:picture|formula)|down-\d{1,3}", word)]
    if own:
        return " ".join(own)
    if is_formula(image, source) and not _is_emoji(image, source):
        down = _lowered(image)
        return f"inline-formula down-{down}" if down else "inline-formula"
    return "inline-picture" if is_small(image) or _is_emoji(image, source) else ""


def _lowered(image: Element) -> int:
    """How far below the baseline its style sets it: hundredths of an em."""
    found = _LOWERED.search(image.attrs.get("style", ""))
    down = round(float(f"0{found[1]}") * _EM[found[2].lower()] * 100) if found and found[1] != "." else 0
    return min(down, _MOST_DOWN)


def size_px(image: Element, side: str) -> float:
    """The declared width or height in CSS px; 0: none, or relative to something else."""
    for value in (image.attrs.get(side, ""), _declared(image.attrs.get("style", ""), side)):
        found = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,6})?)\s*(px|pt|em|rem|ex)?\s*(?:!important)?\s*", value)
        if found:
            return float(found[1]) * {"": 1.0, "px": 1.0}.get(found[2] or "", _EM.get(found[2] or "", 1) * 16)
    return 0.0


def _declared(style: str, side: str) -> str:
    found = re.search(rf"(?i)(?:^|;)\s*{side}\s*:([^;]{{1,40}})", style)
    return found[1] if found else ""


def is_small(image: Element) -> bool:
    """Whether it is declared as small as a mark in a line of text."""
    width, height = size_px(image, "width"), size_px(image, "height")
    narrow = 0 < width <= SMALL_PX and height <= SMALL_PX
    return narrow or (0 < height <= LINE_PX and width <= 4 * LINE_PX)


def _is_large(image: Element) -> bool:
    return size_px(image, "width") > 2 * SMALL_PX or size_px(image, "height") > 2 * SMALL_PX


def _is_line(image: Element) -> bool:
    """Whether it is declared as a long thin line; WeChat gives height to width (`data-ratio`)."""
    width, height = size_px(image, "width"), size_px(image, "height")
    ratio = image.attrs.get("data-ratio", "")
    if re.fullmatch(r"0\.\d{1,20}", ratio) and 0 < float(ratio) < 0.05:  # noqa: PLR2004 - 20 times as wide as high
        return True
    return 0 < height <= LINE_PX and width > 12 * height
