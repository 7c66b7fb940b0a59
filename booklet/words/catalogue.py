"""What a booklet is called outside its pages: title in a library, cover picture, navigation, description.

In the booklet's language, not the terminal's (that is `booklet.words.messages`), and whatever the theme:
simplified or traditional Chinese, Japanese, Korean, English for every other language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from booklet.model import BookletMeta, Period

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_PLAIN_NUMBER = re.compile(r"[0-9]+([./-][0-9]+)*")


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """One language's words; those with `{}` are `str.format` templates."""

    units: tuple[str, str, str] | None
    """What stands behind year, month and day; None: days are written as in English."""
    to: str
    """Between the first day and the last."""
    names_joint: str
    contents: str
    landmarks: str
    pages: str
    cover: str
    colophon: str
    notes: str
    start: str
    cover_alt: str
    week: str
    month: str
    issue: str
    articles: str
    one_article: str
    more: str
    publisher: str
    inside: str
    inside_undated: str
    section_inside: str
    quoted: str
    quoted_joint: str
    sentence_joint: str
    full_stop: str
    accessible: str
    alt_complete: str
    alt_missing: str

    def title_of(self, part: str) -> str:
        """Of a page whose theme gives it none; empty: there is no word for it here either."""
        return {"colophon": self.colophon, "notes": self.notes}.get(part, "")


_SIMPLIFIED = CatalogueWords(
    units=("年", "月", "日"),
    to="—",
    names_joint="、",
    contents="目录",
    landmarks="导览",
    pages="纸书页码",
    cover="封面",
    colophon="版权页",
    notes="笔记",
    start="正文",
    cover_alt="封面：{title}",
    week="{year}年第{week}周",
    month="{year}年{month}月",
    issue="总第{number}期",
    articles="{count} 篇",
    one_article="1 篇",
    more="等共 {count} 项",
    publisher="{publisher}　编印",
    inside="{period}，收文 {count} 篇。",
    inside_undated="收文 {count} 篇。",
    section_inside="{title}：{articles}。",
    quoted="《{title}》",
    quoted_joint="",
    sentence_joint="",
    full_stop="。",
    accessible="本书为可重排文本，有目录，标题分级，阅读顺序与排列顺序一致。",
    alt_complete="图片均有文字说明。",
    alt_missing="{total} 幅图片中有 {missing} 幅没有文字说明。",
)
_TRADITIONAL = replace(
    _SIMPLIFIED,
    contents="目錄",
    landmarks="導覽",
    pages="紙本頁碼",
    colophon="版權頁",
    notes="筆記",
    week="{year}年第{week}週",
    issue="總第{number}期",
    more="等共 {count} 項",
    publisher="{publisher}　編印",
    accessible="本書為可重排文字，有目錄，標題分級，閱讀順序與排列順序一致。",
    alt_complete="圖片均有文字說明。",
    alt_missing="{total} 幅圖片中有 {missing} 幅沒有文字說明。",
)
_JAPANESE = CatalogueWords(
    units=("年", "月", "日"),
    to="～",
    names_joint="、",
    contents="目次",
    landmarks="ガイド",
    pages="紙の本のページ",
    cover="表紙",
    colophon="奥付",
    notes="ノート",
    start="本文",
    cover_alt="表紙：{title}",
    week="{year}年第{week}週",
    month="{year}年{month}月",
    issue="通巻第{number}号",
    articles="{count}編",
    one_article="1編",
    more="ほか、全{count}項目",
    publisher="{publisher}　編",
    inside="{period}、{count}編を収録。",
    inside_undated="{count}編を収録。",
    section_inside="{title}：{articles}。",
    quoted="「{title}」",
    quoted_joint="",
    sentence_joint="",
    full_stop="。",
    accessible="リフロー型の本文に目次と階層のある見出しがあり、読む順に並んでいます。",
    alt_complete="すべての画像に代替テキストがあります。",
    alt_missing="画像{total}点のうち{missing}点に代替テキストがありません。",
)
_KOREAN = CatalogueWords(
    units=("년", "월", "일"),
    to=" ~ ",
    names_joint=", ",
    contents="차례",
    landmarks="안내",
    pages="종이책 쪽",
    cover="표지",
    colophon="판권",
    notes="노트",
    start="본문",
    cover_alt="표지: {title}",
    week="{year}년 제{week}주",
    month="{year}년 {month}월",
    issue="통권 제{number}호",
    articles="글 {count}편",
    one_article="글 1편",
    more="외 모두 {count}개",
    publisher="{publisher} 엮음",
    inside="{period}. 글 {count}편.",
    inside_undated="글 {count}편.",
    section_inside="{title}: {articles}.",
    quoted="“{title}”",
    quoted_joint=", ",
    sentence_joint=" ",
    full_stop=".",
    accessible="다시 흐르는 본문에 차례와 단계가 있는 제목이 있고, 읽는 순서대로 놓여 있습니다.",
    alt_complete="모든 그림에 대체 텍스트가 있습니다.",
    alt_missing="그림 {total}개 가운데 {missing}개에 대체 텍스트가 없습니다.",
)
_ENGLISH = CatalogueWords(
    units=None,
    to="–",
    names_joint=", ",
    contents="Contents",
    landmarks="Guide",
    pages="Printed pages",
    cover="Cover",
    colophon="Colophon",
    notes="Notes",
    start="Text",
    cover_alt="Cover: {title}",
    week="Week {week}, {year}",
    month="{month_name} {year}",
    issue="No. {number}",
    articles="{count} articles",
    one_article="1 article",
    more="… {count} in all",
    publisher="{publisher}",
    inside="{period}. Articles: {count}.",
    inside_undated="Articles: {count}.",
    section_inside="{title}: {articles}.",
    quoted="“{title}”",
    quoted_joint=", ",
    sentence_joint=" ",
    full_stop=".",
    accessible="Reflowable text with a table of contents and nested headings, in reading order.",
    alt_complete="All pictures have a text alternative.",
    alt_missing="{missing} of {total} pictures have no text alternative.",
)


