"""Pictures that hosts send instead of others (“hot-linking is forbidden”), told by their being equal. Pure.

Equal bytes alone prove nothing: one picture may have several addresses (sizes, copies of a logo in each
post's folder). So the same bytes under a few addresses only raise the question; the answer is whether another
way tells them apart. Where none does, they stay, and are told of if hardly a page would show one picture so
often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from booklet.fetch.redact import split
from booklet.images.outcome import Got, Outcome

SUSPICIOUS = 3
"""So many addresses of one host with the same bytes raise the question."""
TOO_MANY = 8
"""So many are unlikely to be right; in one article `SUSPICIOUS` are."""

_SIZING = re.compile(
    r"(?i)(?:w|h|q|s|v|t|width|height|size|resize|fit|crop|dpr|quality|strip|ssl|format|fm|ver|version|tp"
    r"|wx_\w+|wxfrom|x-oss-process|x-image-process|image(?:view2|mogr2|slim).*)"
)
"""Query parameters that make another size or form of the same picture."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Pictures of one host with the same bytes."""

    host: str
    digest: str
    keys: tuple[str, ...]
    """In the booklet's order."""
    count: int
    """Of pictures, sizes of one not counted."""
    unlikely: bool
    """Hardly a page would show one picture so often, and it is most of what the host has given."""


def suspects(
    outcomes: Mapping[str, Outcome], articles: Mapping[str, Sequence[str]], *, judged_too: bool = False
) -> Iterator[Suspects]:
    """The groups of pictures that may be stand-ins, in the booklet's order.

    Args:
        outcomes: by key, in the booklet's order.
        articles: by key, the articles that show the picture.
        judged_too: also those that were found to be right.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    of_host: dict[str, set[str]] = {}
    for key, got in outcomes.items():
        if isinstance(got, Got) and got.address:
            host = host_of(got.address)
            of_host.setdefault(host, set()).add(_picture_of(got.address))
            if judged_too or not got.origin.settled:
                groups.setdefault((host, got.digest), []).append(key)
    for (host, digest), keys in groups.items():
        pictures = {key: _picture_of(_address(outcomes[key])) for key in keys}
        count = len(set(pictures.values()))
        if count >= SUSPICIOUS:
            pairs = {(article, pictures[key]) for key in keys for article in articles[key]}
            in_one = max(Counter(article for article, _ in pairs).values(), default=0)
            many = in_one >= SUSPICIOUS or count >= TOO_MANY
            yield Suspects(host, digest, tuple(keys), count, many and 2 * count > len(of_host[host]))


def host_of(address: str) -> str:
    """Host and port."""
    parts = split(address)
    return parts.netloc.rpartition("@")[2].lower() if parts is not None else ""


def _address(outcome: Outcome) -> str:
    return outcome.address if isinstance(outcome, Got) else ""


def _picture_of(address: str) -> str:
    """The address without what only makes another size of the same picture."""
    parts = split(address)
    if parts is None:
        return address
    named = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in named if not _SIZING.fullmatch(name)]
    return f"{parts.path}?{query}"
