"""An EPUB from anywhere, read within limits: its documents in memory, its faults as an archive."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from booklet.check.entities import expanded_size

MAX_ENTRIES = 20_000
MAX_ARCHIVE_BYTES = 2_000_000_000
"""Apple Books takes no larger one."""
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_DOCUMENT_BYTES = 50_000_000
MAX_DOCUMENTS_BYTES = 500_000_000

_MIMETYPE = b"application/epub+zip"
# RuntimeError: an encrypted entry; its kind NotImplementedError: a compression that Python lacks
ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_XML_ENDINGS = (".xhtml", ".html", ".htm", ".opf", ".ncx", ".xml")
_DOCUMENT_ENDINGS = (*_XML_ENDINGS, ".css")
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, in the words of who opens archives and parses XML."""

    id: str
    """`size` (nothing may unpack it), `zip`, `mimetype`, `container`, `xml`."""
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Archive:
    """What could be read."""

    path: Path
    sizes: Mapping[str, int] = field(default_factory=dict)
    """By entry, unpacked, as the archive says."""
    documents: Mapping[str, bytes] = field(default_factory=dict)
    trees: Mapping[str, etree._Element] = field(default_factory=dict)
    """The documents that are well-formed XML."""
    faults: tuple[Fault, ...] = ()

    @property
    def is_bomb(self) -> bool:
        """No other tool should be made to unpack it either."""
        return any(fault.id == "size" for fault in self.faults)


class _TooLargeError(Exception):
    """An entry that unpacks to more than it says, or than we take."""


def read(path: Path) -> Archive:
    """Read an archive; one that cannot be read gives faults."""
    if path.stat().st_size > MAX_ARCHIVE_BYTES:
        return _refused(path, "the file is too large to be looked at", path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path)
    except ARCHIVE_FAULTS as error:
        return Archive(path, faults=(Fault("zip", str(error), path.name),))


def _refused(path: Path, text: str, where: str) -> Archive:
    return Archive(path, faults=(Fault("size", text, where),))


def _read(archive: zipfile.ZipFile, path: Path) -> Archive:
    entries = archive.infolist()
    documents = [entry for entry in entries if _is_document(entry)]
    if len(entries) > MAX_ENTRIES:
        return _refused(path, f"has {len(entries)} entries, too many to be looked at", path.name)
    if sum(entry.file_size for entry in documents) > MAX_DOCUMENTS_BYTES:
        return _refused(path, "its documents are too large to be looked at", path.name)
    content: dict[str, bytes] = {}
    unpacked = 0
    for entry in entries:
        is_document = _is_document(entry)
        limit = MAX_DOCUMENT_BYTES if is_document else MAX_UNPACKED_BYTES
        try:
            data, size = _unpacked(archive, entry, limit=limit, keep=is_document)
        except _TooLargeError:
            return _refused(path, "is too large to be looked at", entry.filename)
        unpacked += size
        if unpacked > MAX_UNPACKED_BYTES:
            return _refused(path, "unpacks to more than can be looked at", path.name)
        if is_document and expanded_size(data, limit=MAX_DOCUMENT_BYTES) > MAX_DOCUMENT_BYTES:
            return _refused(path, "declares entities from outside or without end", entry.filename)
        if is_document:
            content[entry.filename] = data
    trees, faults = _parsed(content)
    return Archive(
        path,
        sizes={entry.filename: entry.file_size for entry in entries},
        documents=content,
        trees=trees,
        faults=(*_package_faults(archive, path), *faults),
    )


def _is_document(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith(_DOCUMENT_ENDINGS)


def _unpacked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limit: int, keep: bool
) -> tuple[bytes, int]:
    """The entry's bytes if they are to be kept, and how many there truly are: what it says may be a lie."""
    if entry.file_size > limit:
        raise _TooLargeError
    kept, size = [], 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > limit:
                raise _TooLargeError
            if keep:
                kept.append(chunk)
    return b"".join(kept), size


def _package_faults(archive: zipfile.ZipFile, path: Path) -> Iterator[Fault]:
    entries = archive.infolist()
    first = entries[0] if entries else None
    bare = first is not None and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    if first is None or not bare or first.file_size > len(_MIMETYPE) or archive.read(first) != _MIMETYPE:
        yield Fault("mimetype", "the first entry is not an uncompressed “mimetype” of an EPUB", path.name)
    if "META-INF/container.xml" not in archive.namelist():
        yield Fault("container", "there is no META-INF/container.xml", path.name)


def _parsed(content: Mapping[str, bytes]) -> tuple[dict[str, etree._Element], list[Fault]]:
    trees, faults = {}, []
    for name, data in content.items():
        if not name.lower().endswith(_XML_ENDINGS):
            continue
        # Entities are not put in, and libxml2 itself refuses those that grow.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            trees[name] = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            faults.append(Fault("xml", str(error.msg), f"{name}:{error.lineno or 0}"))
    return trees, faults
