"""Where jobs are handed in: answered from the cache, or by a worker, whose answer is kept at once.

An answer is kept by all that it depends on: the job, our own code, the engine, and the faces where it runs.
"""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from booklet.events import silent
from booklet.findings import Finding
from booklet.model import ImageAsset
from booklet.render.chapters.pictures import all_files
from booklet.render.pdf.engine.single import one_document
from booklet.render.pdf.values import jobs
from booklet.render.pdf.values.jobs import Answer, Failed, Job, PlanJob, UncutError, Whole
from booklet.render.pdf.values.result import PageStore, PdfResult
from booklet.render.text.page_map import PageMap, PageStart
from booklet.words.failures import reason_of

_ALONE = Lock()
"""An executor may call from several threads; what is changed in the engine holds for all of them."""
_OUR_CODE = Path(__file__).parents[3]
_KNOWN = {(one.__module__, one.__qualname__): one for one in (Finding, PageMap, PageStart, PdfResult)}


def answer(job: Job) -> Answer | Failed:
    """Do a job. Called in a worker: only there the engine is loaded.

    Raises:
        MemoryError: the worker is as good as lost.
    """
    try:
        with _ALONE, _without_collection():
            return _answer(job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - markup from the web may break the engine anywhere
        return failed(error)


def _answer(job: Job) -> Answer:
    if isinstance(job, Whole):
        css, faces = job.setting.css, job.setting.faces
        return one_document(job.booklet, job.sheets, css, faces, silent, bound=job.bound)
    from booklet.render.pdf.engine.chunks import chunk

    return chunk.plan(job) if isinstance(job, PlanJob) else chunk.lay_out(job)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Look for cycles once, after the block: boxes are many, and looking takes a tenth of all time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        gc.collect()


def failed(error: BaseException) -> Failed:
    """What went wrong, as an answer."""
    if isinstance(error, UncutError):
        return Failed(str(error), uncut=True)
    return Failed(reason_of(error))


def surroundings() -> str:
    """What else an answer depends on, where the workers are."""
    from booklet.render.pdf.engine.chunks.chunk import versions

    return versions()


class Dispatcher:
    """Hands in the jobs of one booklet."""

    def __init__(
        self, executor: Executor, store: PageStore | None, beat: Callable[[], None] = lambda: None
    ) -> None:
        self._executor = executor
        self.beat = beat
        """To be called while an answer is waited for; it may raise `StoppedError`."""
        self._cache = store
        self._surroundings = ""
        self.wrote = False
        """Something was added to the cache."""

    def submit(self, job: Job) -> Future[Any]:
        """The answer to a job: an `Answer`, or `Failed`.

        The future raises: what the executor does when it loses a worker.
        """
        key = self._key(job) if self._cache is not None else ""
        kept = self._kept(key)
        if kept is not None:
            done: Future[Any] = Future()
            done.set_result(kept)
            return done
        future = self._executor.submit(answer, job)
        if key:
            future.add_done_callback(lambda done: self._keep(key, done))
        return future

    def _key(self, job: Job) -> str:
        if not self._surroundings:
            try:
                self._surroundings = self._executor.submit(surroundings).result() + our_code()
            except BrokenExecutor:
                raise
            except Exception:  # noqa: BLE001 - the jobs will tell
                self._cache = None
                return ""
        digest = hashlib.sha256(self._surroundings.encode())
        for part in _parts(job):
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()

    def _kept(self, key: str) -> Answer | None:
        data = self._cache.pages(key) if self._cache is not None else None
        if data is None:
            return None
        try:
            kept = _Reader(io.BytesIO(data)).load()
        except Exception:  # noqa: BLE001 - of another version, or tampered with: it counts as absent
            return None
        return kept if isinstance(kept, Answer) else None

    def _keep(self, key: str, done: Future[Any]) -> None:
        if self._cache is None or done.cancelled() or done.exception() is not None:
            return
        given = done.result()
        if isinstance(given, Answer):
            with suppress(OSError):  # a disk that is full costs time only
                self._cache.keep_pages(key, pickle.dumps(given, protocol=5))
                self.wrote = True


class _Reader(pickle.Unpickler):
    """Reads answers, and nothing else: a cache may be tampered with."""

    def find_class(self, module: str, name: str) -> Any:
        """Our own frozen values only."""
        if module == jobs.__name__ and isinstance(found := getattr(jobs, name, None), type):
            return found
        return _KNOWN[module, name]


def _parts(job: Job) -> Iterator[bytes]:
    """A job, piece by piece, pictures by their hashes."""
    yield type(job).__name__.encode()
    yield job.setting.css.encode()
    for face in job.setting.faces:
        yield repr((face.family, face.bold, face.index, *_state(face.path))).encode()
    if isinstance(job, Whole):
        meta, sections = job.booklet.meta, job.booklet.sections
        yield repr((meta, job.bound, job.booklet.front_matter)).encode()
        for section in sections:
            yield repr((section.title, [entry.id for entry in section.entries])).encode()
        for sheet in job.sheets:
            yield repr((sheet.chapter.id, sheet.chapter.title, sheet.source, sheet.html)).encode()
        yield _pictures(all_files(job.booklet.images))
        return
    if isinstance(job, PlanJob):
        yield job.html.encode()
        yield repr(job.chapters).encode()
        return
    yield from (text.encode() for text in (job.head, job.before, job.body, job.first))
    yield repr((job.chapters, job.numbers, job.whole)).encode()
    yield _pictures(job.images)


def _pictures(assets: Iterable[ImageAsset]) -> bytes:
    return repr(sorted({(asset.name, asset.sha256) for asset in assets})).encode()


def _state(path: Path) -> tuple[str, int, int]:
    state = path.stat()
    return str(path), state.st_size, state.st_mtime_ns


@cache
def our_code() -> str:
    """Stands for the version of what lays out here: it changes more often than the package's number."""
    digest = hashlib.sha256()
    for path in sorted(_OUR_CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
