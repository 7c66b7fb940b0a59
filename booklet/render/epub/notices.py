"""What people should know of an EPUB that is sound: pictures without words, more bytes than a mail takes."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.findings import Finding, finding
from booklet.model import Booklet, EpubProfile

MAX_MAIL_BYTES = 50 * 1000 * 1000
"""What Send to Kindle takes by mail; larger books failed through its web page too
(input-output-hk/mastering-cardano issue 47)."""


def remarks(booklet: Booklet, data: bytes, *, profile: EpubProfile) -> tuple[Finding, ...]:
    """The findings on a finished EPUB."""
    return (*_pictures_without_words(booklet), *_too_large_to_mail(data, profile))


def _pictures_without_words(booklet: Booklet) -> Iterator[Finding]:
    """One finding for the book: articles from the web seldom describe their pictures."""
    wordless: dict[str, int] = {}
    for section in booklet.sections:
        for entry in section.entries:
            keys = {picture.key for picture in entry.article.images if not picture.alt.strip()}
            if shown := len(keys & booklet.images.keys()):
                wordless[entry.article.article.source] = shown
    if wordless:
        first = next(iter(wordless))
        count = sum(wordless.values())
        yield finding("alt-missing", count=count, articles=len(wordless), first=first)


def _too_large_to_mail(data: bytes, profile: EpubProfile) -> Iterator[Finding]:
    if profile == "kindle" and len(data) > MAX_MAIL_BYTES:
        yield finding("epub-too-large-to-mail", mb=round(len(data) / 1e6), limit=MAX_MAIL_BYTES // 1_000_000)
