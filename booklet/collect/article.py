"""One file → one `Article` with its findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from booklet.collect.body_format import body_format, is_page
from booklet.collect.dated_names import date_from_path, words_of_name
from booklet.collect.decode import decode, shown
from booklet.collect.front_matter import fields as read
from booklet.collect.front_matter.categories import paths_from_front_matter
from booklet.collect.front_matter.dates import is_absurd, is_zero, means_zero, parse_date
from booklet.collect.front_matter.dialects import MAX_CHARS, FrontMatter, read_front_matter
from booklet.collect.front_matter.fields import Fields
from booklet.collect.front_matter.line_reader import written_text
from booklet.collect.html_page import read_page
from booklet.collect.language import article_language, normalise_tag
from booklet.collect.mhtml import unpack
from booklet.collect.titles import LONGEST_EM, begins_with, shortened, title_in_body
from booklet.findings import Finding, finding, system_reason
from booklet.model import Article, ArticleRef, BodyFormat, CategoryPath, DateOrigin

MAX_MB = 20
"""The largest file that is read; text of a thousand pages is one or two."""
_LAST_FILE_TIME_S = 4_102_444_800
"""The year 2100; file systems can claim times that no calendar has."""
_JEKYLL_NAME = re.compile(r"^\d{4}-?\d{1,2}-?\d{1,2}[-_ ]+")
_HUGO_KEYS = (
    *("draft", "lastmod", "publishdate", "expirydate", "iscjklanguage", "linktitle", "showtoc", "cascade"),
    *("hiddeninhomelist", "hiddenfromhomepage", "featuredimage", "searchhidden"),
)
"""Keys of Hugo and of its most used themes that Hexo and Jekyll do not have; `hugo new` writes `draft`."""


@dataclass(slots=True)
class Reading:
    """An article in the making: its file, and what is said of it."""

    ref: ArticleRef
    zone: ZoneInfo
    now: datetime
    html: bool
    neighbours: str = ""
    address: str = ""
    """Where the page was saved from, if its envelope says it."""
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, line: int | None = None, **params: str | int) -> None:
        """Add a finding about this file."""
        self.findings.append(finding(code, self.ref.source, line, **params))


def read_article(
    ref: ArticleRef,
    *,
    timezone: ZoneInfo,
    now: datetime,
    html: bool,
    neighbours: str = "",
    packed: bool = False,
) -> tuple[Article | None, list[Finding]]:
    """Read one file. None: it cannot be an article, and an error finding says why.

    Args:
        ref: As the walk found it.
        timezone: The reader's: for naive dates, and `Article.published` is in it.
        now: For dates that lie ahead.
        html: The file says that it is HTML; a text may be all the same.
        neighbours: The encoding that most other files of its folder are in, if they are not in UTF-8.
        packed: It is MHTML.
    """
    reading = Reading(ref, timezone, now, html, neighbours)
    try:
        data = _bytes(reading)
        read_it = _unpacked if packed else _text
        text = read_it(reading, data) if data is not None else None
        article = _article(reading, text) if text is not None else None
    except OSError as error:
        reading.note("file-unreadable", reason=system_reason(error))
        article = None
    except Exception as error:  # noqa: BLE001 - one hostile article must not cost the others
        reading.note("file-unreadable", reason=f"{type(error).__name__}: {error}"[:200])
        article = None
    return article, reading.findings


def _bytes(reading: Reading) -> bytes | None:
    limit = MAX_MB * 1024 * 1024
    with reading.ref.path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        reading.note("file-too-large", limit_mb=MAX_MB)
        return None
    return data


def _unpacked(reading: Reading, data: bytes) -> str | None:
    page = unpack(data)
    if page is None:
        reading.note("file-binary")
        return None
    reading.address = page.url
    return page.markup


def _text(reading: Reading, data: bytes) -> str | None:
    decoded = decode(data, html=reading.html, neighbours=reading.neighbours)
    if decoded is None:
        reading.note("file-binary")
        return None
    if decoded.damaged:
        line, count = decoded.damaged_line, decoded.damaged
        reading.note("encoding-damaged", line, count=count, encoding=shown(decoded.encoding))
    if decoded.mixed:
        reading.note("encoding-mixed", encoding=shown(decoded.mixed))
    elif decoded.guessed:
        reading.note("encoding-guessed", encoding=shown(decoded.encoding), letters=decoded.letters)
    return decoded.text


def _article(reading: Reading, text: str) -> Article:
    matter = read_front_matter(text)
    kind: BodyFormat = "html" if reading.html else body_format(matter.body)
    if kind == "html" and (reading.html or is_page(matter.body)):
        matter = _with_page(reading, matter)
    _note_repairs(reading, matter)
    fields = Fields(matter.values)
    title, full_title = _title(reading, matter, fields, kind)
    published, origin = _published(reading, fields)
    ref = reading.ref
    return Article(
        id=hashlib.sha256(ref.source.encode()).hexdigest()[:12],
        title=title,
        authors=_strings(fields, read.AUTHOR_KEYS, read.authors),
        published=published,
        published_from=origin,
        categories=_categories(reading, matter, fields),
        tags=_tags(ref, fields),
        lang=article_language(_first(fields, read.LANG_KEYS), matter.body, title),
        url=_address(fields),
        cover=_cover(fields),
        body=matter.body,
        body_format=kind,
        body_line=matter.body_line,
        source=ref.source,
        source_path=ref.path,
        root=ref.root,
        draft=_is_draft(ref, fields),
        extra=fields.extra(),
        full_title=full_title,
        direction=read.direction(fields),
    )


def _with_page(reading: Reading, matter: FrontMatter) -> FrontMatter:
    """Fill in what a saved page says of itself; front matter wins."""
    page = read_page(matter.body)
    if page.dropped_chars:
        reading.note("page-parts-dropped", 1, chars=page.dropped_chars, parts="、".join(page.dropped))
    return replace(
        matter,
        values={**({"url": reading.address} if reading.address else {}), **page.values, **matter.values},
        body=page.body,
        body_line=matter.body_line + page.line_offset,
    )


def _note_repairs(reading: Reading, matter: FrontMatter) -> None:
    if matter.too_large:
        reading.note("front-matter-too-large", matter.problem_line, limit_kb=MAX_CHARS // 1024)
    elif matter.kind == "none" and not matter.values:
        reading.note("front-matter-missing", 1)
    if not matter.closed:
        reading.note("front-matter-unclosed", matter.body_line)
    if matter.repaired:
        reading.note("front-matter-repaired", matter.problem_line, reason=", ".join(matter.repaired)[:200])


def _title(reading: Reading, matter: FrontMatter, fields: Fields, kind: BodyFormat) -> tuple[str, str]:
    """The title, and the longer one that it is short for."""
    title = _title_given(matter, fields)
    if not title:
        title = title_in_body(matter.body, kind) or read.title(words_of_name(reading.ref.source))
        title = title or reading.ref.source
        reading.note("title-missing", 1, title=title)
    short = shortened(title)
    if short == title or not begins_with(matter.body, title.rstrip("….")):
        short = shortened(title, LONGEST_EM)
    if short == title:
        return title, ""
    reading.note("title-shortened", 1, title=short)
    return short, title


def _title_given(matter: FrontMatter, fields: Fields) -> str:
    for key, value in fields.each(read.TITLE_KEYS):
        fields.use(key)
        text = value if isinstance(value, str) else None
        if text is None and value is not None:
            # `title: [WIP]` is a list for YAML and a title for its writer.
            text = written_text(matter.block, key) or str(value)
        if title := read.title(text or ""):
            return title
    return ""


def _published(reading: Reading, fields: Fields) -> tuple[datetime, DateOrigin]:
    """The article's date and where it is from: front matter, else the file's name; else it has none."""
    given = _date_given(reading, fields)
    if given:
        if is_absurd(given, reading.now):
            reading.note("date-absurd", 1, date=given.date().isoformat())
        return given, "front-matter"
    named = date_from_path(reading.ref.source, reading.zone)
    if named:
        reading.note("date-from-file-name", date=named.date().isoformat())
        return named, "file-name"
    reading.note("date-missing", 1)
    seconds = min(max(reading.ref.mtime_ns // 1_000_000_000, 0), _LAST_FILE_TIME_S)
    return datetime.fromtimestamp(seconds, reading.zone), "file-time"


def _date_given(reading: Reading, fields: Fields) -> datetime | None:
    """The first date of the keys, best first; zeros that a program wrote as dates are none."""
    for key, value in fields.each(read.DATE_KEYS):
        if value is None or (isinstance(value, str) and not value.strip()):
            fields.use(key)
            continue
        if key.casefold() == "published" and str(value).casefold() in {"true", "false", "yes", "no"}:
            continue
        fields.use(key)
        moment = parse_date(value, reading.zone)
        if moment and not is_zero(moment):
            return moment
        code = "date-zero" if moment or means_zero(value) else "date-invalid"
        reading.note(code, 1, value=read.title(str(value))[:80])
    return None


def _categories(reading: Reading, matter: FrontMatter, fields: Fields) -> tuple[CategoryPath, ...]:
    parallel = matter.kind == "toml" or fields.has(*_HUGO_KEYS)
    for key, value in fields.each(read.CATEGORY_KEYS):
        fields.use(key)
        paths = paths_from_front_matter(value, parallel=parallel, spaced=_is_jekyll(reading.ref, fields))
        if paths:
            return paths
    return ()


def _is_jekyll(ref: ArticleRef, fields: Fields) -> bool:
    """Jekyll divides strings at blanks. Its posts are dated by name and have a layout; Hexo's need not."""
    return bool(_JEKYLL_NAME.match(ref.path.name)) and fields.has("layout") and not fields.has(*_HUGO_KEYS)


