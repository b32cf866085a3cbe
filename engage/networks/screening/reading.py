"""How is a list read that somebody pasted or sent: which rows, and which values cannot be read?

With a row of headings the columns are named; without one, each value is taken for what it looks like: a name, a day of birth, a phone or a plate.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engage.networks.screening.rules import Entry, Fault
from engage.picture.watching.rules import NAME, PHONE, PLATE_MOST, VEHICLE, may_be, normal
from engage.records.normal import telephone
from engage.vocabulary.letters import plain_words
from engage.vocabulary.words import N_, EngageError, Sentence


class ListUnreadable(EngageError):
    """What was sent is no list that can be screened."""


@dataclass(frozen=True)
class ReadList:
    """The rows that can be looked for, and the values that cannot: a row with one is not among the rows."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


_HEADS = {
    "name": ("name", "full name", "whole name"),
    "forename": ("forename", "forenames", "first name", "given name"),
    "surname": ("surname", "last name", "family name"),
    "born": ("born", "date of birth", "day of birth", "birth date", "dob"),
    "phone": ("phone", "telephone", "mobile", "phone number", "telephone number", "mobile number"),
    "plate": ("plate", "number plate", "registration", "registration number", "vehicle", "vrm"),
}
_COLUMN_OF = {head: column for column, heads in _HEADS.items() for head in heads}
COLUMNS = tuple(_HEADS)
_REMEDIES = {
    "name": N_("Write a first name and a surname, in letters."),
    "born": N_(
        "Write the whole day of birth, 27/3/1981 for instance, or leave it empty where it is not known."
    ),
    "phone": N_("Write all its digits, as 07700 900123 or +44 7700 900123."),
    "plate": N_("Write the whole plate, without anything else."),
}
_UNKNOWN = N_("Write a name, a day of birth, a phone or a plate, or name the columns in the first row.")
_ALONE = N_("A day of birth leads to nobody: write the name beside it.")
# Nobody at work today was born before.
_EARLIEST = date(1900, 1, 2)
PLATE_LEAST = 4
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# So is a day written, though there may be none such: 31/2/1981.
_LIKE_A_DAY = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")
_AT_THE_END = re.compile(r"^(\D+?)[\s,]+(\d[\d\s./-]*\d|\d{1,2}\w{0,2} \w{3,9} \d{4})$")


