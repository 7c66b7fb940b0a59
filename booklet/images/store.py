"""What `gathering` takes pictures from and puts them into: the cache, and the decoding behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from booklet.cache.pictures import Fetched, PictureCache
from booklet.cache.upkeep import keep_within
from booklet.fetch.origin import Origin
from booklet.findings import system_reason
from booklet.images.decoding.convert import VERSION
from booklet.images.decoding.forms import Form
from booklet.images.decoding.workers import Workers
from booklet.model import ImageAsset

Pictures = Mapping[Form, ImageAsset]
"""One picture in each of the run's forms."""


class Store:
    """The cache as this run uses it: absent without a folder, given up at its first failure to write.

    `with Store(...) as store`: at the end its decoders are gone, and the cache is within its limit.
    """

    def __init__(self, folder: Path | None, forms: tuple[Form, ...]) -> None:
        self._forms = forms
        self._folder = folder
        self._cache = PictureCache(folder) if folder is not None else None
        self._decoders = Workers()
        self.threads: Executor = ThreadPoolExecutor(self._decoders.count, thread_name_prefix="pictures")
        """For `converted`, one for each decoder."""
        self._wrote = False
        self.trouble = ""
        """Why the cache was given up, or empty."""

    def __enter__(self) -> Self:
        """For `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the decoders, those at work too: nobody waits for them any more."""
        self._decoders.close()
        self.threads.shutdown(wait=True, cancel_futures=True)
        if self._folder is not None and self._wrote:
            keep_within(self._folder)

    def fetched(self, url: str) -> Fetched | None:
        """What the address gave in this run or an earlier one."""
        return self._cache.fetched(url) if self._cache is not None else None

    def keep(self, data: bytes) -> None:
        """Remember bytes that an address gave; `point` says which, once they are found to be its picture."""
        self._write(lambda cache: cache.keep_bytes(data))

    def point(self, url: str, digest: str, origin: Origin) -> None:
        """Remember what the address gave, by its SHA-256."""
        self._write(lambda cache: cache.point(url, digest, origin))

    def confirm(self, url: str) -> None:
        """Remember that the address still gives what it gave."""
        if self._cache is not None:
            self._cache.confirm(url)

    def settle(self, url: str) -> None:
        """Remember that the address is right, whatever other addresses give."""
        self._write(lambda cache: cache.settle(url))

    def forget(self, url: str) -> None:
        """Drop what the address gave: it is not its picture."""
        if self._cache is not None:
            self._cache.forget(url)

    def converted(self, data: bytes) -> Pictures:
        """Convert, or take the conversions of an earlier run. Waits for a decoder.

        Raises:
            PictureError: as `Workers.convert`.
        """
        pictures = self._known(data)
        lacking = tuple(form for form in self._forms if form not in pictures)
        if not lacking:
            return pictures
        for form, picture in zip(lacking, self._decoders.convert(data, lacking), strict=True):
            pictures[form] = picture
            self._keep_made(data, form, picture)
        return pictures

    def _known(self, data: bytes) -> dict[Form, ImageAsset]:
        if self._cache is None:
            return {}
        found = {form: self._cache.made(data, _version(form)) for form in self._forms}
        return {form: picture for form, picture in found.items() if picture is not None}

    def _keep_made(self, data: bytes, form: Form, picture: ImageAsset) -> None:
        self._write(lambda cache: cache.keep_made(data, _version(form), picture))

    def _write(self, work: Callable[[PictureCache], None]) -> None:
        if self._cache is not None:
            try:
                work(self._cache)
                self._wrote = True
            except OSError as error:
                self.trouble = system_reason(error)
                self._cache = None


def _version(form: Form) -> str:
    return f"{VERSION};{form.key}"