def _tags(ref: ArticleRef, fields: Fields) -> tuple[str, ...]:
    return _strings(fields, read.TAG_KEYS, lambda value: read.tags(value, spaced=_is_jekyll(ref, fields)))


def _strings(fields: Fields, keys: tuple[str, ...], parse: Callable[[object], list[str]]) -> tuple[str, ...]:
    """All values of the keys, in order, each once."""
    found: dict[str, None] = {}
    for key, value in fields.each(keys):
        fields.use(key)
        found.update(dict.fromkeys(parse(value)))
    return tuple(found)


def _address(fields: Fields) -> str:
    """The first key that holds an address; `source: 新华社` stays extra."""
    for key, value in fields.each(read.URL_KEYS):
        address = read.web_address(value)
        if address:
            fields.use(key)
            return address
    return ""


def _cover(fields: Fields) -> str:
    """The first picture; all keys that may name one are used up, so that no theme shows another."""
    cover = ""
    for key, value in fields.each(read.COVER_KEYS):
        cover = cover or read.picture(value)
        if isinstance(value, str) or not value or read.picture(value):
            fields.use(key)
    return cover


def _first(fields: Fields, keys: tuple[str, ...]) -> object:
    for key, value in fields.each(keys):
        if normalise_tag(value):
            fields.use(key)
            return value
    return None


def _is_draft(ref: ArticleRef, fields: Fields) -> bool:
    for key, _ in fields.each(("draft", "published")):
        fields.use(key)
    in_drafts = any(part.casefold() in {"_drafts", "_draft"} for part in PurePosixPath(ref.source).parts)
    return in_drafts or read.is_draft(fields)
