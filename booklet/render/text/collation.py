"""The order of names in an index, without a locale library: the same on every machine.

National character sets were drawn up in dictionary order: GB 2312 orders its 3,755 common characters by
pinyin, Big5 its 5,401 by strokes, JIS X 0208 its 2,965 by reading. So the bytes of a name are its place.
Characters with two readings stand under the one that the standard chose.
"""

from __future__ import annotations

import unicodedata

Key = tuple[tuple[int, bytes], ...]

_LATIN, _LISTED, _OTHERS = range(3)


def index_key(name: str, language: str) -> Key:
    """Sorts names: Latin letters by alphabet, Han as the language's character set orders them, then the rest.

    Args:
        name: as it is printed; case, accents and the width of letters do not count, marks least of all.
        language: BCP 47, the reader's.
    """
    charset = _charset(language)
    plain = unicodedata.normalize("NFKD", name.casefold())
    return tuple(_place(character, charset) for character in plain if character.isalnum()) or (
        (_OTHERS, name.encode()),
    )


def _charset(language: str) -> str:
    main, *subtags = language.lower().split("-")
    if main == "zh" and {"hant", "tw", "hk", "mo"} & set(subtags) and "hans" not in subtags:
        return "big5"
    return "euc_jp" if main == "ja" else "gb2312"


def _place(character: str, charset: str) -> tuple[int, bytes]:
    if character.isascii():
        return _LATIN, character.encode()
    try:
        return _LISTED, character.encode(charset)
    except UnicodeEncodeError:
        return _OTHERS, character.encode()
