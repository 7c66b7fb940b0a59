"""A small sound EPUB as files by name, for tests that spoil one of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PACKAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="i">urn:uuid:0f3a4b6e-51a7-5b1f-9a4e-6c1d0f6f6a01</dc:identifier>
<dc:title>学习参考</dc:title><dc:language>zh-CN</dc:language>
<meta property="dcterms:modified">2021-10-24T10:00:00Z</meta><meta name="cover" content="p"/></metadata>
<manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="style.css" media-type="text/css"/>
<item id="p" href="p.jpg" properties="cover-image" media-type="image/jpeg"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx"><itemref idref="n"/><itemref idref="a"/></spine></package>
"""
NCX = """\
<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head>
<meta name="dtb:uid" content="urn:uuid:0f3a4b6e-51a7-5b1f-9a4e-6c1d0f6f6a01"/></head>
<docTitle><text>学习参考</text></docTitle><navMap><navPoint id="x1"><navLabel><text>甲</text></navLabel>
<content src="a.xhtml"/><navPoint id="x2"><navLabel><text>乙</text></navLabel><content src="a.xhtml#b"/>\
</navPoint></navPoint></navMap></ncx>
"""


def page(body: str, *, head: str = "", attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-CN" '
        f'xml:lang="zh-CN"><head><title>题</title>{head}</head><body{attributes}>{body}</body></html>'
    )


def jpeg() -> bytes:
    target = BytesIO()
    Image.new("RGB", (8, 8), "#a8201a").save(target, "JPEG")
    return target.getvalue()


def sound() -> dict[str, str | bytes]:
    nav = '<nav epub:type="toc"><ol><li><a href="a.xhtml">甲</a></li></ol></nav>'
    return {
        "META-INF/container.xml": CONTAINER,
        "EPUB/content.opf": PACKAGE,
        "EPUB/nav.xhtml": page(nav),
        "EPUB/a.xhtml": page(
            '<h1 id="b">甲</h1><p><img src="p.jpg" alt="红"/></p>'
            '<p><a href="#b">内</a> <a href="nav.xhtml">目</a></p>',
            head='<link rel="stylesheet" type="text/css" href="style.css"/>',
        ),
        "EPUB/style.css": "p { margin: 0 }",
        "EPUB/p.jpg": jpeg(),
        "EPUB/toc.ncx": NCX,
    }


def write(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files.items():
            made.writestr(name, data)
    return path
