"""Gathering one article's pictures from a server of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from booklet.config.values import ImagesConfig
from booklet.images import gather
from booklet.model import ImageReport

from .faults import PATIENCE_S
from .samples import article, clean, ref
from .server import Site


def get(
    site: Site, *addresses: str, article_url: str = "", cache: Path | None = None, **options: object
) -> ImageReport:
    """Each address is a picture of one article."""
    given: dict[str, Any] = {"allow_hosts": (site.host,), "timeout_s": PATIENCE_S, "max_mb": 0.3, **options}
    offline, now = given.pop("offline", False), given.pop("now", None)
    owner = clean(article(url=article_url), *map(ref, addresses))
    return gather([owner], config=ImagesConfig(**given), cache_dir=cache, offline=offline, now=now)


def told(report: ImageReport) -> dict[str, object]:
    """The only finding's parameters, without the address."""
    (found,) = report.findings
    return {name: value for name, value in found.params if name != "url"}


def ways(report: ImageReport) -> list[object]:
    """How each picture came, in the article's order."""
    return [dict(found.params)["way"] for found in report.ways]
