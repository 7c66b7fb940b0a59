"""The stage's work: for every picture its ways, the cache before the network, `convert` at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from booklet.config.values import ImagesConfig
from booklet.events import Event, Reporter
from booklet.findings import Finding, finding
from booklet.images.failure import PictureError
from booklet.images.fetch import Budget, Fetcher
from booklet.images.forms import Form
from booklet.images.local import read_data, read_file
from booklet.images.origin import Origin
from booklet.images.plan import Attempt, InData, InFile, OnWeb, plan
from booklet.images.redact import host_of, shown
from booklet.images.store import Pictures, Store
from booklet.model import Article, CleanArticle, Format, ImageRef, ImageReport

Wants = tuple[tuple[ImageRef, Article], ...]


def gather(
    articles: Sequence[CleanArticle],
    *,
    config: ImagesConfig,
    cache_dir: Path | None,
    offline: bool,
    forms: Mapping[Format, Form],
    report: Reporter,
) -> ImageReport:
    """See `booklet.images.gather`."""
    wanted = _by_key(articles)
    limit = int(config.max_mb * 1_000_000)
    made: dict[str, Pictures] = {}
    failures: dict[str, PictureError] = {}
    to_fetch: dict[str, tuple[OnWeb, ...]] = {}
    cached = 0
    report(Event("images", 0, len(wanted)))
    with Store(cache_dir, tuple(dict.fromkeys(forms.values()))) as store:
        plans = {key: plan(wants, config.proxies) for key, wants in wanted.items()}
        looked_up = store.threads.map(lambda way: _without_network(way, store, limit), plans.values())
        for (key, way), found in zip(plans.items(), looked_up, strict=True):
            if found.pictures is not None:
                made[key] = found.pictures
                cached += found.from_cache
            elif not offline and any(isinstance(attempt, OnWeb) for attempt in way):
                to_fetch[key] = tuple(attempt for attempt in way if isinstance(attempt, OnWeb))
                continue
            else:
                failures[key] = found.failure or PictureError("offline")
            report(Event("images", len(made) + len(failures), len(wanted)))
        if to_fetch:
            run = _NetworkRun(config, store, report, done=len(made) + len(failures), total=len(wanted))
            asyncio.run(run.all(to_fetch, made, failures))
    by_format = {
        output: {key: made[key][form] for key in wanted if key in made} for output, form in forms.items()
    }
    return ImageReport(
        assets=next(iter(by_format.values()), {}),
        wanted=len(wanted),
        cached=cached,
        missing=len(failures),
        findings=tuple(_findings(wanted, failures, config, store, cache_dir)),
        by_format=by_format,
    )


def _by_key(articles: Sequence[CleanArticle]) -> dict[str, Wants]:
    """Every use of every picture, in order of first appearance."""
    wanted: dict[str, list[tuple[ImageRef, Article]]] = {}
    for clean in articles:
        for ref in (*clean.images, *((clean.lead,) if clean.lead is not None else ())):
            wanted.setdefault(ref.key, []).append((ref, clean.article))
    return {key: tuple(uses) for key, uses in wanted.items()}


@dataclass(frozen=True, slots=True)
class _Found:
    pictures: Pictures | None = None
    failure: PictureError | None = None
    from_cache: bool = False


def _without_network(attempts: Sequence[Attempt], store: Store, limit_bytes: int) -> _Found:
    """The first of the picture's own files, its data, and what an earlier run fetched, that is a picture."""
    failure: PictureError | None = None
    for attempt in attempts:
        try:
            if isinstance(attempt, OnWeb):
                known = store.fetched(attempt.original)
                if known is not None:
                    return _Found(store.converted(known.data), from_cache=True)
            elif isinstance(attempt, InData):
                return _Found(store.converted(read_data(attempt.uri, limit_bytes)))
            elif isinstance(attempt, InFile):
                return _Found(store.converted(read_file(attempt, limit_bytes)))
            else:
                failure = failure or PictureError("bad-address")
        except PictureError as error:
            failure = failure or error
    return _Found(failure=failure)


