"""Which language an article is in: by its own word, else by script and words. Pure.

Scripts tell most languages apart. Those that share the Latin or Cyrillic one are told by CLD3, Chrome's
detector: its model is in the package, 1.4 MB; it is deterministic, and takes 0.2 ms for an article. Behind
the scripts it knew every piece of 200 characters in 15 languages, as did py3langid (73 MB with numpy) and
lingua (96 MB).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from booklet.collect.scripts import ONE_LANGUAGE, is_vietnamese, of_arabic_letters, script, scripts_of
from booklet.collect.visible_text import prose
from booklet.words.language_codes import is_known

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
    ]
)
_FUNCTION_SHARE = 0.12
"""Of English words; prose has 30 to 45 %, headlines about 20 %, Dutch, which shares some, 15 %."""
_SURELY_ENGLISH = 0.25
_LIBRARY_LETTERS = 40
"""From which CLD3 is asked: it guesses wildly at a headline."""
_LONG_LETTERS = 150
"""Below it rare languages are not believed: a line of names of programs is no Zulu."""
_FREQUENT = frozenset(
    (
        "cs",
        "da",
        "de",
        "en",
        "es",
        "fi",
        "fr",
        "hu",
        "id",
        "it",
        "nl",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sv",
        "tr",
        "uk",
    )
)
_LIBRARY_CHARS = 3000
_LIBRARY_SURE = 0.95
_CODES = {"iw": "he", "no": "nb", "fil": "tl", "ji": "yi"}
"""CLD3's older names."""
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
        declared: `lang` or `language` of the front matter; not believed if it is no tag and no known name.
        body: Markdown or HTML.
        title: Looked at where the body has few letters.
    """
    tag = normalise_tag(declared)
    if tag == "zh":
        return detect(body, title) if detect(body, title) in {"zh-CN", "zh-TW"} else "zh-CN"
    return tag or detect(body, title)


def normalise_tag(declared: object) -> str:
    """A well-formed tag from what people write (`zh_cn`, `zh-Hans`, `chinese`); empty: it is none.

    `zh` alone stays `zh`: the text tells simplified from traditional.
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
    """The language by script and words, as BCP 47; `und`: it cannot be told."""
    text = prose(body[:_SAMPLE_MARKUP_CHARS])[:SAMPLE_CHARS]
    letters = _letters(text)
    if letters.total() < _MIN_LETTERS:
        text = f"{title}\n{text}"
        letters = _letters(text)
    scripts = scripts_of(letters)
    han, kana, hangul = scripts["han"], scripts["kana"], scripts["hangul"]
    east_asian = han + kana + hangul
    if not east_asian or east_asian * _HAN_WEIGHT < letters.total() - east_asian:
        return _by_words(text, letters, scripts)
    if hangul > han + kana:
        return "ko"
    if kana >= _KANA_SHARE * (kana + han):
        return "ja"
    return "zh-TW" if _is_traditional(letters) else "zh-CN"


def _by_words(text: str, letters: Counter[str], scripts: Counter[str]) -> str:
    """Of a text in letters: by the script of most of them, and by words where many languages share it."""
    most = max(scripts, key=lambda name: (scripts[name], name), default="other")
    if most == "latin":
        return _of_latin(text, letters)
    if most == "cyrillic":
        by_letters = "ru" if any(letters[letter] for letter in "ыэЫЭ") else "und"
        return _by_library(text, letters) or by_letters
    return of_arabic_letters(letters) if most == "arabic" else ONE_LANGUAGE.get(most, "und")


def _of_latin(text: str, letters: Counter[str]) -> str:
    if is_vietnamese(letters):
        return "vi"
    english = _share_of_english(text)
    if english >= _SURELY_ENGLISH:
        return "en"
    return _by_library(text, letters) or ("en" if english >= _FUNCTION_SHARE else "und")


def _by_library(text: str, letters: Counter[str]) -> str:
    """What CLD3 says, if the text is long enough and it is sure; empty: nothing."""
    identifier = _identifier()
    if identifier is None or letters.total() < _LIBRARY_LETTERS:
        return ""
    found = identifier.FindLanguage(text=text[:_LIBRARY_CHARS])
    code, _, transliterated = str(found.language).partition("-")  # `ru-Latn`: no article is written so
    is_sure = found.is_reliable and found.probability >= _LIBRARY_SURE
    is_likely = code in _FREQUENT or letters.total() >= _LONG_LETTERS
    return _CODES.get(code, code) if is_sure and is_likely and not transliterated and is_known(code) else ""


@cache
def _identifier() -> Any:
    """CLD3, whose model is in its package; None where it has no wheel."""
    try:
        import gcld3
    except ImportError:
        return None
    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * _LIBRARY_CHARS)


def _letters(text: str) -> Counter[str]:
    return Counter({char: count for char, count in Counter(text).items() if char.isalpha()})


def _is_traditional(letters: Counter[str]) -> bool:
    """Whether more characters are Big5's alone than GB 2312's alone: each set has the forms of one script."""
    weights = (count * _form(char) for char, count in letters.items() if script(char) == "han")
    return sum(weights) > 0


@cache
def _form(char: str) -> int:
    """1: a traditional form, -1: a simplified one, 0: both or neither."""
    in_gb, in_big5 = bool(char.encode("gb2312", "ignore")), bool(char.encode("big5", "ignore"))
    return in_big5 - in_gb


def _share_of_english(text: str) -> float:
    words = [word.casefold() for word in _WORD.findall(text)]
    return sum(word in _FUNCTION_WORDS for word in words) / len(words) if words else 0.0
