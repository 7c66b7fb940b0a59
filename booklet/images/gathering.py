"""The stage's work: for every picture its ways, the cache before the network, `convert` at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from booklet.config.values import ImagesConfig
from booklet.events import BEAT_S, Reporter, StoppedError
from booklet.fetch.failure import PictureError
from booklet.fetch.redact import redacted
from booklet.findings import Finding, finding
from booklet.images.decoding.forms import Form
from booklet.images.local import read_data, read_file
from booklet.images.network import NetworkRun
from booklet.images.outcome import Got, Outcome
from booklet.images.progress import Progress
from booklet.images.stand_ins import suspects
from booklet.images.store import Store
from booklet.images.ways.plan import Attempt, InData, InFile, OnWeb, plan
from booklet.model import Article, CleanArticle, Format, ImageRef, ImageReport

ASK_AGAIN_AFTER = timedelta(days=7)
"""Age from which a server is asked whether its picture is still the same: pictures hardly ever change, and a
weekly booklet asks about each once a week at most."""

Wants = tuple[tuple[ImageRef, Article], ...]


def gather(
    articles: Sequence[CleanArticle],
    *,
    config: ImagesConfig,
    cache_dir: Path | None,
    offline: bool,
    forms: Mapping[Format, Form],
    now: datetime | None,
    report: Reporter,
    own: Mapping[str, Path],
) -> ImageReport:
    """See `booklet.images.gather`."""
    wanted = _by_key(articles)
    progress = Progress(report, len(wanted))
    progress.begin()
    with Store(cache_dir, tuple(dict.fromkeys(forms.values()))) as store:
        plans = {key: plan(wants, config.proxies) for key, wants in wanted.items()}
        limit = int(config.max_mb * 1_000_000)
        here = {key: store.threads.submit(_without_network, way, store, limit) for key, way in plans.items()}
        outcomes: dict[str, Outcome] = {key: _waited(future, progress) for key, future in here.items()}
        themes = {
            key: _without_network((InFile(path.name, path, path.parent),), store, limit)
            for key, path in own.items()
        }
        if offline:
            for key, outcome in outcomes.items():
                if isinstance(outcome, PictureError) and _on_web(plans[key]):
                    outcomes[key] = PictureError("offline")
                progress.one()
        else:
            _with_network(outcomes, plans, wanted, config=config, store=store, progress=progress, now=now)
    got = {key: outcome for key, outcome in outcomes.items() if isinstance(outcome, Got)}
    all_got = got | {key: outcome for key, outcome in themes.items() if isinstance(outcome, Got)}
    by_format = {
        output: {key: one.pictures[form] for key, one in all_got.items()} for output, form in forms.items()
    }
    return ImageReport(
        assets={key: asset for key, asset in next(iter(by_format.values()), {}).items() if key in got},
        wanted=len(wanted),
        cached=sum(one.way == "cache" for one in got.values()),
        missing=len(wanted) - len(got),
        findings=tuple(_findings(wanted, outcomes, config, store, cache_dir)),
        by_format=by_format,
        ways=tuple(_ways(wanted, got)),
    )


def _waited(future: Future[Outcome], progress: Progress) -> Outcome:
    while not wait([future], timeout=BEAT_S).done:
        progress.beat()
    return future.result()


def _by_key(articles: Sequence[CleanArticle]) -> dict[str, Wants]:
    """Every use of every picture, in order of first appearance."""
    wanted: dict[str, list[tuple[ImageRef, Article]]] = {}
    for clean in articles:
        for ref in (*clean.images, *((clean.lead,) if clean.lead is not None else ())):
            wanted.setdefault(ref.key, []).append((ref, clean.article))
    return {key: tuple(uses) for key, uses in wanted.items()}


def _without_network(attempts: Sequence[Attempt], store: Store, limit_bytes: int) -> Outcome:
    """The first of the picture's own files, its data, and what an earlier run fetched, that is a picture."""
    failure: PictureError | None = None
    for attempt in attempts:
        try:
            if isinstance(attempt, OnWeb):
                known = store.fetched(attempt.original)
                if known is not None:
                    return Got(
                        store.converted(known.data),
                        "cache",
                        len(known.data),
                        sha256(known.data).hexdigest(),
                        attempt.original,
                        origin=known.origin,
                        asked_s=known.asked_s,
                    )
            elif isinstance(attempt, InData):
                data = read_data(attempt.uri, limit_bytes)
                return Got(store.converted(data), "data", len(data), sha256(data).hexdigest())
            elif isinstance(attempt, InFile):
                data = read_file(attempt, limit_bytes)
                return Got(store.converted(data), "file", len(data), sha256(data).hexdigest())
            else:
                failure = failure or PictureError("bad-address")
        except PictureError as error:
            failure = failure or error
    return failure or PictureError("offline")


