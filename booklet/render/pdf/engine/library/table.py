"""What of WeasyPrint's and pydyf's insides is used: each function, method, class, constant and C declaration.

`GROUPS` are what the pages lose together; `ROWS` say which group puts something around a function, in which
order, and which groups call it or rely on what it does. Of each row `understood.json` holds a digest of the
source as it was read by us; `standing` compares. To add a use: add a row here, read the function in the
releases that `understood.json` names, and run `python -m tests.pdf.engine.understand`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Uses that stand or fall together."""

    name: str
    """Also of the sentence that says what pages lack without it: `reason.engine-<name>`."""
    patches: tuple[str, ...] = ()
    """Our modules beside this one whose `wrappers()` are put in place."""
    needs: tuple[str, ...] = ()
    """Groups without which it means nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the library's."""

    place: str
    """`module:name`; how names are written says `sources.digests`."""
    around: tuple[str, ...] = ()
    """The groups that put something around this function: the first nearest to it, each later one around all
    before it."""
    used_by: tuple[str, ...] = ()
    """The groups that call it, read it, or are called by it and know with what."""

    @property
    def groups(self) -> tuple[str, ...]:
        """All that are lost when it changes."""
        return (*self.around, *self.used_by)


LINES, PARAGRAPHS, LEADERS, NOTES = "lines", "paragraphs", "leaders", "notes"
GRID, PICTURES, ENDS, OPENINGS, LISTINGS = "grid", "pictures", "ends", "openings", "listings"
TABLES = "tables"
NUMBERS, DENSITY, PAGE_MAP, LOG, CHUNKS = "numbers", "density", "page-map", "log", "chunks"

GROUPS = (
    Group(LINES, ("lines.justify",)),
    Group(PARAGRAPHS, ("lines.paragraphs",), needs=(LINES,)),
    Group(LEADERS, ("lines.leaders",)),
    Group(NOTES, ("pages.page_notes",)),
    Group(GRID, ("pages.grid",)),
    Group(PICTURES, ("pages.fit",)),
    Group(ENDS, ("pages.ends",)),
    Group(OPENINGS, ("pages.openings",)),
    Group(LISTINGS, ("pages.blank_lines",)),
    Group(TABLES, ("pages.continued_tables",)),
    Group(NUMBERS, ("short_numbers",)),
    Group(DENSITY),
    Group(PAGE_MAP),
    Group(LOG),
    Group(CHUNKS, needs=(PAGE_MAP,)),  # its wrappers know the job: chunk.py gives them
)

ALL = frozenset(group.name for group in GROUPS)
READERS = frozenset((DENSITY, PAGE_MAP, LOG))
"""Those that put nothing in place: they read what the library has made."""
_BLOCKS = (GRID, PICTURES, ENDS, OPENINGS, LISTINGS)
_TEXTS = (LINES, LEADERS)
_LINE_BREAK = "weasyprint.text.line_break"
_BOXES = "weasyprint.formatting_structure.boxes"
_FFI = "weasyprint.text.ffi"
_BLOCK = "weasyprint.layout.block"
_INLINE = "weasyprint.layout.inline"
_PAGE = "weasyprint.layout.page"
_LAYOUT = "weasyprint.layout"

