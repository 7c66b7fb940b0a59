"""Fields that stand above a text without the lines that fence front matter, or in a second such block. Pure.

Juejin's exports have a second block; Pelican writes `Title: …` lines, Notion `Created: …` below the title,
Logseq `title:: …`. A line is taken only where all of its kind look like fields, and one of them is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_KNOWN: Mapping[str, str] = {
    **dict.fromkeys(("title", "标题", "標題"), "title"),
    **dict.fromkeys(
        ("date", "日期", "发布时间", "发布日期", "發布時間", "published", "publish date"), "date"
    ),
    **dict.fromkeys(
        ("created", "created time", "date created", "created at", "创建时间", "创建日期"), "created"
    ),
    **dict.fromkeys(("建立時間", "作成日時", "作成日", "생성일", "생성 일시"), "created"),
    **dict.fromkeys(("modified", "updated", "last edited time", "last edited", "更新时间"), "updated"),
    **dict.fromkeys(("更新日期", "最后编辑时间", "上次编辑时间", "最終更新日時"), "updated"),
    **dict.fromkeys(("tags", "tag", "标签", "標籤", "关键词", "タグ", "태그"), "tags"),
    **dict.fromkeys(("category", "categories", "分类", "类别", "分類", "カテゴリ"), "categories"),
    **dict.fromkeys(("url", "link", "链接", "网址", "原文链接", "連結"), "url"),
    **dict.fromkeys(("author", "authors", "作者", "著者"), "author"),
    **dict.fromkeys(("summary", "摘要", "简介", "description"), "summary"),
    **dict.fromkeys(
        ("slug", "lang", "status", "template", "alias", "aliases", "save_as", "type", "icon"), ""
    ),
    **dict.fromkeys(("public", "filters", "状态", "狀態", "created by", "创建者", "last edited by"), ""),
    **dict.fromkeys(("collapsed", "id", "exclude-from-graph-view", "public", "heading"), ""),
}
"""Names of fields, and what each is for us; empty: it says nothing that a booklet shows."""

_SECOND = frozenset(("theme", "highlight", "title", "date", "tags", "categories", "layout", "author"))
_FIELD = re.compile(r"([^\s:：|#>*`\[\]-][^:：|`\[\]\n]{0,40}):[ \t]+(\S.*)|([A-Za-z][\w -]{0,40}):[ \t]*")
_PROPERTY = re.compile(r"(?:-[ \t]+)?([A-Za-z\u4e00-\u9fff][\w-]{0,40})::(?:[ \t]+(.*))?")
_TITLE = re.compile(r"#[ \t]+\S")
_MAX_LINES = 40


def known(name: str) -> str | None:
    """What a field of this name is for us; None: we do not know it."""
    return _KNOWN.get(name.strip().casefold())


def is_second_block(values: Mapping[str, object]) -> bool:
    """Whether a block behind the front matter is front matter: a rule may stand there, too."""
    return any(key.casefold() in _SECOND for key in values)


def read_headers(lines: list[str], start: int) -> tuple[dict[str, object], list[int]]:
    """The fields of a text without front matter, and the lines that were taken for them (from 0).

    Args:
        lines: The file's.
        start: Its first line that is not blank.
    """
    first = lines[start] if start < len(lines) else ""
    if _PROPERTY.fullmatch(first):
        return _properties(lines, start)
    if _TITLE.match(first):
        below = next((i for i in range(start + 1, len(lines)) if lines[i].strip()), len(lines))
        return _fields(lines, below, titled=True)
    return _fields(lines, start, titled=False)


def _fields(lines: list[str], start: int, *, titled: bool) -> tuple[dict[str, object], list[int]]:
    values: dict[str, object] = {}
    taken: list[int] = []
    name = ""
    for place in range(start, min(len(lines), start + _MAX_LINES)):
        line = lines[place]
        if not line.strip():
            break
        if name and line[0] in " \t":  # Pelican lets a value go on
            values[name] = f"{values[name]} {line.strip()}"
            taken.append(place)
            continue
        found = _FIELD.fullmatch(line.rstrip())
        if found is None:
            return {}, []
        meaning = known(found[1] or found[3])
        name = ""
        if meaning is None:
            continue  # its words stay
        taken.append(place)
        if meaning and found[2]:
            name = meaning
            values.setdefault(meaning, found[2].strip())
    enough = values and (titled or ("title" in values and len(taken) > 1))
    return (values, taken) if enough else ({}, [])


def _properties(lines: list[str], start: int) -> tuple[dict[str, object], list[int]]:
    """Logseq's, of the page: lines `name:: value` at its top."""
    values: dict[str, object] = {}
    taken: list[int] = []
    for place in range(start, min(len(lines), start + _MAX_LINES)):
        found = _PROPERTY.fullmatch(lines[place].strip())
        meaning = known(found[1]) if found else None
        if found is None or meaning is None:
            break
        taken.append(place)
        if meaning and found[2]:
            values[meaning] = re.sub(r"\[\[([^\[\]]*)\]\]", r"\1", found[2]).strip()
    return values, taken
