"""`engage check`: which people of a file are known?"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _, say
from engage.vocabulary.words import N_, EngageError, Sentence


if TYPE_CHECKING:
    from engage.identities.checking.asking import Asked
    from engage.identities.checking.rules import Candidate, Checked, Holder, Waiting


COLUMNS = (
    "forename", "surname", "born", "sex", "address", "postcode", "phone", "email", "nhs_number", "upn", "pnc_id"
)  # fmt: skip


class FileOfNamesWrong(EngageError):
    """A file of people to check cannot be read as one."""


def check(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    file: Annotated[
        Path, typer.Argument(help="A CSV file with one person a row.", exists=True, dir_okay=False)
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Write the answer here, as CSV.")] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="Why you look.")] = "linkage_review",
) -> None:
    """Say of each person of a CSV file who may be the one among those you may see. Columns: forename, surname, born (2011-03-27, 2011-03 or 2011), sex, address, postcode, phone, email, nhs_number, upn, pnc_id; any may be missing."""
    opened = open_for_command(area, operator=operator)
    from engage.identities import queries
    from engage.picture.exporting import write_rows

    viewing, build = opened.viewing(purpose), opened.warehouse.current()
    answers = [
        (number, None if asked.is_empty else queries.check(viewing=viewing, build=build, asked=asked))
        for number, asked in read(file)
    ]
    if out is None:
        for number, found in answers:
            typer.echo(_told(number, found))
        return
    head = ("row", "person_id", "record_ids", "weight_bits", "chance", "in_words", "ask", "has_more")
    write_rows(out, head, (line for number, found in answers for line in _lines(number, found)))
    typer.echo(
        _("%(count)s people checked; the answer is in %(file)s", count=str(len(answers)), file=str(out))
    )


def _told(number: int, found: Checked | None) -> str:
    row = str(number)
    if found is None:
        return _nothing_asked(row)
    lines = [
        _("Row %(row)s: %(person)s (%(fits)s), records %(records)s", row=row, person=one.person_id, fits=_fits(one), records=", ".join(one.record_ids))
        for one in found.candidates
    ]  # fmt: skip
    lines += [
        _("Row %(row)s: came since the build (%(fits)s), record %(record)s", row=row, fits=_fits(one), record=one.record_id)
        for one in found.waiting
    ]  # fmt: skip
    lines += [
        _("Row %(row)s: %(person)s (%(holds)s), records %(records)s", row=row, person=one.person_id, holds=_holds(one), records=", ".join(one.record_ids))
        for one in found.holders
    ]  # fmt: skip
    if found.is_nobody:
        lines.append(_("Row %(row)s: nobody found by these details", row=row))
    if found.has_more:
        lines.append(_("Row %(row)s: there are more than these; give more details", row=row))
    if found.to_ask:
        lines.append(
            _("Row %(row)s: ask %(agencies)s, of whose records that come near you may not see everything", row=row, agencies=", ".join(found.to_ask))
        )  # fmt: skip
    return "\n".join(lines)


def _nothing_asked(row: str) -> str:
    return _("Row %(row)s: nothing was given by which anybody could be found", row=row)


def _fits(one: Candidate | Waiting) -> str:
    """How often such a pair is one person; words for the weight where that is not counted."""
    from engage.identities.rules import chance_words

    return say(chance_words(one.chance) or one.strength).rstrip(".")


def _holds(one: Holder) -> str:
    return _(
        "holds this %(fields)s; not enough by itself to say it is the person", fields=", ".join(one.holds)
    )


def _lines(number: int, found: Checked | None) -> list[tuple[Any, ...]]:
    if found is None:
        return [(number, "", "", "", "", _nothing_asked(str(number)), "", "")]
    more = (";".join(found.to_ask), _("yes") if found.has_more else _("no"))
    lines = [
        (number, one.person_id, ";".join(one.record_ids), *_weighed(one), *more) for one in found.candidates
    ]
    lines += [(number, "", one.record_id, *_weighed(one), *more) for one in found.waiting]
    lines += [
        (number, one.person_id, ";".join(one.record_ids), "", "", _holds(one), *more) for one in found.holders
    ]
    return lines or [(number, "", "", "", "", _("nobody found by these details"), *more)]


def _weighed(one: Candidate | Waiting) -> tuple[str, str, str]:
    """The weight, how often such a pair is one person ("" where it is not counted), and one of the two in words."""
    return f"{one.weight:.2f}", "" if one.chance is None else f"{one.chance:.3f}", _fits(one)


def read(file: Path) -> list[tuple[int, Asked]]:
    """Each person of the file with the number of the row. Raises FileOfNamesWrong naming row, column and value."""
    from engage.identities.checking.asking import WRITTEN, Asked

    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        names = {name: name.strip().lower() for name in reader.fieldnames or ()}
        unknown = [name for name, plain in names.items() if plain not in COLUMNS]
        if unknown or not names:
            raise FileOfNamesWrong(
                Sentence(
                    N_("%(file)s has the column “%(column)s”, which is none of those that are compared."),
                    {"file": str(file), "column": unknown[0] if unknown else ""},
                ),
                remedy=Sentence(N_("Name the columns: %(columns)s."), {"columns": ", ".join(COLUMNS)}),
            )
        rows = []
        for number, row in enumerate(reader, start=2):
            given = {plain: (row[name] or "").strip() for name, plain in names.items()}
            first, until = born(given.pop("born", ""), file=file, row=number)
            for column in WRITTEN:
                _check(column, given.get(column, ""), file=file, row=number)
            asked = Asked(**given, born_from=first, born_until=until)
            rows.append((number, asked))
        return rows


def _check(column: str, text: str, *, file: Path, row: int) -> None:
    """Raises FileOfNamesWrong when a cell holds no number, telephone or address, as its column says."""
    from engage.identities.checking.asking import Malformed, check_written

    try:
        check_written(column, text)
    except Malformed as error:
        raise FileOfNamesWrong(
            Sentence(
                N_("%(file)s, row %(row)s, column %(column)s: “%(value)s” cannot be read."),
                {"file": str(file), "row": str(row), "column": column, "value": text},
            ),
            remedy=error.remedy,
        ) from None


def born(text: str, *, file: Path, row: int) -> tuple[date | None, date | None]:
    """The days that a day, a month or a year of birth allows (first, and the first after). Raises FileOfNamesWrong."""
    from engage.identities.checking.asking import can_be_born

    if not text:
        return None, None
    parts = text.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        first = date(year, month, day)
    except ValueError:
        raise _no_day(text, file=file, row=row) from None
    if not can_be_born(first, first):
        raise _no_day(text, file=file, row=row)
    if len(parts) == 1:
        return first, date(year + 1, 1, 1)
    if len(parts) == 2:
        return first, date(year + month // 12, month % 12 + 1, 1)
    return first, first + timedelta(days=1)


def _no_day(text: str, *, file: Path, row: int) -> FileOfNamesWrong:
    return FileOfNamesWrong(
        Sentence(
            N_("%(file)s, row %(row)s, column born: “%(value)s” is no day, month or year of birth."),
            {"file": str(file), "row": str(row), "value": text},
        ),
        remedy=N_("Write it as 2011-03-27, 2011-03 or 2011, and leave it empty where it is not known."),
    )