ROWS = (
    # Lines. A paragraph that looks ahead fills lines that `lines` sets.
    Row(f"{_INLINE}:split_inline_box", around=(LINES, PARAGRAPHS)),
    Row(f"{_INLINE}:split_text_box", around=(LINES,)),
    Row(f"{_INLINE}:can_break_inside", around=(LINES,)),
    Row(f"{_INLINE}:text_align", around=(LINES,)),
    Row(f"{_LINE_BREAK}:Layout.set_text", around=(LINES,), used_by=(LEADERS, CHUNKS)),
    Row(f"{_LINE_BREAK}:Layout.get_first_line", around=(LINES,), used_by=(LEADERS,)),
    Row("weasyprint.draw.text:draw_first_line", around=(LINES,), used_by=(CHUNKS,)),
    # The dots of leaders become one text in lines that are given away, not in those that were a try.
    Row(f"{_BLOCK}:iter_line_boxes", around=(PARAGRAPHS, LEADERS)),
    Row(f"{_INLINE}:iter_line_boxes", used_by=(LINES, PARAGRAPHS, LEADERS)),
    Row(f"{_INLINE}:get_next_linebox", used_by=(LINES, PARAGRAPHS)),
    Row(f"{_INLINE}:split_inline_level", used_by=(LINES,)),
    Row(f"{_INLINE}:remove_last_whitespace", used_by=(LINES,)),
    Row(f"{_INLINE}:trailing_whitespace_size", used_by=(LINES,)),
    Row(f"{_INLINE}:handle_leader", used_by=(LEADERS,)),
    Row("weasyprint.layout.preferred:trailing_whitespace_size", used_by=(LINES,)),
    Row("weasyprint.layout.preferred:inline_max_content_width", used_by=(LINES,)),
    Row("weasyprint.layout.leader:leader_index", used_by=(LEADERS,)),
    Row("weasyprint.layout.leader:handle_leader", used_by=(LEADERS,)),
    Row(f"{_LINE_BREAK}:Layout", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:Layout.__init__", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:Layout.setup", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:Layout.deactivate", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:Layout.reactivate", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:line_size", used_by=_TEXTS),
    Row(f"{_LINE_BREAK}:create_layout", used_by=(LINES, CHUNKS)),
    Row(f"{_LINE_BREAK}:split_first_line", used_by=(LINES,)),
    Row(f"{_LINE_BREAK}:_font_style_cache_key", used_by=(LINES,)),
    Row("weasyprint.draw.text:draw_text", used_by=(LINES, CHUNKS)),
    Row("weasyprint.pdf.stream:Stream.add_font", used_by=(LINES, CHUNKS)),
    Row(f"{_FFI}:ffi", used_by=(LINES, CHUNKS)),
    Row(f"{_FFI}:pango", used_by=(LINES, CHUNKS)),
    Row(f"{_FFI}:_dlopen", used_by=(LINES,)),
    Row(f"{_FFI}:FROM_UNITS", used_by=(LINES,)),
    Row(f"{_FFI}:TO_UNITS", used_by=(LINES,)),
    *(
        Row(f"{_FFI}:C {name}", used_by=(LINES,))
        for name in (
            *("PANGO_GLYPH_EMPTY", "PangoItem", "PangoGlyphGeometry", "PangoGlyphInfo", "PangoGlyphString"),
            *("PangoGlyphItem", "PangoAttribute", "PangoRectangle", "PangoLayoutLine", "PangoAttrList"),
            *("pango_attr_list_new", "pango_attr_list_insert", "pango_attr_list_change"),
            *("pango_attr_list_unref", "pango_attr_font_features_new", "pango_attr_letter_spacing_new"),
            *("pango_layout_get_attributes", "pango_layout_set_attributes"),
            *("pango_layout_get_line_readonly", "pango_layout_line_get_extents"),
        )
    ),
    # Blocks and pages. The grid moves what is laid out, so it is nearest; a picture that is tried smaller is
    # on the grid; the end of an article and its opening see pictures and text as they finally stand; a blank
    # line has lost its height before anything looks at it.
    Row(f"{_BLOCK}:block_level_layout", around=(GRID, PICTURES, ENDS, OPENINGS, LISTINGS)),
    Row(f"{_BLOCK}:find_earlier_page_break", around=(ENDS,)),
    Row(f"{_BLOCK}:_linebox_layout", around=(NOTES,), used_by=(PARAGRAPHS, LEADERS)),
    Row(f"{_BLOCK}:table_layout", around=(TABLES,)),
    Row("weasyprint.layout.table:table_layout", used_by=(TABLES,)),
    Row("weasyprint.layout.replaced:inline_replaced_box_width_height", around=(PICTURES,)),
    Row("weasyprint.layout.replaced:block_replaced_box_layout", used_by=(PICTURES,)),
    Row("weasyprint.layout.replaced:inline_replaced_box_layout", used_by=(PICTURES,)),
    Row(f"{_BLOCK}:_in_flow_layout", used_by=_BLOCKS),
    Row(f"{_BLOCK}:block_level_layout_switch", used_by=_BLOCKS),
    Row(f"{_BLOCK}:block_box_layout", used_by=_BLOCKS),
    Row(f"{_BLOCK}:block_container_layout", used_by=(NOTES, *_BLOCKS)),
    Row(f"{_BLOCK}:block_replaced_box_layout", used_by=(PICTURES,)),
    Row(f"{_BLOCK}:block_level_page_break", used_by=(ENDS,)),
    Row(f"{_BLOCK}:collapse_margin", used_by=(GRID,)),
    Row(f"{_BLOCK}:remove_placeholders", used_by=(PICTURES, OPENINGS)),
    Row("weasyprint.layout.percent:resolve_percentages", used_by=(GRID, CHUNKS)),
    Row("weasyprint.css.properties:ZERO_PIXELS", used_by=(LISTINGS, TABLES)),
    Row(f"{_LAYOUT}:LayoutContext.__init__", used_by=(NOTES, *_BLOCKS, CHUNKS)),
    Row(f"{_LAYOUT}:LayoutContext.overflows_page", used_by=(PICTURES,)),
    Row(f"{_LAYOUT}:LayoutContext.layout_footnote", used_by=(NOTES,)),
    Row(f"{_LAYOUT}:LayoutContext.report_footnote", used_by=(NOTES,)),
    Row(f"{_LAYOUT}:LayoutContext._update_footnote_area", used_by=(NOTES,)),
    Row(f"{_PAGE}:make_page", used_by=(NOTES, GRID, LISTINGS, CHUNKS)),
    # Boxes.
    Row(f"{_BOXES}:TextBox", used_by=(*_TEXTS, CHUNKS)),
    Row(f"{_BOXES}:LineBox", used_by=(LINES, PARAGRAPHS, OPENINGS)),
    Row(f"{_BOXES}:InlineBox", used_by=(LINES,)),
    Row(f"{_BOXES}:ParentBox", used_by=(LINES,)),
    Row(f"{_BOXES}:BlockBox", used_by=(ENDS,)),
    Row(f"{_BOXES}:TableBox", used_by=(OPENINGS, TABLES)),
    Row(f"{_BOXES}:TableRowGroupBox", used_by=(TABLES,)),
    Row(f"{_BOXES}:PageBox", used_by=(CHUNKS,)),
    Row(f"{_BOXES}:MarginBox", used_by=(PAGE_MAP, CHUNKS)),
    Row(f"{_BOXES}:Box.__init__", used_by=(LINES, PARAGRAPHS, *_BLOCKS, PAGE_MAP, CHUNKS)),
    Row(f"{_BOXES}:Box.anonymous_from", used_by=(LINES,)),
    Row(f"{_BOXES}:Box.copy", used_by=(LINES, LISTINGS, TABLES)),
    Row(f"{_BOXES}:Box.translate", used_by=(LINES, GRID)),
    Row(f"{_BOXES}:Box.is_in_normal_flow", used_by=(LINES, PARAGRAPHS, GRID, ENDS, LISTINGS)),
    Row(f"{_BOXES}:Box.content_box_x", used_by=(PARAGRAPHS,)),
    Row(f"{_BOXES}:Box.content_box_y", used_by=(GRID, PICTURES, LISTINGS)),
    Row(f"{_BOXES}:Box.border_box_y", used_by=(GRID,)),
    Row(f"{_BOXES}:Box.border_height", used_by=(GRID, ENDS)),
    Row(f"{_BOXES}:Box.margin_height", used_by=(PICTURES,)),
    Row(f"{_BOXES}:Box.page_values", used_by=(OPENINGS,)),
    Row(f"{_BOXES}:Box.descendants", used_by=(PARAGRAPHS, DENSITY, PAGE_MAP, CHUNKS)),
    Row(f"{_BOXES}:ParentBox.page_values", used_by=(OPENINGS,)),
    Row(f"{_BOXES}:ParentBox.copy_with_children", used_by=(TABLES, CHUNKS)),
    Row(f"{_BOXES}:TextBox.copy_with_text", used_by=(*_TEXTS, CHUNKS)),
    Row(f"{_BOXES}:ReplacedBox.__init__", used_by=(DENSITY, PAGE_MAP)),
    # Finished pages.
    Row("pydyf:_to_bytes", around=(NUMBERS,)),
    Row("weasyprint.document:Page", used_by=(CHUNKS,)),
    Row("weasyprint.document:Page.__init__", used_by=(LISTINGS, DENSITY, PAGE_MAP, CHUNKS)),
    Row("weasyprint.images:RasterImage", used_by=(DENSITY,)),
    Row("weasyprint.images:RasterImage.__init__", used_by=(DENSITY,)),
    Row("weasyprint.images:RasterImage.cache_image_data", used_by=(DENSITY,)),
    Row("weasyprint.images:RasterImage.draw", used_by=(DENSITY,)),
    Row("weasyprint.images:RasterImage.get_x_object", used_by=(DENSITY,)),
    Row(f"{_PAGE}:_standardize_page_based_counters", used_by=(PAGE_MAP,)),
    Row(f"{_PAGE}:remake_page", used_by=(PAGE_MAP, CHUNKS)),
    # What the library says while it works.
    Row("weasyprint.logger:LOGGER", used_by=(LOG,)),
    Row("weasyprint.logger:PROGRESS_LOGGER", used_by=(LOG,)),
    Row("weasyprint.images:'Failed to load image", used_by=(LOG,)),
    Row("weasyprint.draw.text:'.notdef glyph", used_by=(LOG,)),
    Row("weasyprint.text.fonts:'Font-face", used_by=(LOG,)),
    Row(f"{_PAGE}:'Step 5 - Creating layout - Page %d", used_by=(LOG,)),
    Row(f"{_FFI}:harfbuzz_subset", used_by=(LOG,)),
    # Chunks of a long book.
    Row("weasyprint.css.targets:TargetCollector.lookup_target", around=(CHUNKS,)),
    Row("weasyprint.draw:draw_text", around=(CHUNKS,)),
    Row("weasyprint.pdf.fonts:get_hb_object_data", around=(CHUNKS,)),
    Row("weasyprint.pdf.fonts:Font.clean", around=(CHUNKS,)),
    Row(f"{_LAYOUT}:make_margin_boxes", around=(CHUNKS,)),
    Row("weasyprint.css.targets:anchor_name_from_token", used_by=(CHUNKS,)),
    Row("weasyprint.formatting_structure.build:compute_content_list", used_by=(CHUNKS,)),
    Row("weasyprint.draw:draw_inline_level", used_by=(CHUNKS,)),
    Row("weasyprint.pdf.stream:Stream.clone", used_by=(CHUNKS,)),
    Row("weasyprint.pdf.stream:Stream.__init__", used_by=(CHUNKS,)),
    Row("weasyprint.pdf.fonts:Font.__init__", used_by=(LINES, CHUNKS)),
    Row("weasyprint.pdf.fonts:Font.type", used_by=(CHUNKS,)),
    Row("weasyprint.pdf.fonts:Font._harfbuzz_subset", used_by=(CHUNKS,)),
    Row("weasyprint.pdf.fonts:build_fonts_dictionary", used_by=(CHUNKS,)),
    Row("weasyprint.text.fonts:get_hb_object_data", used_by=(CHUNKS,)),
    Row("weasyprint.matrix:Matrix", used_by=(CHUNKS,)),
    Row("weasyprint.css.counters:CounterStyle", used_by=(CHUNKS,)),
    Row("weasyprint.css:StyleFor.__init__", used_by=(CHUNKS,)),
    Row("weasyprint.css:StyleFor.__call__", used_by=(CHUNKS,)),
    Row("weasyprint.css:StyleFor._page_type_match", used_by=(CHUNKS,)),
    Row("weasyprint.css:parse_page_selectors", used_by=(CHUNKS,)),
    Row("weasyprint.document:Document._build_layout_context", used_by=(CHUNKS,)),
    Row("weasyprint.document:Document.__init__", used_by=(CHUNKS,)),
    Row(f"{_LAYOUT}:layout_document", used_by=(CHUNKS,)),
    Row(f"{_LAYOUT}:LayoutContext.get_string_set_for", used_by=(CHUNKS,)),
    Row(f"{_PAGE}:PageType", used_by=(CHUNKS,)),
    Row(f"{_PAGE}:make_margin_boxes", used_by=(CHUNKS,)),
    Row(f"{_PAGE}:set_page_type_computed_styles", used_by=(CHUNKS,)),
    Row(f"{_PAGE}:page_width", used_by=(CHUNKS,)),
    Row(f"{_PAGE}:page_height", used_by=(CHUNKS,)),
    Row("weasyprint.layout.background:layout_box_backgrounds", used_by=(CHUNKS,)),
    Row(f"{_FFI}:harfbuzz", used_by=(CHUNKS,)),
    *(
        Row(f"{_FFI}:C {name}", used_by=(CHUNKS,))
        for name in (
            *("hb_face_reference_table", "hb_tag_from_string", "hb_blob_get_length", "hb_blob_destroy"),
            "pango_version",
        )
    ),
)
