"""The run over the pictures that only the network has: each host in waves, then what hosts sent instead."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from booklet.config.values import ImagesConfig
from booklet.events import BEAT_S
from booklet.fetch.client import Fetcher
from booklet.fetch.failure import PictureError
from booklet.fetch.redact import host_of
from booklet.images.attempts import Attempts
from booklet.images.outcome import Got, Outcome
from booklet.images.progress import Progress
from booklet.images.stand_ins import SUSPICIOUS, Suspects, suspects
from booklet.images.store import Store
from booklet.images.ways.hosts import OF_THE_HOST, SCOUTS, Memory, Observation, waves
from booklet.images.ways.plan import OnWeb

MAX_ROUNDS = 4
"""A host's stand-in, then a proxy's, …"""

Ways = tuple[OnWeb, ...]


@dataclass(slots=True)
class NetworkRun:
    """One run; `outcomes` are added to and corrected."""

    config: ImagesConfig
    store: Store
    progress: Progress
    ways: Mapping[str, Ways]
    """By key, of all pictures that have an address on the web."""
    articles: Mapping[str, Sequence[str]]
    """By key, who shows it."""
    outcomes: dict[str, Outcome]
    """By key, in the booklet's order; those to be fetched have the reason why nothing else had them."""
    now: datetime | None = None
    _earlier: dict[str, Got] = field(default_factory=dict, init=False)
    _refused: dict[str, set[str]] = field(default_factory=dict, init=False)
    """By host, digests of its stand-ins."""
    _judged: set[tuple[str, str]] = field(default_factory=set, init=False)

    async def all(self, wanted: Sequence[str], due: Sequence[str]) -> None:
        """Fetch the wanted, ask again for those that are due, and look for stand-ins among all."""
        async with asyncio.TaskGroup() as group:
            beats = group.create_task(self._beat())
            try:
                await self._all(wanted, due)
            finally:
                beats.cancel()

    async def _beat(self) -> None:
        """Whoever follows the work may end it, also while it waits for servers."""
        while True:
            await asyncio.sleep(BEAT_S)
            self.progress.beat()

    async def _all(self, wanted: Sequence[str], due: Sequence[str]) -> None:
        async with Fetcher(self.config, now=self.now, received=self.progress.received) as fetcher:
            tries = Attempts(fetcher, self.store)
            try:
                async with asyncio.TaskGroup() as group:
                    for keys in self._by_host(wanted):
                        group.create_task(self._host(tries, keys))
                    for keys in self._by_host(due):
                        group.create_task(self._again_of(tries, keys))
                await self._tell_stand_ins(tries)
                self._keep()
            finally:
                await tries.end()

    def _by_host(self, keys: Sequence[str]) -> Iterable[Sequence[str]]:
        hosts: dict[str, list[str]] = {}
        for key in keys:
            hosts.setdefault(host_of(self.ways[key][0].original), []).append(key)
        return hosts.values()

    async def _host(self, tries: Attempts, keys: Sequence[str]) -> None:
        """All pictures of one host, each with what the waves before it have learnt."""
        memory = Memory()
        for wave in waves(keys):
            async with asyncio.TaskGroup() as group:
                climbs = [group.create_task(self._one(tries, memory, key)) for key in wave]
            for climb in climbs:
                memory.learn(climb.result())

    async def _one(self, tries: Attempts, memory: Memory, key: str) -> list[Observation]:
        attempts = self.ways[key]
        outcome, notes = await tries.climb(memory.ordered(attempts), told=memory.why(attempts))
        self.outcomes[key] = outcome
        if isinstance(outcome, Got):
            await tries.accept(outcome)
        self.progress.one(host_of(attempts[0].url))
        return notes

    async def _again_of(self, tries: Attempts, keys: Sequence[str]) -> None:
        """Ask about all pictures of one host, unless the first hear nothing from it."""
        for wave in waves(keys):
            async with asyncio.TaskGroup() as group:
                for key in wave:
                    group.create_task(self._again(tries, key))
            reasons = {_stale_reason(self.outcomes[key]) for key in wave}
            if len(wave) >= SCOUTS and reasons <= OF_THE_HOST:
                break
        for key in keys:
            if key not in self._earlier:
                self._leave(key, self.outcomes[keys[0]])

    def _leave(self, key: str, first: Outcome) -> None:
        """Take an earlier build's picture without asking, for the reason that the host's first has met."""
        known = self.outcomes[key]
        if isinstance(known, Got) and isinstance(first, Got):
            self._earlier[key] = known
            self.outcomes[key] = replace(known, stale=first.stale)
        self.progress.one(host_of(self.ways[key][0].url))

    async def _again(self, tries: Attempts, key: str) -> None:
        known = self.outcomes[key]
        if isinstance(known, Got):
            self._earlier[key] = known
            self.outcomes[key] = await tries.ask_again(self.ways[key], known)
        self.progress.one(host_of(self.ways[key][0].url))

    async def _tell_stand_ins(self, tries: Attempts) -> None:
        """Judge groups of equal pictures until nothing new is found: proxies have stand-ins of their own."""
        for _ in range(MAX_ROUNDS):
            groups = [
                found
                for found in suspects(self.outcomes, self.articles)
                if (found.host, found.digest) not in self._judged
            ]
            if not groups:
                return
            for found in groups:
                self._judged.add((found.host, found.digest))
                await self._judge(tries, found)

    async def _judge(self, tries: Attempts, found: Suspects) -> None:
        """Whether other ways tell them apart, asked for the first of them; then for all, or none.

        Other bytes that are again the same for all prove nothing: some proxies encode pictures anew.
        """
        refused = self._refused.setdefault(found.host, set()) | {found.digest}
        probes = await self._climbs(tries, found.keys[:SUSPICIOUS], refused)
        others = [outcome.digest for outcome in probes if isinstance(outcome, Got)]
        if len(set(others)) > 1 or (len(others) == 1 and found.unlikely):
            self._refused[found.host] = refused
            for key, outcome in zip(found.keys, await self._climbs(tries, found.keys, refused), strict=True):
                await self._correct(tries, key, outcome, refused)
            return
        for key in found.keys:
            self._settle(key)

    async def _climbs(self, tries: Attempts, keys: Iterable[str], refused: set[str]) -> list[Outcome]:
        climbs = (tries.climb(self.ways[key], refused=refused) for key in keys)
        return [outcome for outcome, _ in await asyncio.gather(*climbs)]

    async def _correct(self, tries: Attempts, key: str, outcome: Outcome, refused: set[str]) -> None:
        earlier = self._earlier.get(key)
        if isinstance(outcome, Got):
            await tries.accept(outcome)
        if isinstance(outcome, PictureError) and earlier is not None and earlier.digest not in refused:
            outcome = replace(earlier, stale=outcome)
        elif isinstance(outcome, PictureError):
            self.store.forget(self._address(key))
            outcome = PictureError("stand-in")
        self.outcomes[key] = outcome

    def _settle(self, key: str) -> None:
        got = self.outcomes[key]
        if isinstance(got, Got):
            self.outcomes[key] = got.settled()
            self.store.settle(got.address)

    def _address(self, key: str) -> str:
        got = self.outcomes[key]
        return got.address if isinstance(got, Got) else ""

    def _keep(self) -> None:
        """Point the cache to what came anew for pictures that it had."""
        for key in self._earlier:
            got = self.outcomes[key]
            if isinstance(got, Got) and got.way != "cache":
                self.store.point(got.address, got.digest, got.origin)


def _stale_reason(outcome: Outcome) -> str:
    return outcome.stale.reason if isinstance(outcome, Got) and outcome.stale is not None else ""
