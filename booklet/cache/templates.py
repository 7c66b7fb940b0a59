"""Compiled templates kept between runs: compiling a theme takes as long as setting 200 articles in it.

    <cache folder>/templates/<hash of theme and name>   the hash of what it was made from, then the code

What is kept is code, and is trusted as Python trusts its own `.pyc` files: the folder is the user's, named by
the environment and never by a project, and where others may write to it, nothing is taken from it.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_FOLDER = "templates"
_HASH_BYTES = 64
_OWN_ONLY = 0o700
_MADE_BY = f"{jinja2.__version__} {sys.version}\n"
"""Code of another Jinja or another Python is none."""


class CompiledTemplates(BytecodeCache):
    """The kept templates of one theme."""

    def __init__(self, cache_dir: Path, theme: Path, *, made_with: str = "") -> None:
        self._folder = cache_dir / _FOLDER
        self._theme = theme
        self._made_with = made_with
        with suppress(OSError):
            self._folder.mkdir(mode=_OWN_ONLY, parents=True, exist_ok=True)
        self._usable = _is_private(self._folder)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - the library's
        """Two themes may name a template alike."""
        return sha256(f"{self._theme}\n{name}".encode()).hexdigest()[:32]

    def get_source_checksum(self, source: str) -> str:
        """Equal where the code would be equal."""
        return sha256(f"{_MADE_BY}{self._made_with}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code if it was made from this very text."""
        if not self._usable:
            return
        with suppress(OSError, EOFError, TypeError, ValueError):
            made_from, code = _cut((self._folder / bucket.key).read_bytes())
            if made_from == bucket.checksum.encode():
                found = marshal.loads(code)  # noqa: S302 - from a folder that is the user's alone
                bucket.code = found if isinstance(found, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write beside the place, then rename: another build reads whole files only."""
        if not self._usable or bucket.code is None:
            return
        partial = self._folder / f"{bucket.key}.{os.urandom(4).hex()}.part"
        with suppress(OSError):  # it would only have been faster next time
            partial.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            partial.replace(self._folder / bucket.key)


def clear(cache_dir: Path) -> tuple[int, int]:
    """Remove all; files and bytes that went."""
    files = size = 0
    for path in (cache_dir / _FOLDER).glob("*"):
        with suppress(OSError):
            length = path.stat().st_size
            path.unlink()
            files, size = files + 1, size + length
    with suppress(OSError):
        (cache_dir / _FOLDER).rmdir()
    return files, size


def _cut(data: bytes) -> tuple[bytes, bytes]:
    return data[:_HASH_BYTES], data[_HASH_BYTES:]


def _is_private(folder: Path) -> bool:
    """Whether nobody else may write there. Windows has no such bits: its users' profiles are their own."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(state.st_mode):
        return False
    return os.name == "nt" or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
