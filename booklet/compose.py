"""Compose: clean articles, in order and in sections, become one `Booklet`; pure.

Decides what stands in the book and where: front and back matter, ids, numbers, reading minutes, study boxes,
and what the shelves are told. How it looks is the theme's.
"""

from __future__ import annotations

import math
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import quote, unquote

from booklet.config.values import MetaConfig, OptionValue
from booklet.model import (
    ARTICLE_LINK,
    Article,
    Booklet,
    BookletMeta,
    CategoryPath,
    CleanArticle,
    Entry,
    ImageAsset,
    Part,
    Period,
    Section,
    StudyBox,
)
from booklet.parsed import Parsed
from booklet.parts import BY_NAME, PARTS, Asked, PartRow, arranged

NAMESPACE = uuid.UUID("7f6b0a57-6e4a-5d0a-9c5e-0f5f3a1d6c11")
"""Of the identifiers of booklets: made once, never changed, or every rebuild were a new book on the shelf."""

HAN_CHARS_PER_MINUTE = 400
"""Silent reading of Chinese: 300 to 500 characters a minute for grown-up readers of informative prose."""
LATIN_CHARS_PER_MINUTE = 1_190
"""238 words a minute (Brysbaert 2019, silent reading of English non-fiction) of 5 letters."""

_LINK = re.compile(r'(?<= href=")(?:https?://|article:)[^"]*(?=")')
"""In a cleaned body, where quotes and brackets of text are escaped."""

Groups = Sequence[tuple[CategoryPath, Sequence[Article]]]


@dataclass(frozen=True, slots=True)
class Matter:
    """What may stand around the articles."""

    wanted: Sequence[str] = ()
    """Parts, in their order; none: the table says which."""
    rows: Sequence[PartRow] = PARTS
    """The table, with the theme's own rows."""
    texts: Mapping[str, CleanArticle] = field(default_factory=dict)
    """What the user wrote for parts, by their names."""


AS_THE_TABLE_SAYS = Matter()


def compose(
    groups: Groups,
    cleaned: Mapping[str, CleanArticle],
    *,
    meta: BookletMeta,
    images: Mapping[str, ImageAsset],
    options: Mapping[str, OptionValue],
    matter: Matter = AS_THE_TABLE_SAYS,
) -> Booklet:
    """Put the booklet together.

    Args:
        groups: sections in order, each with its articles in order (`booklet.select.sections.group`).
        cleaned: by `Article.id`, one for each article of `groups`.
        meta: from `describe`.
        images: by `ImageRef.key`; keys without a picture get placeholders later.
        options: the theme's, resolved.
        matter: what stands around the articles.

    Raises:
        BookletError: the parts that are wanted are not to be had (`booklet.parts.arranged`, exit code 2).
    """
    pages = _pages(cleaned[article.id] for _, articles in groups for article in articles)
    sections = tuple(_sections(groups, cleaned, pages))
    asked = Asked(sum(len(section.entries) for section in sections), options, frozenset(matter.texts))
    placed = arranged(matter.rows, matter.wanted, asked)
    return Booklet(
        meta=meta,
        sections=sections,
        front_matter=tuple(_part(row) for row in placed["front"]),
        back_matter=(
            *(_part(row, section) for section in sections for row in placed["sections"]),
            *(_part(row) for row in placed["back"]),
        ),
        images=images,
        texts={name: _linked(text, pages) for name, text in matter.texts.items()},
    )


def _part(row: PartRow, section: Section | None = None) -> Part:
    own = None if BY_NAME.get(row.name) is row else row
    if section is None:
        return Part(row.name, row.name, own=own)
    return Part(f"{row.name}-{section.id}", row.name, section.id, own)


def describe(
    config: MetaConfig,
    articles: Sequence[Article],
    *,
    name: str,
    title: str,
    language: str,
    timezone: str,
    period: Period,
    modified: datetime | None,
) -> BookletMeta:
    """Say what the booklet is.

    The identifier is made of what was asked for, not of what was found: an article that comes late does not
    make another book.

    Args:
        config: `meta` of `booklet.toml`.
        articles: the selected ones, at least one.
        name: of the booklet, filled in.
        title: filled in.
        language: of the booklet, BCP 47.
        timezone: IANA name.
        period: as asked for.
        modified: None: the newest article's date. The times of files count only where there is no other: a
            copy of the folder has others, and must give the same book.
    """
    newest = max(article.published for article in _dated(articles))
    return BookletMeta(
        name=name,
        title=title,
        subtitle=config.subtitle,
        identifier=f"urn:uuid:{uuid.uuid5(NAMESPACE, _identity(name, config.number, period))}",
        language=language,
        timezone=timezone,
        period=_filled(period, articles),
        number=config.number,
        series=config.series,
        publisher=config.publisher,
        creators=config.creators,
        rights=config.rights,
        modified=(modified or newest).astimezone(UTC).replace(microsecond=0),
    )


def main_language(articles: Sequence[Article], *, default: str) -> str:
    """The language of more than half of the articles, which speak for the booklet where nobody says it."""
    counted = Counter(article.lang for article in articles)
    most = max(counted, key=lambda tag: (counted[tag], tag), default="und")
    return most if most != "und" and counted[most] * 2 > len(articles) else default


