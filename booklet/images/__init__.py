"""The pictures' stage: `plan` (which ways), `local` and `fetch` (bytes), `convert` (form), `cache` (memory).

`fetch` with its gate `resolver` is the only room of the house with a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from booklet.config.values import ImagesConfig
from booklet.events import Reporter, silent
from booklet.images.forms import EPUB, Form
from booklet.model import CleanArticle, Format, ImageReport


def gather(
    articles: Sequence[CleanArticle],
    *,
    config: ImagesConfig,
    cache_dir: Path | None,
    offline: bool,
    forms: Mapping[Format, Form] = MappingProxyType({"epub": EPUB}),
    report: Reporter = silent,
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
        report: gets `Event("images", done, total, host)`.
    """
    from booklet.images import gathering

    return gathering.gather(
        articles, config=config, cache_dir=cache_dir, offline=offline, forms=forms, report=report
    )