def _with_network(
    outcomes: dict[str, Outcome],
    plans: Mapping[str, Sequence[Attempt]],
    wanted: Mapping[str, Wants],
    *,
    config: ImagesConfig,
    store: Store,
    progress: Progress,
    now: datetime | None,
) -> None:
    """Fetch what is not here, ask again about what is old, and correct the outcomes."""
    ways = {key: found for key, attempts in plans.items() if (found := _on_web(attempts))}
    lacking = [key for key in ways if isinstance(outcomes[key], PictureError)]
    due = [key for key in ways if _is_due(outcomes[key], now)]
    for _ in range(len(outcomes) - len(lacking) - len(due)):
        progress.one()
    users = _users(wanted)
    if lacking or due or any(suspects(outcomes, users)):
        run = NetworkRun(config, store, progress, ways, users, outcomes, now)
        try:
            asyncio.run(run.all(lacking, due))
        except BaseExceptionGroup as group:
            if group.subgroup(StoppedError):
                raise StoppedError from None
            raise


def _on_web(attempts: Sequence[Attempt]) -> tuple[OnWeb, ...]:
    return tuple(attempt for attempt in attempts if isinstance(attempt, OnWeb))


def _is_due(outcome: Outcome, now: datetime | None) -> bool:
    return (
        now is not None
        and isinstance(outcome, Got)
        and outcome.way == "cache"
        and now.timestamp() - outcome.asked_s >= ASK_AGAIN_AFTER.total_seconds()
    )


def _findings(
    wanted: Mapping[str, Wants],
    outcomes: Mapping[str, Outcome],
    config: ImagesConfig,
    store: Store,
    cache_dir: Path | None,
) -> Iterator[Finding]:
    """One for each article and picture that it misses, in the articles' order; then what concerns the run."""
    for key, wants in wanted.items():
        outcome = outcomes[key]
        failure = outcome.stale if isinstance(outcome, Got) else outcome
        if failure is None:
            continue
        code = "image-refused" if failure.refused else "image-missing"
        if isinstance(outcome, Got):
            code = "image-stale"
        for source, ref in _first_uses(wants).items():
            yield finding(code, source, None, url=redacted(ref.url), reason=failure.reason, **failure.params)
    for alike in suspects(outcomes, _users(wanted), judged_too=True):
        if alike.unlikely:
            ref, article = wanted[alike.keys[0]][0]
            yield finding(
                "image-alike", article.source, None, url=redacted(ref.url), host=alike.host, count=alike.count
            )
    if config.network_proxy:
        yield finding("network-proxy")
    if store.trouble:
        yield finding("cache-unusable", path=str(cache_dir), reason=store.trouble)


def _ways(wanted: Mapping[str, Wants], got: Mapping[str, Got]) -> Iterator[Finding]:
    """How each picture came, at the first article that shows it."""
    for key, one in got.items():
        ref, article = wanted[key][0]
        params = {"way": one.way, "bytes": one.size, **({"via": one.via} if one.via else {})}
        yield finding("image-way", article.source, None, url=redacted(ref.url), **params)


def _users(wanted: Mapping[str, Wants]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(article.source for _, article in wants) for key, wants in wanted.items()}


def _first_uses(wants: Wants) -> dict[str, ImageRef]:
    uses: dict[str, ImageRef] = {}
    for ref, article in wants:
        uses.setdefault(article.source, ref)
    return uses
