"""What stores and readers refuse or spoil although it is valid: rules out of real rejections.

Each rule is a function from the archive to the places of its fault; its finding has the code under which it
stands in `RULES`. Where reports name the project and the number, they are GitHub issues.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from booklet.check.archive import Archive
from booklet.findings import Finding, finding
from booklet.words.language_codes import is_known

Rule = Callable[[Archive], Iterable[str]]

MAX_MAIL_BYTES = 50_000_000
MAX_PICTURE_BYTES = 5_000_000
MAX_DOCUMENT_BYTES = 260 * 1024
_NCX_LEVELS = 2
_KEPUB_ENDING = ".kepub.epub"

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_NCX_TYPE = "application/x-dtbncx+xml"
_PAGES = (".xhtml", ".html", ".htm")
_PICTURES = {"image/gif", "image/jpeg", "image/png", "image/svg+xml"}

_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
_CSS_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_VARIABLE = re.compile(rb"(?:^|[{;\s\"'])--[\w-]+\s*:|\bvar\(")
_STYLE_IN_PAGE = re.compile(rb"<style\b[^>]*>.*?</style|\bstyle\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.DOTALL)
_UTF8_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def preflight(archive: Archive) -> Iterator[Finding]:
    """One finding for each rule that is broken; it names the first place and how many more there are."""
    for code, rule in RULES.items():
        places = list(dict.fromkeys(rule(archive)))
        if places:
            more = f" +{len(places) - 1}" if len(places) > 1 else ""
            yield finding(code, str(archive.path), where=f"{places[0]}{more}")


def _package(archive: Archive) -> tuple[str, etree._Element] | None:
    return next(((name, tree) for name, tree in archive.trees.items() if name.lower().endswith(".opf")), None)


def _metadata(archive: Archive, name: str) -> list[str]:
    package = _package(archive)
    return [(one.text or "").strip() for one in package[1].iter(_DC + name)] if package else []


def _manifest(archive: Archive) -> Iterator[tuple[str, etree._Element]]:
    """The items with the names of their entries."""
    if package := _package(archive):
        name, tree = package
        for item in tree.iter(_OPF + "item"):
            yield _entry(name, item.get("href", "")), item


def _entry(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))


def _pages(archive: Archive) -> Iterator[tuple[str, etree._Element]]:
    return ((name, tree) for name, tree in archive.trees.items() if name.lower().endswith(_PAGES))


def _page_bytes(archive: Archive) -> Iterator[tuple[str, bytes]]:
    return ((name, data) for name, data in archive.documents.items() if name.lower().endswith(_PAGES))


def _is_kepub(archive: Archive) -> bool:
    return archive.path.name.lower().endswith(_KEPUB_ENDING)


def several_titles(archive: Archive) -> Iterable[str]:
    """Send to Kindle answers E999 to a second `dc:title`, a subtitle (grimmory-tools/grimmory 2323)."""
    return _metadata(archive, "title")[1:]


def unknown_language(archive: Archive) -> Iterable[str]:
    """`us` or `C` instead of a language is E999 (dteviot/WebToEpub 1154, ofou/graham-essays 19)."""
    for tag in _metadata(archive, "language"):
        if not is_known(tag):
            yield tag or "–"


def dashes_in_comments(archive: Archive) -> Iterable[str]:
    """`--` in a comment, which XML forbids (abuseofnotation/category-theory-illustrated 62)."""
    for name, data in archive.documents.items():
        if name.lower().endswith(".css"):
            continue
        if any(b"--" in text or text.endswith(b"-") for text in _COMMENT.findall(data)):
            yield name


def css_variables(archive: Archive) -> Iterable[str]:
    """Custom properties: suspected behind E999 (harvard-edge/cs249r_book 1148), unknown to old readers."""
    for name, data in archive.documents.items():
        lower = name.lower()
        styles = [data] if lower.endswith(".css") else []
        if lower.endswith(_PAGES):
            styles = _STYLE_IN_PAGE.findall(data)
        if any(_VARIABLE.search(_CSS_COMMENT.sub(b"", style)) for style in styles):
            yield name


def too_large_to_mail(archive: Archive) -> Iterable[str]:
    """Above 50 MB: no mail to Kindle, and E999 by its page (input-output-hk/mastering-cardano 47)."""
    size = archive.path.stat().st_size
    if size > MAX_MAIL_BYTES:
        yield f"{size / 1e6:.0f} MB"


def no_ncx(archive: Archive) -> Iterable[str]:
    """Kindle and old readers take their contents from the NCX alone (celogeek/go-comic-converter 23)."""
    package = _package(archive)
    if package and not any(item.get("media-type") == _NCX_TYPE for _, item in _manifest(archive)):
        yield package[0]


def deep_ncx(archive: Archive) -> Iterable[str]:
    """Kindle shows two levels of contents (Kindle Publishing Guidelines 2019.2, 5.2)."""
    for name, item in _manifest(archive):
        tree = archive.trees.get(name)
        if item.get("media-type") == _NCX_TYPE and tree is not None:
            for point in tree.iter(_NCX + "navPoint"):
                if sum(1 for _ in point.iterancestors(_NCX + "navPoint")) >= _NCX_LEVELS:
                    yield name


def nameless_file(archive: Archive) -> Iterable[str]:
    """Send to Kindle has shown the file's name for the title: `1669106941392` (postlight/parser 715)."""
    if not any(character.isalpha() for character in archive.path.name.partition(".")[0]):
        yield archive.path.name