def catalogue_words(language: str) -> CatalogueWords:
    """The words for a BCP 47 tag."""
    main, *rest = language.lower().split("-")
    if main != "zh":
        return {"ja": _JAPANESE, "ko": _KOREAN}.get(main, _ENGLISH)
    return _TRADITIONAL if {"hant", "tw", "hk", "mo"} & set(rest) else _SIMPLIFIED


def issue_label(meta: BookletMeta) -> str:
    """The issue's number as a person says it: `总第17期`; as configured if that is more than a number."""
    number = " ".join(meta.number.split())
    if not _PLAIN_NUMBER.fullmatch(number):
        return number
    return catalogue_words(meta.language).issue.format(number=number)


def week_or_month_label(meta: BookletMeta) -> str:
    """`2021年第42周`, `2021年10月`, or empty for any other period."""
    words, period = catalogue_words(meta.language), meta.period
    if period.week:
        return words.week.format(year=period.week[0], week=period.week[1])
    if period.month:
        year, month = period.month
        return words.month.format(year=year, month=month, month_name=_MONTHS[month - 1])
    return ""


def days_label(period: Period, language: str, *, with_year: bool = True) -> str:
    """The period's days: `2021年10月18日—24日`; empty where a side is open."""
    since, until = period.since, period.until
    if since is None or until is None:
        return ""
    with_year = with_year or since.year != until.year
    words = catalogue_words(language)
    if not words.units:
        return _days_english(since, until, with_year=with_year)
    first = _day(since, words.units, year=with_year, month=True)
    if since == until:
        return first
    year = since.year != until.year
    return f"{first}{words.to}{_day(until, words.units, year=year, month=year or since.month != until.month)}"


def _day(day: date, units: tuple[str, str, str], *, year: bool, month: bool) -> str:
    """`2021年10月18日`; Korean has blanks between its parts."""
    parts = [f"{day.year}{units[0]}"] * year + [f"{day.month}{units[1]}"] * month + [f"{day.day}{units[2]}"]
    return (" " if units[0] == "년" else "").join(parts)


def _days_english(since: date, until: date, *, with_year: bool) -> str:
    last = f"{until.day} {_MONTHS[until.month - 1]}" + f" {until.year}" * with_year
    if since == until:
        return last
    if since.year != until.year:
        return f"{since.day} {_MONTHS[since.month - 1]} {since.year} – {last}"
    if since.month != until.month:
        return f"{since.day} {_MONTHS[since.month - 1]} – {last}"
    return f"{since.day}–{last}"


def catalogue_title(meta: BookletMeta) -> str:
    """The title that tells this issue from the others on a shelf: `每周学习参考 2021年第42周·总第17期`.

    What the title says already (all figures of it stand there) is not said twice.
    """
    period = week_or_month_label(meta) or days_label(meta.period, meta.language)
    said = set(re.findall(r"[0-9]+", meta.title))
    labels = []
    for label in (period, issue_label(meta)):
        figures = set(re.findall(r"[0-9]+", label))
        if label and label not in meta.title and not (figures and figures <= said):
            labels.append(label)
    if not labels:
        return meta.title
    if catalogue_words(meta.language).units:
        return f"{meta.title} {'·'.join(labels)}"
    return ", ".join((meta.title, *labels))
