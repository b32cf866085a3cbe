"""What the shared components of pages are given: plain words, already in the reader's language.

Presenters make these; `templates/_components/*.html` show them. The gallery page shows one of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Cell:
    """One value: `text` for people; `href` makes it a link, and `heard` are its words that are heard and not seen, so that links of one column stay short; `colour` a tag of that colour; `is_verbatim` shows it
    exactly as a source wrote it; `is_text` keeps the lines of what a person wrote; `is_known` False shows it as what is not known."""

    text: str
    href: str = ""
    colour: str = ""
    is_verbatim: bool = False
    is_known: bool = True
    label: str = ""
    is_number: bool = False
    is_text: bool = False
    heard: str = ""

    def html(self) -> SafeString:
        """As `_components/cell.html` shows it."""
        text = escaped(self.text)
        if not self.is_known:
            return SafeString(f'<span class="engage-not-known">{text}</span>')
        if self.colour:
            return SafeString(f'<strong class="govuk-tag govuk-tag--{escaped(self.colour)}">{text}</strong>')
        if self.href:
            heard = f'<span class="govuk-visually-hidden"> {escaped(self.heard)}</span>' if self.heard else ""
            return SafeString(f'<a class="govuk-link" href="{escaped(self.href)}">{text}{heard}</a>')
        css = "engage-verbatim" if self.is_verbatim else "engage-as-written" if self.is_text else ""
        return SafeString(f'<span class="{css}">{text}</span>' if css else text)


@dataclass(frozen=True)
class Table:
    """A table with a caption that says what its rows are. `numbers` are the columns (from 0) written right-aligned;
    `empty` is the sentence shown when there are no rows; one that `is_wide` is reached by keyboard, to be moved sideways."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Cell | str]]
    numbers: frozenset[int] = frozenset()
    empty: str = ""
    is_caption_hidden: bool = False
    is_wide: bool = False

    def columns(self) -> list[Cell]:
        """The heading row."""
        return [Cell(text, is_number=index in self.numbers) for index, text in enumerate(self.head)]

    def body(self) -> SafeString:
        """The rows, each cell with its column's heading (shown beside it on a narrow screen). Written here: a template within a template for each cell took most of
        the time of a page with many rows."""
        opened = [
            f'<td class="govuk-table__cell{" govuk-table__cell--numeric" if index in self.numbers else ""}" data-label="{escaped(text)}">'
            for index, text in enumerate(self.head)
        ]
        return SafeString("".join(_line(row, opened) for row in self.rows))


def _line(row: Sequence[Cell | str], opened: Sequence[str]) -> str:
    first, *rest = [cell.html() if isinstance(cell, Cell) else escaped(cell) for cell in row]
    cells = "".join(f"{opened[index]}{text}</td>" for index, text in enumerate(rest, start=1))
    return (
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{first}</th>{cells}</tr>\n'
    )


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list: what, its values (several when sources differ), and what can be done."""

    key: str
    values: tuple[Cell, ...]
    action: Cell | None = None

    def html(self) -> SafeString:
        """The line, written here as the rows of a table are, and for the same reason."""
        key = escaped(self.key)
        values = [one.html() for one in self.values]
        told = (
            "".join(f'<p class="govuk-body">{one}</p>' for one in values)
            if len(values) > 1
            else "".join(values)
        )
        act = self.action
        done = f'<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{escaped(act.href)}">{escaped(act.text)}<span class="govuk-visually-hidden"> ({key})</span></a></dd>' if act else ""  # fmt: skip
        return SafeString(
            f'<div class="govuk-summary-list__row{"" if act else " govuk-summary-list__row--no-actions"}">\n    <dt class="govuk-summary-list__key">{key}</dt>\n'
            f'    <dd class="govuk-summary-list__value">{told}</dd>\n    {done}\n  </div>'
        )


@dataclass(frozen=True)
class Figure:
    """One number of a briefing, with the words under it and where its rows are."""

    number: str
    words: str
    href: str = ""


@dataclass(frozen=True)
class Pages:
    """Which page of a long list this is (0: not said), of how many (0: not counted), and the addresses of its neighbours ("" for none)."""

    number: int
    count: int
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Notice:
    """A notification: a title, the sentences under it, and whether it is good news."""

    title: str
    sentences: tuple[str, ...] = field(default_factory=tuple)
    is_success: bool = False
    name: str = "notice"