def names_with_spaces(archive: Archive) -> Iterable[str]:
    """Spaces and other letters than ASCII's in names inside: kobolabs/epub-spec warns of them."""
    return (name for name in archive.sizes if " " in name or not name.isascii())


def rare_pictures(archive: Archive) -> Iterable[str]:
    """Kindle and Kobo show no WebP (nikhil1raghav/kindle-send 27, kobolabs/epub-spec 74), nor AVIF."""
    for name, item in _manifest(archive):
        kind = item.get("media-type", "")
        if kind.startswith("image/") and kind not in _PICTURES:
            yield name


def heavy_pictures(archive: Archive) -> Iterable[str]:
    """A picture above 5 MB (kobolabs/epub-spec)."""
    for name, item in _manifest(archive):
        if item.get("media-type", "").startswith("image/") and archive.sizes.get(name, 0) > MAX_PICTURE_BYTES:
            yield name


def heavy_pages(archive: Archive) -> Iterable[str]:
    """Adobe's engine takes 260 KB a file (calibre's `--flow-size`); Kobo's own, for kepubs, takes more."""
    if _is_kepub(archive):
        return
    for name, data in _page_bytes(archive):
        if len(data) > MAX_DOCUMENT_BYTES:
            yield name


def undeclared_encoding(archive: Archive) -> Iterable[str]:
    """Send to Kindle reads pages without a declaration as Latin-1 (innocenat/kindle-epub-fix)."""
    for name, data in _page_bytes(archive):
        if not _UTF8_DECLARED.match(data.removeprefix(_BOM)):
            yield name


def dangling_fragments(archive: Archive) -> Iterable[str]:
    """A link to an id that is not there (abuseofnotation/category-theory-illustrated 62)."""
    pages = dict(_pages(archive))
    ids = {name: {one.get("id") for one in tree.iter(etree.Element)} for name, tree in pages.items()}
    for name, target, fragment in _inner_links(pages):
        if target in ids and fragment not in ids[target]:
            yield f"{name}#{fragment}"


def links_to_body(archive: Archive) -> Iterable[str]:
    """Send to Kindle loses the id of `body`, and then refuses links to it (innocenat/kindle-epub-fix)."""
    pages = dict(_pages(archive))
    bodies = {
        name: body.get("id")
        for name, tree in pages.items()
        if (body := tree.find(_XHTML + "body")) is not None
    }
    for name, target, fragment in _inner_links(pages):
        if bodies.get(target) == fragment:
            yield f"{name}#{fragment}"


def _inner_links(pages: Mapping[str, etree._Element]) -> Iterator[tuple[str, str, str]]:
    """Page, page that it leads to, fragment."""
    for name, tree in pages.items():
        for link in tree.iter(_XHTML + "a"):
            address, _, fragment = link.get("href", "").partition("#")
            if fragment and ":" not in address:
                yield name, _entry(name, address) if address else name, unquote(fragment)


def pictures_without_source(archive: Archive) -> Iterable[str]:
    """An `img` without `src` is E999 (innocenat/kindle-epub-fix)."""
    for name, tree in _pages(archive):
        if any(not picture.get("src", "").strip() for picture in tree.iter(_XHTML + "img")):
            yield name


def kindle_remnants(archive: Archive) -> Iterable[str]:
    """`data-AmznRemoved`: what went through Amazon's converter once is refused then (typescript-book 108)."""
    return (name for name, data in _page_bytes(archive) if b"data-AmznRemoved" in data)


def no_cover(archive: Archive) -> Iterable[str]:
    """No cover picture in EPUB 2's way, `<meta name="cover">`, for which Kindle and Kobo look."""
    if package := _package(archive):
        name, tree = package
        named = {one.get("content") for one in tree.iter(_OPF + "meta") if one.get("name") == "cover"}
        if not any(item.get("id") in named for item in tree.iter(_OPF + "item")):
            yield name


def kobo_confusion(archive: Archive) -> Iterable[str]:
    """Kobo opens `.kepub.epub` by its own engine, which needs its spans; by another name they are in vain."""
    pages = [data for _, data in _page_bytes(archive)]
    if pages and any(b"koboSpan" in data for data in pages) != _is_kepub(archive):
        yield archive.path.name


RULES: Mapping[str, Rule] = {
    "preflight-titles": several_titles,
    "preflight-language": unknown_language,
    "preflight-comments": dashes_in_comments,
    "preflight-css-variables": css_variables,
    "preflight-mail": too_large_to_mail,
    "preflight-ncx": no_ncx,
    "preflight-ncx-depth": deep_ncx,
    "preflight-file-name": nameless_file,
    "preflight-entry-names": names_with_spaces,
    "preflight-picture-types": rare_pictures,
    "preflight-picture-size": heavy_pictures,
    "preflight-page-size": heavy_pages,
    "preflight-encoding": undeclared_encoding,
    "preflight-fragments": dangling_fragments,
    "preflight-body-links": links_to_body,
    "preflight-picture-source": pictures_without_source,
    "preflight-remnants": kindle_remnants,
    "preflight-cover": no_cover,
    "preflight-kobo": kobo_confusion,
}
"""By finding code, in the order of telling."""