def _identity(name: str, number: str, period: Period) -> str:
    issue = number or f"{period.since or ''}/{period.until or ''}"
    return f"{name}\n{issue}"


def _dated(articles: Sequence[Article]) -> Sequence[Article]:
    """Those that say their date, or all if none does."""
    return [article for article in articles if article.day] or articles


def _filled(period: Period, articles: Sequence[Article]) -> Period:
    days = [article.day for article in articles if article.day]
    return Period(
        since=period.since or min(days, default=None),
        until=period.until or max(days, default=None),
        week=period.week,
        month=period.month,
    )


def _sections(
    groups: Groups, cleaned: Mapping[str, CleanArticle], pages: Mapping[str, CleanArticle]
) -> Iterable[Section]:
    number = 0
    for index, (path, articles) in enumerate(groups, start=1):
        entries = []
        for article in articles:
            number += 1
            entries.append(_entry(_linked(cleaned[article.id], pages), number))
        yield Section(
            id=f"s{index}",
            number=index,
            title=path[-1] if path else "",
            path=path,
            entries=tuple(entries),
        )


def _pages(articles: Iterable[CleanArticle]) -> dict[str, CleanArticle]:
    """The articles by their addresses; not by one that several have, nor by a site's front page."""
    found: dict[str, list[CleanArticle]] = {}
    articles = tuple(articles)
    for article in articles:
        if article.article.url and "/" in (page := _page(article.article.url)):
            found.setdefault(page, []).append(article)
    pages = {page: those[0] for page, those in found.items() if len(those) == 1}
    return pages | {f"{ARTICLE_LINK}{quote(one.article.id, safe='')}": one for one in articles}


def entry_id(article: Article) -> str:
    """Of the article's chapter. Anchors inside bodies never begin so (`booklet.clean.inline.anchors`)."""
    return f"a-{article.id}"


def _linked(article: CleanArticle, pages: Mapping[str, CleanArticle]) -> CleanArticle:
    """The article with its links to others of the booklet leading there, not to the web."""
    own = entry_id(article.article)

    def inside(address: str) -> str | None:
        target = pages.get(_page(address))
        if target is None or entry_id(target.article) == own:
            return None
        return f"#{entry_id(target.article)}{_section(address, target)}"

    if not pages or "href=" not in article.body:
        return article
    body = _LINK.sub(lambda found: inside(unescape(found[0])) or found[0], article.body)
    if body == article.body:
        return article
    root = article.parsed.copy(article.body) if article.parsed else None
    for link in root.iter("a") if root is not None else ():
        href = link.get("href", "")
        if href.startswith(("http://", "https://", ARTICLE_LINK)) and (place := inside(href)):
            link.set("href", place)
    return replace(article, body=body, parsed=Parsed(body, root) if root is not None else None)


def _section(url: str, article: CleanArticle) -> str:
    """The rest of a heading's id, if the address ends in its words, as those of blogs do."""
    wanted = _letters(unquote(url.partition("#")[2]))
    found = (heading.anchor for heading in article.headings if wanted and _letters(heading.text) == wanted)
    return next((f"-{anchor}" for anchor in found if anchor), "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _page(url: str) -> str:
    """Equal for addresses of one page: `www.`, a slash at the end, an anchor, http or https aside."""
    if url.startswith(ARTICLE_LINK):
        return url.partition("#")[0]
    page = unquote(url.partition("#")[0].partition("://")[2]).removeprefix("www.").rstrip("/")
    host, slash, path = page.partition("/")
    return f"{host.lower()}{slash}{path}"


def _entry(article: CleanArticle, number: int) -> Entry:
    return Entry(
        id=entry_id(article.article),
        number=number,
        article=article,
        minutes=reading_minutes(article.text_chars, article.article.lang),
        study=_study_box(article.article.extra),
    )


def reading_minutes(text_chars: int, lang: str) -> int:
    """Minutes to read so many characters silently, at least 1."""
    han = lang.partition("-")[0] in {"zh", "ja", "ko"}
    return max(1, math.ceil(text_chars / (HAN_CHARS_PER_MINUTE if han else LATIN_CHARS_PER_MINUTE)))


def _study_box(extra: Mapping[str, object]) -> StudyBox:
    return StudyBox(
        summary=" ".join(_lines(extra.get("summary"))),
        key_points=_lines(extra.get("key_points")),
        questions=_lines(extra.get("questions")),
    )


def _lines(value: object) -> tuple[str, ...]:
    """Front matter's strings: a list, or one string with a line each."""
    if isinstance(value, str):
        items: Iterable[object] = value.splitlines()
    elif isinstance(value, list | tuple):
        items = value
    else:
        items = (value,)
    texts = (" ".join(line.split()) for item in items for line in _written(item))
    return tuple(text for text in texts if text)


def _written(value: object) -> tuple[str, ...]:
    """What somebody wrote as a line. `- 结论: 成本下降` is a mapping to YAML and a sentence to its writer."""
    if isinstance(value, Mapping):
        return tuple(f"{key}: {text}" for key, held in value.items() for text in _written(held))
    return (str(value),) if isinstance(value, str | int | float | date) else ()
