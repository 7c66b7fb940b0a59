"""How large a document becomes when its entities are put in: EPUBCheck's parser puts them in without a limit.

A billion laughs (https://cwe.mitre.org/data/definitions/776.html) kept EPUBCheck 5.3 busy until it was ended.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_DECLARED = re.compile(r"""<!ENTITY\s+(%\s+)?([^\s%&;"']+)\s+(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&([^\s#&;<>]+);")
_CODECS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def expanded_size(data: bytes, *, limit: int) -> int:
    """Characters of the document with its own entities put in, or more than `limit` as soon as it is more.

    Entities from other files and those made of parameter entities are not followed: a document that declares
    such, which no EPUB may, counts as larger than the limit.
    """
    codec = next((codec for mark, codec in _CODECS if data.startswith(mark)), "latin-1")
    text = data.decode(codec, errors="replace")
    if "<!ENTITY" not in text:
        return len(text)
    declared = list(_DECLARED.finditer(text))
    if any(found[1] for found in declared) or text.count("<!ENTITY") != len(declared):
        return limit + 1
    # of two declarations the first holds
    contents = {found[2]: found[3] or found[4] or "" for found in reversed(declared)}
    sizes: dict[str, int] = {}
    body = _DECLARED.sub("", text)
    return _size(body, contents, sizes, limit, open_names=frozenset())


def _size(
    text: str, contents: Mapping[str, str], sizes: dict[str, int], limit: int, *, open_names: frozenset[str]
) -> int:
    total = len(text)
    for name, times in Counter(_REFERENCE.findall(text)).items():
        if name not in contents:
            continue
        if name in open_names:  # it holds itself
            return limit + 1
        if name not in sizes:
            inner = {*open_names, name}
            sizes[name] = _size(contents[name], contents, sizes, limit, open_names=frozenset(inner))
        total += times * sizes[name]
        if total > limit:
            return limit + 1
    return total
