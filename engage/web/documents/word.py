"""A Word document that everybody can read: what each part of it must be so that a screen reader, a magnifier or a printer gets it whole.

Headings are headings and lists are lists; the document says its language and its title; a table's head is marked and repeated on every
page; nothing is told by colour alone; pages are numbered. After WCAG 2.2 (1.3.1, 1.3.2, 1.4.1, 2.4.2, 3.1.1) and Microsoft's
accessibility checker for Word.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor


FONT, INK = "Arial", RGBColor(0, 0, 0)
SIZES = {"Normal": 11, "Heading 1": 20, "Heading 2": 16, "Heading 3": 13}
# Words as a source wrote them: told from ours by name of style, by quotation marks and by where they stand, not by colour.
AS_DELIVERED = "As delivered"
ITEM = "List Bullet"
# No XML file may hold these; a source's text may.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGES = ("w:val", "w:eastAsia", "w:bidi")


@dataclass(frozen=True)
class Part:
    """One paragraph of a cell: `is_strong` for what it is about, `is_as_delivered` for words as their source wrote them, `is_item` for
    one of a list."""

    text: str
    is_strong: bool = False
    is_as_delivered: bool = False
    is_item: bool = False


class Paper:
    """A document that is written from its first line to its last. `at` is when it is made; `language` as in `en-GB`."""

    def __init__(self, title: str, *, author: str, at: datetime, language: str) -> None:
        self._file: Any = docx.Document()
        self._says_what_it_is(title, author, at, language)
        self._looks(language)
        self._lies_on_a4()
        self._style_ids = {name: self._file.styles[name].style_id for name in (AS_DELIVERED, ITEM)}
        self.heading(title, 1)

    def heading(self, text: str, level: int) -> None:
        """A heading that a reader can jump to; levels are not skipped by those who call."""
        self._file.add_heading(_clean(text), level)

    def paragraph(self, text: str) -> None:
        """A paragraph of our own words."""
        self._file.add_paragraph(_clean(text))

    def bullets(self, texts: Iterable[str]) -> None:
        """A list that a screen reader announces as one."""
        for text in texts:
            self._file.add_paragraph(_clean(text), style=ITEM)

    def table(
        self,
        about: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Sequence[Part]]],
        widths: Sequence[float],
    ) -> None:
        """A table: `about` says to who cannot see it what its rows are; `widths` of the columns in centimetres."""
        table = self._file.add_table(rows=1, cols=len(head), style="Table Grid")
        table.autofit = False
        _says(table, about)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        _mark_as_head(table.rows[0])
        self._fill(table.rows[0], [[Part(text, is_strong=True)] for text in head], widths)
        for cells in rows:
            self._fill(table.add_row(), cells, widths)

    def header(self, text: str) -> None:
        """The first line of every page: how the document is marked."""
        line = self._file.sections[0].header.paragraphs[0]
        line.add_run(_clean(text)).bold = True

    def footer(self, text: str, page: str, of: str) -> None:
        """The last line of every page: what the document is, and which page of how many (`page` and `of` are those words)."""
        line = self._file.sections[0].footer.paragraphs[0]
        line.add_run(_clean(f"{text}    {page} "))
        _field(line, "PAGE")
        line.add_run(f" {of} ")
        _field(line, "NUMPAGES")

    def as_bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    def _fill(self, row: Any, cells: Sequence[Sequence[Part]], widths: Sequence[float]) -> None:
        for cell, parts, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            for number, part in enumerate(parts):
                line = cell.paragraphs[0] if not number else cell.add_paragraph()
                if part.is_as_delivered or part.is_item:
                    # By its id: by its name the library would look through all styles for every paragraph.
                    name = AS_DELIVERED if part.is_as_delivered else ITEM
                    line._p.style = self._style_ids[name]  # noqa: SLF001  the library has no name for it
                line.add_run(_clean(part.text)).bold = part.is_strong or None

    def _says_what_it_is(self, title: str, author: str, at: datetime, language: str) -> None:
        about = self._file.core_properties
        about.title, about.author, about.last_modified_by = _clean(title), _clean(author), _clean(author)
        about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
        about.language, about.comments, about.keywords = language, "", ""

    def _looks(self, language: str) -> None:
        """One plain typeface in black on white, left-aligned, and the language of every word."""
        styles = self._file.styles
        words = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        spoken = words.find(qn("w:lang"))
        for name in _LANGUAGES:
            spoken.set(qn(name), language)
        quoted = styles.add_style(AS_DELIVERED, WD_STYLE_TYPE.PARAGRAPH)
        quoted.base_style, quoted.quick_style = styles["Normal"], True
        quoted.paragraph_format.left_indent = Cm(0.5)
        for name, size in SIZES.items():
            style = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
            fonts = style.element.rPr.rFonts
            for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[theme]
            for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(script), FONT)
        styles["Normal"].paragraph_format.space_after = Pt(4)

    def _lies_on_a4(self) -> None:
        """Across: a chronology is a table with long texts."""
        page = self._file.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Cm(29.7), Cm(21.0)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)


def _clean(text: str) -> str:
    """Signs that a Word file cannot hold are shown as such and not left out."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _says(table: Any, about: str) -> None:
    """What the table is, for those who hear it; its first row and first column are heads."""
    properties = table._tbl.tblPr  # noqa: SLF001  the library has no name for it
    for name in ("w:tblCaption", "w:tblDescription"):
        words = OxmlElement(name)
        words.set(qn("w:val"), _clean(about))
        properties.append(words)


def _mark_as_head(row: Any) -> None:
    """Repeated on every page that the table reaches, and never broken between two."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  the library has no name for it
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _field(line: Any, what: str) -> None:
    """A number that the word processor counts: of the page, of the pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)  # noqa: SLF001  the library has no name for it
