"""Worker processes: they answer, they can be lost one by one, and they never outlive their pool."""

from __future__ import annotations

import operator
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from booklet.processes.child import WorkerLostError
from booklet.render.pdf.chunks.workers import WorkerError, WorkerPool


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, stall_s=20) as made:
        yield made


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_calls_are_answered_elsewhere(pool: WorkerPool) -> None:
    assert list(pool.map(operator.add, (1, 2, 3), (10, 20, 30))) == [11, 22, 33]
    assert pool.submit(os.getpid).result() != os.getpid()


def test_an_error_there_is_named_here_and_the_worker_goes_on(pool: WorkerPool) -> None:
    with pytest.raises(WorkerError, match="ZeroDivisionError: division by zero"):
        pool.submit(operator.truediv, 1, 0).result()
    before = pool.processes
    assert pool.submit(operator.add, 1, 1).result() == 2
    assert pool.processes == before


def test_a_worker_that_dies_costs_its_own_call_alone(pool: WorkerPool) -> None:
    lost = pool.submit(os._exit, 1)
    calls = [pool.submit(operator.add, number, 1) for number in range(4)]
    with pytest.raises(WorkerLostError, match="died"):
        lost.result()
    assert [call.result() for call in calls] == [1, 2, 3, 4]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_worker_that_is_killed_from_outside_is_lost() -> None:
    with WorkerPool(1) as pool:
        pool.submit(operator.add, 1, 1).result()
        (process,) = pool.processes
        waiting = pool.submit(time.sleep, 60)
        time.sleep(0.2)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(WorkerLostError):
            waiting.result(timeout=20)


@pytest.mark.parametrize("work", ["while True: pass", "import time; time.sleep(60)", "sum(range(10**12))"])
def test_a_worker_that_makes_no_progress_is_lost(work: str) -> None:
    with WorkerPool(1, stall_s=0.5) as pool, pytest.raises(WorkerLostError, match="took too long"):
        pool.submit(exec, work).result(timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit it")
def test_memory_without_end_is_refused() -> None:
    with WorkerPool(1, memory_bytes=1_000_000_000) as pool:
        pool.submit(operator.add, 1, 1).result()
        before = pool.processes
        with pytest.raises(MemoryError):
            pool.submit(bytearray, 2_000_000_000).result()
        assert pool.submit(operator.add, 1, 1).result() == 2
        assert pool.processes != before, "what filled its memory is still there"


def test_what_a_worker_says_of_its_memory_is_passed_on() -> None:
    with WorkerPool(1) as pool, pytest.raises(MemoryError, match="of its pictures"):
        pool.submit(exec, "raise MemoryError('of its pictures')").result()


class Counted:
    """Knows how often it was written down."""

    written = 0

    def __reduce__(self) -> tuple[type[int], tuple[()]]:
        Counted.written += 1
        return int, ()


def test_a_call_that_waits_is_not_written_down_yet() -> None:
    with WorkerPool(1) as pool:
        first = pool.submit(time.sleep, 0.3)
        second = pool.submit(str, Counted())
        assert Counted.written == 0
        first.result()
        assert second.result() == "0"
        assert Counted.written == 1


def test_shutting_down_ends_work_and_processes() -> None:
    pool = WorkerPool(2)
    pool.submit(operator.add, 1, 1).result()
    waiting = [pool.submit(time.sleep, 60) for _ in range(4)]
    time.sleep(0.3)
    processes = pool.processes
    began = time.monotonic()
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 10
    assert all(call.cancelled() or isinstance(call.exception(), WorkerLostError) for call in waiting)
    assert not any(map(alive, processes))
    assert pool.processes == ()


@pytest.mark.skipif(sys.platform != "linux", reason="Windows does not tell")
def test_a_worker_ends_when_its_parent_was_killed() -> None:
    script = (
        "import time, sys\n"
        "from booklet.render.pdf.chunks.workers import WorkerPool\n"
        "pool = WorkerPool(1)\n"
        "pool.submit(pow, 1, 1).result()\n"
        "pool.submit(time.sleep, 60)\n"
        "print(*pool.processes, flush=True)\n"
        "time.sleep(60)\n"
    )
    import subprocess

    with (
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent,
        ThreadPoolExecutor(1) as pool,
    ):
        assert parent.stdout is not None
        worker = int(pool.submit(parent.stdout.readline).result(timeout=30))
        assert alive(worker)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 10
    while alive(worker) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not alive(worker)
