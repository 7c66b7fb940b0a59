"""The pictures' stage: `ways` (which lead to a picture), `local` and the network (bytes), `decoding` (form).

`gathering` holds them together. What only the network has goes through `network` (all pictures, host by
host) and `attempts` (one picture, way after way), which ask `booklet.fetch`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from booklet.config.values import Config, ImagesConfig
from booklet.events import Reporter, silent
from booklet.images.decoding.forms import EPUB, Form
from booklet.model import CleanArticle, Format, ImageReport


def gather(
    articles: Sequence[CleanArticle],
    *,
    config: ImagesConfig,
    cache_dir: Path | None,
    offline: bool,
    forms: Mapping[Format, Form] = MappingProxyType({"epub": EPUB}),
    now: datetime | None = None,
    report: Reporter = silent,
    own: Mapping[str, Path] = MappingProxyType({}),
) -> ImageReport:
    """Get and convert every picture of the articles, leads included, each once.

    Own files and `data:` first, then the cache, then the network, in parallel. A picture that cannot be had
    is a finding for each article that shows it (`image-missing`, `image-refused`), never an exception.

    Args:
        articles: in booklet order.
        config: `[images]`.
        cache_dir: None: nothing is kept and nothing is looked up.
        offline: the network is not touched.
        forms: what the outputs that are wanted need, by format; each picture is decoded once for all.
        now: of this run; about pictures of the cache whose server was asked a week ago or longer it is asked
            again, and they stay if nothing else comes. None: the cache is taken as it is.
        own: the theme's pictures, by key: only `by_format` has them, and nothing counts or names them.
        report: gets `Event("images", done, total, host, bytes received)`.
    """
    from booklet.images import gathering

    return gathering.gather(
        articles,
        config=config,
        cache_dir=cache_dir,
        offline=offline,
        forms=forms,
        now=now,
        report=report,
        own=own,
    )


def gather_for(
    config: Config,
    articles: Mapping[str, CleanArticle],
    *,
    forms: Mapping[Format, Form],
    own: Mapping[str, Path],
    report: Reporter,
) -> ImageReport:
    """`gather`, as the configuration of a run says."""
    return gather(
        tuple(articles.values()),
        config=config.images,
        cache_dir=config.kept_dir,
        offline=config.offline,
        forms=forms,
        now=config.now,
        report=report,
        own=own,
    )
