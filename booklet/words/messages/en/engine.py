"""What a page lacks when the PDF engine's release is another inside; follows “…, so ”."""

MESSAGES = {
    "reason.engine-lines": "lines of Chinese are not stretched to the margin and their marks stay wide",
    "reason.engine-paragraphs": "some lines of narrow columns end before the margin",
    "reason.engine-leaders": "the PDF is somewhat larger (dots of the contents)",
    "reason.engine-tables": "tables that go on overleaf say so from their beginning",
    "reason.engine-notes": "notes may stand on the page behind their call",
    "reason.engine-grid": "lines of facing pages do not stand level",
    "reason.engine-pictures": "pictures that do not fit leave white at the foot of pages",
    "reason.engine-ends": "articles may end with a single line on a page",
    "reason.engine-openings": "titles may stand alone at the foot of pages",
    "reason.engine-listings": "blank lines of listings may begin or end pages",
    "reason.engine-numbers": "the PDF is somewhat larger (lengths written in full)",
    "reason.engine-density": "the PDF is larger, because pictures are denser than print needs",
    "reason.engine-page-map": (
        "page numbers are missing in the report, in the EPUB's list of pages and in viewers"
    ),
    "reason.engine-log": "missing characters and failed pictures are not reported, and pages are not counted",
    "reason.engine-chunks": "the long booklet was set as one document, which takes more time and memory",
}
