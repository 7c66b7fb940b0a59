"""The attempts at one picture: one way after the other, until bytes come that are a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from booklet.fetch.client import Budget, Fetcher
from booklet.fetch.failure import PictureError
from booklet.fetch.origin import Origin
from booklet.fetch.redact import host_of
from booklet.fetch.request import Question
from booklet.images.outcome import Got, Outcome
from booklet.images.store import Pictures, Store
from booklet.images.ways.hosts import OF_THE_HOST, Observation, kind_of
from booklet.images.ways.plan import OnWeb

SERVER_ERROR = 500
"""HTTP statuses from here on."""
_R = TypeVar("_R")


@dataclass(slots=True)
class Attempts:
    """The ways of one run: each is gone once, however many pictures share it."""

    fetcher: Fetcher
    store: Store
    _tries: dict[tuple[str, str], asyncio.Task[Got]] = field(default_factory=dict)
    _asked_again: dict[str, asyncio.Task[Got]] = field(default_factory=dict)

    async def climb(
        self, attempts: Sequence[OnWeb], *, told: PictureError | None = None, refused: Collection[str] = ()
    ) -> tuple[Outcome, list[Observation]]:
        """The first way's picture that is one, and what was met on the way there.

        Args:
            attempts: in the order to be tried.
            told: why the picture's very first way fails, if that is known and it is not among them.
            refused: digests of bytes that are known not to be what was asked for.

        Returns:
            The picture; else the first way's failure, which is the original's.
        """
        budget = self.fetcher.budget()
        hopeless: set[str] = set()
        """Hosts, and addresses whose server is at fault: a Referer changes neither."""
        notes: list[Observation] = []
        for attempt in attempts:
            if hopeless & {host_of(attempt.url), attempt.url} or budget.left_s <= 0:
                continue
            outcome = await self._try(attempt, budget)
            if isinstance(outcome, Got) and outcome.digest in refused:
                outcome = PictureError("stand-in")
            if isinstance(outcome, Got):
                notes.append((kind_of(attempt), None))
                return outcome, notes
            notes.append((kind_of(attempt), outcome))
            if attempt.way != "larger":
                told = told or outcome
            if outcome.reason in OF_THE_HOST:
                hopeless.add(host_of(attempt.url))
            if int(outcome.params.get("status", 0)) >= SERVER_ERROR:
                hopeless.add(attempt.url)
        return told or PictureError("timeout"), notes

    async def accept(self, got: Got) -> None:
        """Have the cache know the picture by its address: it is the one that goes into the booklet."""
        await self._in_thread(self.store.point, got.address, got.digest, got.origin)

    async def ask_again(self, attempts: Sequence[OnWeb], got: Got) -> Got:
        """Whether an earlier build's picture still is what its address gives, in the way that it came then.

        Returns:
            The same, confirmed; a new one, to which the cache does not point yet; or the same with the reason
            why it is stale.
        """
        if got.address not in self._asked_again:
            same = [attempt for attempt in attempts if attempt.original == got.address]
            attempt = next((one for one in same if one.way == got.origin.way), same[0])
            self._asked_again[got.address] = asyncio.create_task(self._confirmed(attempt, got))
        return await asyncio.shield(self._asked_again[got.address])

    async def end(self) -> None:
        """Stop what is still under way: after Ctrl-C some is."""
        running = [*self._tries.values(), *self._asked_again.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _try(self, attempt: OnWeb, budget: Budget) -> Outcome:
        request = (attempt.url.partition("#")[0], attempt.referer)
        if request not in self._tries:
            self._tries[request] = asyncio.create_task(self._fetched(attempt, budget))
        try:
            return await asyncio.shield(self._tries[request])
        except PictureError as error:
            return error

    async def _fetched(self, attempt: OnWeb, budget: Budget) -> Got:
        got = await self._asked(attempt, Origin(), budget)
        assert got is not None  # noqa: S101 - nothing was named that could be unchanged
        return got

    async def _confirmed(self, attempt: OnWeb, known: Got) -> Got:
        try:
            got = await self._asked(attempt, known.origin, self.fetcher.short_budget())
        except PictureError as error:
            return replace(known, stale=error)
        if got is None:
            self.store.confirm(known.address)
            return known
        return got

    async def _asked(self, attempt: OnWeb, earlier: Origin, budget: Budget) -> Got | None:
        """What came, decoded; None: what we have still holds."""
        question = Question(attempt.url, attempt.referer, earlier, login=attempt.way == "proxy")
        answer = await self.fetcher.get(question, budget)
        if answer.data is None:
            return None
        pictures = await self._in_thread(self._decoded, answer.data)
        by_proxy = attempt.way in ("proxy", "as-written")
        return Got(
            pictures,
            attempt.way,
            len(answer.data),
            sha256(answer.data).hexdigest(),
            attempt.original,
            host_of(attempt.url) if by_proxy else "",
            Origin(answer.etag, answer.last_modified, attempt.way),
        )

    def _decoded(self, data: bytes) -> Pictures:
        pictures = self.store.converted(data)
        self.store.keep(data)
        return pictures

    async def _in_thread(self, work: Callable[..., _R], *args: object) -> _R:
        return await asyncio.get_running_loop().run_in_executor(self.store.threads, work, *args)