def decode(sent: bytes, file: str) -> str:
    """The text of a file. Raises ListUnreadable for what is no text: a workbook for instance."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = sent.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not text.startswith("PK"):
            return text
    raise ListUnreadable(
        Sentence(N_("%(file)s is no text."), {"file": file}), remedy=N_("Save it as CSV, and send that.")
    )


def read(text: str, *, file: str, today: date, most: int) -> ReadList:
    """The rows of a list. Raises ListUnreadable when there are none or more than `most`, or a column is none that is looked for."""
    rows = list(_rows(text, file))
    if not rows:
        raise ListUnreadable(N_("The list is empty."), remedy=N_("Paste it, or choose a file."))
    columns = _columns(rows[0][1], file, rows[0][0])
    body = rows[1:] if columns else rows
    if not 0 < len(body) <= most:
        raise ListUnreadable(
            Sentence(N_("%(file)s has %(rows)s rows; a screening takes 1 to %(most)s."), {"file": file, "rows": str(len(body)), "most": str(most)}),
            remedy=N_("Send those that are needed and no others."),
        )  # fmt: skip
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, cells in body:
        reader = _Row(file, number, today)
        entry = reader.named(columns, cells) if columns else reader.guessed(cells)
        faults += reader.faults
        if not reader.faults:
            entries.append(entry)
    return ReadList(tuple(entries), tuple(faults))


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with its line."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [" ".join(cell.split()) for cell in cells]
    except csv.Error as error:
        raise ListUnreadable(
            Sentence(N_("%(file)s, row %(row)s: its quotation marks do not fit."), {"file": file, "row": str(reader.line_num)}),
            remedy=N_("Take them out, or save the list as CSV again."),
        ) from error  # fmt: skip


def _columns(heads: list[str], file: str, row: int) -> tuple[str, ...]:
    """What each column holds, where the first row says so; none where it is a row like the others."""
    found = tuple(_COLUMN_OF.get(head.lower().strip(" :"), "") for head in heads)
    if not any(found):
        return ()
    for head, column in zip(heads, found, strict=True):
        if head and not column:
            raise ListUnreadable(
                Sentence(N_("%(file)s, row %(row)s: the column “%(column)s” is none that is looked for."), {"file": file, "row": str(row), "column": head}),
                remedy=Sentence(N_("Take it out: what is not looked for is not to be sent. Columns are %(columns)s."), {"columns": ", ".join(COLUMNS)}),
            )  # fmt: skip
    return found


class _Row:
    """One row while it is read, with what of it cannot be."""

    def __init__(self, file: str, number: int, today: date) -> None:
        self.file, self.number, self.today = file, number, today
        self.faults: list[Fault] = []

    def named(self, columns: tuple[str, ...], cells: list[str]) -> Entry:
        """A row under headings."""
        if len(cells) > len(columns):
            self._fault(
                "", ", ".join(cells[len(columns) :]), N_("It has more values than there are columns.")
            )
        given: dict[str, list[str]] = {}
        for column, cell in zip(columns, cells, strict=False):
            given.setdefault(column, []).append(cell)
        joined = {column: " ".join(filter(None, some)) for column, some in given.items()}
        joined["name"] = " ".join(filter(None, (joined.get(c, "") for c in ("name", "forename", "surname"))))
        return self._entry(joined)

    def guessed(self, cells: list[str]) -> Entry:
        """A row whose values are taken for what they look like."""
        given: dict[str, list[str]] = {}
        for cell in filter(None, cells):
            alone = _AT_THE_END.match(cell)
            parts = [alone[1], alone[2]] if alone and _looks_like(alone[2]) == "born" else [cell]
            for part in parts:
                given.setdefault(_looks_like(part), []).append(part)
        for part in given.pop("", ()):
            self._fault("", part, _UNKNOWN)
        for column in ("born", "phone", "plate"):
            for second in given.get(column, [])[1:]:
                self._fault(column, second, N_("Write one of each in a row."))
        return self._entry(
            {column: " ".join(some[: 6 if column == "name" else 1]) for column, some in given.items()}
        )

    def _entry(self, given: Mapping[str, str]) -> Entry:
        """Every value in the form in which it is looked for."""
        name, born = given.get("name", ""), given.get("born", "")
        phone, plate = given.get("phone", ""), given.get("plate", "")
        is_name = not re.search(r"\d", name) and len(plain_words(name)) > 1
        if name and not is_name:
            self._fault("name", name, _REMEDIES["name"])
        day, number, sign = _day(born), telephone(phone) or "", normal(VEHICLE, plate)
        if born and not (day and _EARLIEST <= day <= self.today):
            self._fault("born", born, _REMEDIES["born"])
        elif born and not name:
            self._fault("born", born, _ALONE)
        if phone and not number:
            self._fault("phone", phone, _REMEDIES["phone"])
        if plate and not PLATE_LEAST <= len(sign) <= PLATE_MOST:
            self._fault("plate", plate, _REMEDIES["plate"])
        return Entry(self.number, name, day, number, sign)

    def _fault(self, column: str, value: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, self.number, column or "-", value[:60], Sentence(remedy)))


def _looks_like(cell: str) -> str:
    """The column that a value without a heading belongs to; "" where it looks like none."""
    if _day(cell) or _LIKE_A_DAY.fullmatch(cell):
        return "born"
    kinds = {NAME: "name", VEHICLE: "plate", PHONE: "phone"}
    return next((kinds[kind] for kind in may_be(cell)), "")


def _day(text: str) -> date | None:
    """A whole day: 27/3/1981, 27.3.1981, 27-03-1981, 1981-03-27, 27 March 1981. None of anything else."""
    text = text.strip()
    try:
        if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}) (\d{4})", text):
            return date(int(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
    except ValueError:
        pass
    return None
