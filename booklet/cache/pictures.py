"""Pictures that are kept between builds: fetched bytes by hash, the addresses that gave them, conversions.

urls/<hash of the address>         a line of JSON: the bytes' hash, ETag, Last-Modified
bytes/<hash>                       as fetched
made/<hash of input and version>   as converted: a line of JSON, then the bytes
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from booklet.cache.entries import changed_s, digest_of, place, read, remove, sealed, touch, unsealed, write
from booklet.cache.packing import packed, unpacked
from booklet.fetch.origin import UNKNOWN, Origin, line_of, read_line
from booklet.model import ImageAsset


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    data: bytes
    origin: Origin
    asked_s: float = field(default=0.0, compare=False)
    """When its server was last asked, in seconds since 1970."""


class PictureCache:
    """The pictures of one run.

    Raises (all methods that write): OSError, when the folder cannot be written; reading never raises.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetched(self, url: str) -> Fetched | None:
        """What the address gave when it was last fetched."""
        pointer = self._pointer(url)
        known = pointed(read(pointer))
        if known is None:
            return None
        name, origin = known
        at = place(self._folder, "bytes", name)
        data = read(at)
        if data is None or digest_of(data) != name:
            remove(at)
            remove(pointer)
            return None
        touch(at)
        return Fetched(data, origin, changed_s(pointer))

    def keep_fetched(self, url: str, data: bytes, origin: Origin = UNKNOWN) -> None:
        """Remember what an address gave, and what its server can be asked with whether that still holds."""
        self.keep_bytes(data)
        self.point(url, digest_of(data), origin)

    def keep_bytes(self, data: bytes) -> None:
        """Remember bytes, whichever address they will be found to be right for."""
        write(
            place(self._folder, "bytes", digest_of(data)), data
        )  # also over an entry that is there: it may be torn

    def point(self, url: str, digest: str, origin: Origin) -> None:
        """Remember that the address gave the bytes with this SHA-256."""
        write(self._pointer(url), sealed(line_of(digest, origin)))

    def confirm(self, url: str) -> None:
        """Remember that the address still gives what it gave."""
        touch(self._pointer(url))

    def settle(self, url: str) -> None:
        """Remember that what the address gave is right though other addresses of its host gave the same."""
        known = pointed(read(self._pointer(url)))
        if known is not None:
            self.point(url, known[0], replace(known[1], settled=True))

    def forget(self, url: str) -> None:
        """Drop an address; its bytes go when space is needed."""
        remove(self._pointer(url))

    def made(self, source: bytes, version: str) -> ImageAsset | None:
        """The conversion of these bytes by this version."""
        at = place(self._folder, "made", _made_key(source, version))
        body = unsealed(read(at))
        try:
            (found,) = unpacked(body or b"")
        except ValueError:
            remove(at)
            return None
        touch(at)
        return found

    def keep_made(self, source: bytes, version: str, picture: ImageAsset) -> None:
        """Remember a conversion."""
        write(place(self._folder, "made", _made_key(source, version)), sealed(packed((picture,))))

    def _pointer(self, url: str) -> Path:
        return place(self._folder, "urls", digest_of(url.encode("utf-8", "surrogatepass")))


def pointed(raw: bytes | None) -> tuple[str, Origin] | None:
    """An address' entry: the hash of its bytes, and how they came."""
    return read_line(unsealed(raw))


def _made_key(source: bytes, version: str) -> str:
    return digest_of(hashlib.sha256(source).digest() + version.encode())
