"""What a run learns of a host: the way that worked comes first, ways that it bars come last or not at all.

The same answers give the same booklet, however fast they come: pictures of a host go in waves, in the
booklet's order, and what one wave has learnt is used from the next on, never within. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from booklet.fetch.failure import PictureError
from booklet.images.ways.plan import OnWeb

SCOUTS = 3
"""Pictures that try all ways in the order of `plan`; by then most of a host is known."""
SECOND_WAVE = 9
"""With the scouts, so many pictures that fail in a way prove that it leads nowhere."""

OF_THE_HOST = frozenset(
    {"host-unknown", "unreachable", "timeout", "tls", "private-address", "fake-address", "bad-address"}
)
"""Failures that concern the host, whichever picture and Referer: nothing came from it."""
_BARRED = frozenset({"not-a-picture", "tiny", "stand-in"})
_BARRED_STATUS = frozenset({401, 403, 407, 429, 451, 500, 502, 503, 504})
"""Not 404 and 410, which are about one picture. Object stores answer 403 for what is missing, too."""

WayKind = tuple[str, str]
"""A way, and the proxy's template."""
_DIRECT: WayKind = ("direct", "")
Observation = tuple[WayKind, PictureError | None]
"""What a picture met on a way: a failure, or none."""


def kind_of(attempt: OnWeb) -> WayKind:
    """Which way an attempt goes."""
    return attempt.way, attempt.via


def waves(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The pictures of a host, in the order and groups in which they are asked for."""
    for begin, end in ((0, SCOUTS), (SCOUTS, SCOUTS + SECOND_WAVE), (SCOUTS + SECOND_WAVE, None)):
        if keys[begin:end]:
            yield keys[begin:end]


class Memory:
    """Of one host."""

    def __init__(self) -> None:
        self._successes: Counter[WayKind] = Counter()
        self._silent: Counter[WayKind] = Counter()
        self._barred: Counter[WayKind] = Counter()
        self._other: Counter[WayKind] = Counter()
        self._first: dict[WayKind, PictureError] = {}

    def learn(self, notes: Iterable[Observation]) -> None:
        """Take in what a picture met."""
        for way, failure in notes:
            if failure is not None:
                self._first.setdefault(way, failure)
            if failure is None:
                self._successes[way] += 1
            elif failure.reason in OF_THE_HOST:
                self._silent[way] += 1
            elif failure.reason in _BARRED or failure.params.get("status") in _BARRED_STATUS:
                self._barred[way] += 1
            else:
                self._other[way] += 1

    def ordered(self, attempts: Sequence[OnWeb]) -> tuple[OnWeb, ...]:
        """One picture's ways, best candidate first, and for each the most promising way first."""
        candidates = list(dict.fromkeys(attempt.original for attempt in attempts))
        useful = [attempt for attempt in attempts if not self._useless(kind_of(attempt))]
        return tuple(
            sorted(
                useful,
                key=lambda attempt: (candidates.index(attempt.original), self._rank(kind_of(attempt))),
            )
        )

    def why(self, attempts: Sequence[OnWeb]) -> PictureError | None:
        """How the picture's first way fails for this host, if it need not be tried to be known."""
        return self._first.get(kind_of(attempts[0])) if self._useless(kind_of(attempts[0])) else None

    def _rank(self, way: WayKind) -> tuple[bool, int]:
        """Ways that fail for all go last; the others by how often they worked, else as they stand."""
        failed = self._silent[way] + self._barred[way]
        return failed >= SCOUTS and not self._successes[way], -self._successes[way]

    def _useless(self, way: WayKind) -> bool:
        """Nothing was ever heard from it, or nothing but refusals from so many that the rest need not ask."""
        if self._successes[way] or self._other[way]:
            return False
        if way[0] == "referer" and self._useless(_DIRECT) and self._silent[_DIRECT] >= SCOUTS:
            return True  # the same host, silent whoever shows its pictures
        return self._silent[way] >= SCOUTS or self._silent[way] + self._barred[way] >= SCOUTS + SECOND_WAVE
