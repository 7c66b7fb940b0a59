"""Which language an article is in: by its own word, else by its letters. Pure."""

from __future__ import annotations

import re
from collections import Counter

from booklet.collect.visible_text import prose

SAMPLE_CHARS = 6000
"""Of visible text: enough to be sure, little enough to be fast."""
_SAMPLE_MARKUP_CHARS = 60_000
_KANA_SHARE = 0.2
"""Of kana among kana and Han. Japanese prose has about 60 %, its headlines 30 %; a Chinese text that quotes a
song's title stays below 10 %."""
_HAN_WEIGHT = 4
"""Latin letters that one Han character stands for: a word against a word."""
_MIN_LETTERS = 8
"""Below that the title is looked at too."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "for",
        "with",
        "it",
        "as",
        "on",
        "are",
        "this",
        "be",
        "was",
        "by",
        "from",
        "at",
        "or",
        "an",
        "not",
        "have",
        "has",
        "you",
        "your",
        "we",
        "can",
        "will",
        "which",
        "their",
        "its",
        "but",
        "they",
        "how",
        "what",
        "when",
        "i",
    ]
)
_FUNCTION_SHARE = 0.12
"""Of English words; prose has 30 to 45 %, headlines about 20 %."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z0-9]{5,8})*", re.IGNORECASE)
_NAMES = {
    **dict.fromkeys(("zh-cn", "zh-hans", "zh-hans-cn", "zh-chs", "zh-sg", "cn", "chs", "gb2312"), "zh-CN"),
    **dict.fromkeys(("简体中文", "简体", "simplified chinese", "chinese (simplified)", "cmn-hans"), "zh-CN"),
    **dict.fromkeys(("zh-tw", "zh-hant", "zh-hant-tw", "zh-cht", "tw", "cht", "big5"), "zh-TW"),
    **dict.fromkeys(
        ("繁體中文", "繁体中文", "正體中文", "traditional chinese", "chinese (traditional)"), "zh-TW"
    ),
    **dict.fromkeys(("zh", "chinese", "中文", "汉语", "漢語", "cmn", "zho", "chi"), "zh"),
    **dict.fromkeys(("ja", "ja-jp", "jp", "japanese", "日本語", "日语", "jpn"), "ja"),
    **dict.fromkeys(("en", "english", "英语", "英文", "eng"), "en"),
    **dict.fromkeys(("ko", "ko-kr", "kr", "korean", "한국어", "kor"), "ko"),
}
_HANT_REGIONS = {"zh-hant-hk": "zh-HK", "zh-hant-mo": "zh-MO"}


def article_language(declared: object, body: str, title: str) -> str:
    """The article's language as a BCP 47 tag.

    Args:
        declared: `lang` or `language` as the front matter has it; not believed if it is no tag and no known name.
        body: Markdown or HTML.
        title: Looked at where the body has few letters.
    """
    tag = normalise_tag(declared)
    if tag == "zh":
        return detect(body, title) if detect(body, title) in {"zh-CN", "zh-TW"} else "zh-CN"
    return tag or detect(body, title)


def normalise_tag(declared: object) -> str:
    """A well-formed tag from what people write (`zh_cn`, `zh-Hans`, `chinese`), `zh` if only that is known, else
    empty.
    """
    if not isinstance(declared, str):
        return ""
    text = declared.strip().split(".")[0].replace("_", "-").casefold()
    if text in _NAMES or text in _HANT_REGIONS:
        return _NAMES.get(text) or _HANT_REGIONS[text]
    if not _TAG.fullmatch(text) or text in {"und", "mul", "xx"}:
        return ""
    first, *rest = text.split("-")
    return "-".join([first, *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    """RFC 5646 section 2.1.1: scripts in title case, regions in upper case."""
    if len(part) == 4 and part.isalpha():  # noqa: PLR2004 - ISO 15924
        return part.title()
    return part.upper() if len(part) <= 3 else part  # noqa: PLR2004 - ISO 3166, UN M.49


def detect(body: str, title: str) -> str:
    """The language by letters: `zh-CN`, `zh-TW`, `ja`, `ko`, `en`, or `und`."""
    text = prose(body[:_SAMPLE_MARKUP_CHARS])[:SAMPLE_CHARS]
    scripts = Counter(map(_script, text))
    if sum(scripts[name] for name in _SCRIPTS) < _MIN_LETTERS:
        text = f"{title}\n{text}"
        scripts = Counter(map(_script, text))
    han, kana, hangul = scripts["han"], scripts["kana"], scripts["hangul"]
    east_asian = han + kana + hangul
    if not east_asian or east_asian * _HAN_WEIGHT < scripts["latin"] + scripts["other"]:
        return "en" if _is_english(text) else "und"
    if hangul > han + kana:
        return "ko"
    if kana >= _KANA_SHARE * (kana + han):
        return "ja"
    return "zh-TW" if _is_traditional(text) else "zh-CN"


_SCRIPTS = ("han", "kana", "hangul", "latin", "other")


def _script(char: str) -> str:
    code = ord(char)
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x3FFFF:
        return "han"
    if 0x3041 <= code <= 0x3096 or 0x30A1 <= code <= 0x30FA or 0xFF66 <= code <= 0xFF9D:
        return "kana"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if not char.isalpha():
        return ""
    return "latin" if code < 0x0250 or 0x1E00 <= code <= 0x1EFF else "other"


def _is_traditional(text: str) -> bool:
    """Whether more characters are Big5's alone than GB 2312's alone: each set has the forms of one script."""
    simplified = traditional = 0
    for char, count in Counter(char for char in text if _script(char) == "han").items():
        in_gb, in_big5 = _encodes(char, "gb2312"), _encodes(char, "big5")
        simplified += count * (in_gb and not in_big5)
        traditional += count * (in_big5 and not in_gb)
    return traditional > simplified


def _encodes(char: str, encoding: str) -> bool:
    return bool(char.encode(encoding, "ignore"))


def _is_english(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    known = sum(word in _FUNCTION_WORDS for word in words)
    return known > 0 and known >= _FUNCTION_SHARE * len(words)
