"""What a site says is added to an article that has just been read. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from booklet.collect.front_matter.dates import parse_date
from booklet.collect.language import normalise_tag
from booklet.collect.sites.permalinks import given, path_on_site
from booklet.collect.titles import begins_with
from booklet.findings import Finding, finding
from booklet.model import Article
from booklet.sites import Site

_SUMMARY_KEYS = ("excerpt", "description", "abstract")
_EXPIRY_KEYS = ("expirydate", "unpublishdate", "expires", "expired")


def reading_zone(site: Site | None, reader: ZoneInfo) -> ZoneInfo:
    """The zone of dates without an offset: the site's, else the reader's."""
    return ZoneInfo(site.timezone) if site and site.timezone else reader


def placed(article: Article, site: Site, zone: ZoneInfo, now: datetime) -> tuple[Article, list[Finding]]:
    """The article with what its site knows: address, author, language; one that expired is a draft.

    Args:
        article: read with the site's zone for its dates.
        site: that it lies in.
        zone: the reader's: `published` is in it.
        now: an article that expired before is shown no more.
    """
    path = path_on_site(article, site)
    address = f"{site.address.removesuffix(site.base)}{path}" if site.address and path else ""
    findings = []
    expired = _expired(article, zone, now)
    if expired:
        day = expired.date().isoformat()
        findings.append(finding("article-expired", article.source, 1, date=day))
    article = replace(
        article,
        site=site,
        site_path=path,
        url=article.url or address,
        authors=article.authors or ((site.author,) if site.author else ()),
        lang=_language(article, site),
        published=_in_zone(article.published, zone),
        draft=article.draft or expired is not None,
        extra=_with_summary(article),
    )
    return article, findings


def _with_summary(article: Article) -> Mapping[str, object]:
    """`excerpt` and `description` are summaries, but for those that the text itself begins with."""
    if given(article, "summary"):
        return article.extra
    for key in _SUMMARY_KEYS:
        written = " ".join(given(article, key).split())
        if written and not begins_with(article.body, written.rstrip("….")):
            return {**article.extra, "summary": written}
    return article.extra


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A day without an hour stays that day wherever it is read."""
    if moment.time() == time():
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment.astimezone(zone)


def _language(article: Article, site: Site) -> str:
    said = normalise_tag(site.language)
    if article.lang != "und" or not said:
        return article.lang
    return "zh-CN" if said == "zh" else said


def _expired(article: Article, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When a page of Hugo's went (https://gohugo.io/content-management/front-matter/#expirydate)."""
    written = given(article, *_EXPIRY_KEYS)
    moment = parse_date(written, zone) if re.match(r"\d{4}", written) else None
    return moment if moment and moment <= now else None
