"""Groups of any network that is written as a plain list of edges, by the same code: to try it on published networks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from engage.networks.groups.detecting import Lines, groups, ties
from engage.vocabulary.words import N_, EngageError, Sentence


class EdgesWrong(EngageError):
    """The list of edges cannot be read: names the file, the column or row, and the remedy."""


@dataclass(frozen=True)
class Columns:
    """What the columns are called. `kind_of_one` and `kind_of_other` may be missing: then all are people."""

    one: str = "source"
    other: str = "target"
    weight: str = "weight"
    day: str = "date"
    kind_of_one: str = "source_kind"
    kind_of_other: str = "target_kind"


PERSON = "person"


@dataclass(frozen=True)
class Loaded:
    """The network: people by key, who is tied to whom how much (scipy, people x people), and how many edges were read, of which `left_out` are of
    other days or tie two things none of which is a person."""

    people: tuple[str, ...]
    ties: Any
    edges: int
    left_out: int


def load(
    file: Path, *, columns: Columns | None = None, first: date | None = None, last: date | None = None
) -> Loaded:
    """Read a CSV file of edges. An edge between two people ties them by its weight (1 where none stands); people who have an edge to the same thing of another
    kind are tied by 1 / (n - 1) of it. With `first` or `last` (days, both included) only edges of these days count. Raises EdgesWrong."""
    named = columns or Columns()
    rows = _read(file, named)
    count = rows.num_rows
    if first or last:
        rows = _of_days(rows, file, named, first, last)
    one, other = (_keys(rows, file, name) for name in (named.one, named.other))
    weight = _weights(rows, file, named.weight)
    is_person = [_is_person(rows, name) for name in (named.kind_of_one, named.kind_of_other)]
    between = is_person[0] & is_person[1]
    people = np.unique(np.concatenate([one[is_person[0]], other[is_person[1]]]))
    found = _between(people, one[between], other[between], weight[between])
    to_thing = is_person[0] & ~is_person[1]
    of_thing = ~is_person[0] & is_person[1]
    person = np.concatenate([one[to_thing], other[of_thing]])
    thing = np.concatenate([other[to_thing], one[of_thing]])
    if len(person):
        found = found + _by_things(
            people, person, thing, np.concatenate([weight[to_thing], weight[of_thing]])
        )
    return Loaded(tuple(people.tolist()), found, count, count - int((is_person[0] | is_person[1]).sum()))


def groups_of(network: Loaded) -> dict[str, int]:
    """The group of each person, numbered from 1 by their first person."""
    label = groups(network.ties)
    return {person: int(number) + 1 for person, number in zip(network.people, label, strict=True)}


def _read(file: Path, columns: Columns) -> pa.Table:
    texts = {
        name: pa.string()
        for name in (columns.one, columns.other, columns.day, columns.kind_of_one, columns.kind_of_other)
    }
    try:
        rows = arrow_csv.read_csv(
            file, convert_options=arrow_csv.ConvertOptions(column_types=texts, strings_can_be_null=True)
        )
    except (OSError, pa.ArrowInvalid) as error:
        raise EdgesWrong(
            Sentence(
                N_("%(file)s cannot be read as CSV: %(error)s"), {"file": str(file), "error": str(error)}
            ),
            remedy=N_("Write one edge a row, with a head row, separated by commas, in UTF-8."),
        ) from error
    missing = [name for name in (columns.one, columns.other) if name not in rows.column_names]
    if missing:
        known = {"file": str(file), "missing": ", ".join(missing), "columns": ", ".join(rows.column_names)}
        raise EdgesWrong(
            Sentence(N_("%(file)s has no column %(missing)s; it has: %(columns)s."), known),
            remedy=N_("Name the columns of both ends with --column one=… and --column other=…."),
        )
    return rows


def _keys(rows: pa.Table, file: Path, name: str) -> Any:
    empty = pc.index(pc.is_null(rows.column(name)), True).as_py()
    if empty >= 0:
        raise EdgesWrong(
            Sentence(
                N_("%(file)s, row %(row)s, column %(column)s: nothing stands there."),
                {"file": str(file), "row": str(empty + 2), "column": name},
            ),
            remedy=N_("Fill in both ends of every edge, or take the row out."),
        )
    return (
        rows.column(name).to_numpy(zero_copy_only=False).astype(str) if rows.num_rows else np.array([], str)
    )


def _weights(rows: pa.Table, file: Path, name: str) -> Any:
    if name not in rows.column_names:
        return np.ones(rows.num_rows)
    column = rows.column(name)
    if not (
        pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_null(column.type)
    ):
        raise EdgesWrong(
            Sentence(
                N_("%(file)s, column %(column)s: not every value is a number."),
                {"file": str(file), "column": name},
            ),
            remedy=N_(
                "Write weights as numbers with a point, or name another column with --column weight=…."
            ),
        )
    found = pc.fill_null(column.cast(pa.float64()), 1.0).to_numpy()
    if len(found) and (~np.isfinite(found) | (found < 0)).any():
        row = int(np.argmax(~np.isfinite(found) | (found < 0)))
        raise EdgesWrong(
            Sentence(
                N_("%(file)s, row %(row)s, column %(column)s: “%(value)s” is no weight."),
                {"file": str(file), "row": str(row + 2), "column": name, "value": str(found[row])},
            ),
            remedy=N_("Write weights from 0 on."),
        )
    return found


def _is_person(rows: pa.Table, name: str) -> Any:
    if name not in rows.column_names:
        return np.ones(rows.num_rows, bool)
    said = pc.fill_null(pc.utf8_lower(rows.column(name)), PERSON)
    return pc.equal(said, PERSON).to_numpy(zero_copy_only=False).astype(bool)


def _of_days(rows: pa.Table, file: Path, columns: Columns, first: date | None, last: date | None) -> pa.Table:
    if columns.day not in rows.column_names:
        raise EdgesWrong(
            Sentence(
                N_("%(file)s has no column %(column)s, by which edges could be chosen."),
                {"file": str(file), "column": columns.day},
            ),
            remedy=N_("Name the column of days with --column day=…, or leave out --from and --until."),
        )
    # Days are written as 2024-05-31, so that their texts are in the order of the days; a moment begins with its day.
    day = pc.utf8_slice_codeunits(rows.column(columns.day), 0, 10)
    is_in = pc.is_valid(day)
    if first:
        is_in = pc.and_(is_in, pc.greater_equal(day, first.isoformat()))
    if last:
        is_in = pc.and_(is_in, pc.less_equal(day, last.isoformat()))
    return rows.filter(is_in)


def _between(people: Any, one: Any, other: Any, weight: Any) -> Any:
    """Ties by the edges between two people: those of one pair added up, in either direction."""
    from scipy import sparse

    a, b = np.searchsorted(people, one), np.searchsorted(people, other)
    apart = a != b
    size = (len(people), len(people))
    half = sparse.csr_array((weight[apart], (a[apart], b[apart])), shape=size)
    return (half + half.T).tocsr()


def _by_things(people: Any, person: Any, thing: Any, weight: Any) -> Any:
    things, number = np.unique(thing, return_inverse=True)
    lines = Lines(np.searchsorted(people, person), number, np.minimum(weight, 1.0))
    return ties(lines, persons=len(people), things=len(things))