@dataclass(slots=True)
class _NetworkRun:
    """The pictures that only the network has."""

    config: ImagesConfig
    store: Store
    report: Reporter
    done: int
    total: int
    _tries: dict[OnWeb, asyncio.Task[Pictures]] = field(default_factory=dict)

    async def all(
        self,
        wanted: dict[str, tuple[OnWeb, ...]],
        made: dict[str, Pictures],
        failures: dict[str, PictureError],
    ) -> None:
        """Fetch them all, each outcome into `made` or `failures`."""
        async with Fetcher(self.config) as fetcher:
            try:
                async with asyncio.TaskGroup() as group:
                    for key, attempts in wanted.items():
                        group.create_task(self._one(fetcher, key, attempts, made, failures))
            finally:  # after Ctrl-C some are still under way
                for running in self._tries.values():
                    running.cancel()
                await asyncio.gather(*self._tries.values(), return_exceptions=True)

    async def _one(
        self,
        fetcher: Fetcher,
        key: str,
        attempts: Sequence[OnWeb],
        made: dict[str, Pictures],
        failures: dict[str, PictureError],
    ) -> None:
        try:
            made[key] = await self._climb(fetcher, attempts)
        except PictureError as error:
            failures[key] = error
        self.done += 1
        self.report(Event("images", self.done, self.total, host_of(attempts[0].url)))

    async def _climb(self, fetcher: Fetcher, attempts: Sequence[OnWeb]) -> Pictures:
        """The ladder: one way after the other, until bytes come that are a picture.

        Raises:
            PictureError: the first way's failure, which is the original's.
        """
        budget = fetcher.budget()
        first: PictureError | None = None
        hopeless: set[str] = set()
        for attempt in attempts:
            if host_of(attempt.url) in hopeless or budget.left_s <= 0:
                continue
            try:
                return await self._try(fetcher, attempt, budget)
            except PictureError as error:
                first = first or error
                if error.reason in _OF_THE_HOST:
                    hopeless.add(host_of(attempt.url))
        raise first or PictureError("timeout")

    async def _try(self, fetcher: Fetcher, attempt: OnWeb, budget: Budget) -> Pictures:
        """One way, gone once however many pictures share it."""
        if attempt not in self._tries:
            self._tries[attempt] = asyncio.create_task(self._fetched(fetcher, attempt, budget))
        return await asyncio.shield(self._tries[attempt])

    async def _fetched(self, fetcher: Fetcher, attempt: OnWeb, budget: Budget) -> Pictures:
        data = await fetcher.get(attempt.url, attempt.referer, budget)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.store.threads, self._kept, attempt.original, data)

    def _kept(self, url: str, data: bytes) -> Pictures:
        pictures = self.store.converted(data)
        self.store.keep(url, data, Origin())
        return pictures


_OF_THE_HOST = {"host-unknown", "unreachable", "timeout", "tls", "private-address", "bad-address"}
"""Failures that a Referer does not change."""


def _findings(
    wanted: dict[str, Wants],
    failures: dict[str, PictureError],
    config: ImagesConfig,
    store: Store,
    cache_dir: Path | None,
) -> Iterator[Finding]:
    """One for each article and picture that it misses, in the articles' order; then what concerns the run."""
    for key, wants in wanted.items():
        failure = failures.get(key)
        if failure is None:
            continue
        code = "image-refused" if failure.refused else "image-missing"
        first_uses: dict[str, ImageRef] = {}
        for ref, article in wants:
            first_uses.setdefault(article.source, ref)
        for source, ref in first_uses.items():
            yield finding(code, source, None, url=shown(ref.url), reason=failure.reason, **failure.params)
    if config.network_proxy:
        yield finding("network-proxy")
    if store.trouble:
        yield finding("cache-unusable", path=str(cache_dir), reason=store.trouble)
