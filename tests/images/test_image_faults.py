"""The fault matrix: what the reader gets and is told when a server, or the way to it, misbehaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from booklet.fetch import client

from .fault_matrix import World, observe, world
from .faults import FAULTS, Fault


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, world() as made:
        patch.setattr(client, "BACKOFF_S", (0.01, 0.02))
        yield made


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_gives_the_picture_or_a_box_and_a_finding_in_time(
    servers: World, tmp_path: Path, fault: Fault
) -> None:
    seen = observe(fault, servers, tmp_path)
    assert (seen.what, seen.told) == (fault.seen, fault.told)
    assert seen.seconds < fault.within_s
    assert seen.again
    assert servers.secret.asked == []
