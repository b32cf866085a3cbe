"""Draw a few records and events as small tables; lay them out as a build that is served."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from engage.identities import tables as identities
from engage.identities.checking import laying
from engage.identities.linking.model import prior_model
from engage.identities.models import PersonAssignment
from engage.networks import build as networks
from engage.networks.indicators.opened import openings
from engage.picture import build as picture
from engage.picture.narrative.telling import Texts
from engage.records import tables as records
from engage.store.area import Area
from engage.store.warehouse import Build, BuildAside, BuildInfo, Warehouse
from engage.vocabulary.time import Happened, Precision, whole_day
from tests.made_once import made_once
from tests.spec.identities.towns import drawn


AS_OF = date(2026, 4, 6)
RECEIVED = "2026-01-05"
FILES = {
    "police": "persons",
    "childrens_services": "children",
    "education": "pupils",
    "health": "patients",
    "charity": "casework",
}
SPAN = {"day": 1, "month": 31, "year": 365, "about": 730}


# What linking would have made on its way; here who is whom is drawn.
_NOT_LINKED = (
    "link_key(record_number bigint)",
    "link_every_key(record_number bigint, code varchar, key ubigint)",
    "link_counted_key(key ubigint, code varchar, records bigint)",
    "link_usual_day(day date)",
)


class World:
    """An area whose records are drawn. People are named by a word in the column `person`, records by the column `id`."""

    def __init__(self, area: Area) -> None:
        self.area, self.warehouse = area, Warehouse(area)
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.person_of: dict[str, str] = {}
        self.proposals: list[tuple[str, str, str]] = []
        self.pairs: list[tuple[str, str, float, str]] = []
        self._number = 0
        # How often it was served: what is drawn afterwards comes by a delivery of the next number. What is drawn before came by no numbered one.
        self._served = 0
        # Whether its texts are read: to begin with that takes a second.
        self.reads = False

    def people(self, table: str) -> World:
        """id | agency | person, and any of name, born, before (the day after the last possible), sex, ethnicity, nationality, religion, alias, upn, address, postcode, phone, cohort, handling, sensitivity,
        received, until."""
        for row in drawn(table):
            record = self.record(row)
            self.person_of[record] = row["person"]
            forename, _, surname = row.get("name", "").rpartition(" ")
            born = row.get("born") or None
            self._add(
                "person_record", row, record, forename=forename or None, surname=surname or None, full_name=row.get("name") or None,
                birth_text=born, birth_from_on=born, birth_until_on=row.get("before") or (born and str(date.fromisoformat(born) + timedelta(days=1))),
                birth_precision="day" if born else "unknown", sex=row.get("sex") or None, is_partial=False,
                **{f"{field}_text": row.get(field) or None for field in ("ethnicity", "nationality", "religion")},
            )  # fmt: skip
            self._add_further(row, record)
        return self

    def _add_further(self, row: dict[str, str], record: str) -> None:
        if row.get("alias"):
            self._add(
                "person_name",
                row,
                f"{record}/alias",
                person_record_id=record,
                kind="alias",
                full_name=row["alias"],
            )
        if row.get("upn"):
            upn = {"value": row["upn"], "value_text": row["upn"], "is_valid": True}
            self._add("identifier", row, f"{record}/upn", person_record_id=record, kind="upn", **upn)
        if row.get("address"):
            self._place(row, f"{record}/address")
            self._tie(row, record, "person", f"{record}/address", "location", "lives at")
        if row.get("phone"):
            phone = {"value": row["phone"], "value_text": row["phone"], "is_valid": True}
            self._add("contact_point", row, f"{record}/phone", kind="phone", **phone)
            self._tie(row, record, "person", f"{record}/phone", "contact_point", "uses")

    def events(self, table: str) -> World:
        """id | agency | who, and any of kind, title, category, outcome, details (JSON), when, how (precision), text, place, premises (its kind), grid (easting and
        northing), plate, grade, and as for people. `when` is a London day, or a moment in UTC: 2026-04-05 21:00.

        `who` is "record role, record role", or empty where nobody has a part; a record is named as in its agency's people: agency/id.
        """
        for row in drawn(table):
            event = self.record(row, file="events")
            when = _when(row.get("when", ""))
            how = row.get("how") or (when.precision.value if when else "unknown")
            span = timedelta(minutes=1) if how == "minute" else timedelta(days=SPAN.get(how, 1))
            self._add(
                "event", row, event, kind=row.get("kind") or "crime", title=row.get("title") or None,
                **{column: row.get(column) or None for column in ("category", "outcome", "details")},
                happened_from_at=_plain(when.from_at) if when else None, happened_until_at=_plain(when.from_at + span) if when else None,
                happened_precision=how, happened_text=row.get("when"), location_record_id=f"{event}/place" if row.get("place") else None,
            )  # fmt: skip
            if row.get("text"):
                self._add("narrative", row, event, event_record_id=event, text=row["text"])
            if row.get("place"):
                east, _, north = row.get("grid", "").partition(" ")
                grid = {"easting": int(east), "northing": int(north)} if north else {}
                self._add(
                    "location",
                    row,
                    f"{event}/place",
                    name=row["place"],
                    kind=row.get("premises") or None,
                    **grid,
                )
            if row.get("plate"):
                self._add(
                    "vehicle",
                    row,
                    f"{event}/vehicle",
                    plate=row["plate"],
                    plate_text=row["plate"],
                    is_partial=False,
                )
                self._role(row, event, "vehicle", f"{event}/vehicle", "stopped", 99)
            for number, part in enumerate(row["who"].split(",") if row["who"] else ()):
                named, _, role = part.strip().partition(" ")
                self._role(row, event, "person", self.named(named), role or "subject", number)
        return self

    def told(self, number: str, who: str, text: str) -> World:
        """One event of the police with a text that no table can hold: with lines, or with strokes in it."""
        row = {"id": number, "agency": "police"}
        event = self.record(row, file="events")
        self.events(f"id | agency | who\n{number} | police | {who}")
        self._add("narrative", row, event, event_record_id=event, text=text)
        return self

    def read(self) -> World:
        """Have the texts of events read, as a build does."""
        self.reads = True
        return self

    def ties(self, table: str) -> World:
        """agency | from | kind | to, both ends people's records."""
        for row in drawn(table):
            self._tie(row, self.named(row["from"]), "person", self.named(row["to"]), "person", row["kind"])
        return self

    def proposed(self, left: str, right: str, reason: str = "unsure") -> World:
        """Two records that may be one person."""
        first, second = sorted((self.named(left), self.named(right)))
        self.proposals.append((first, second, reason))
        return self

    def compared(self, left: str, right: str, weight: float, refusal: str = "") -> World:
        """Two records that were weighed."""
        first, second = sorted((self.named(left), self.named(right)))
        self.pairs.append((first, second, weight, refusal))
        return self

    def record(self, row: dict[str, str], *, file: str = "") -> str:
        """The record id of a drawn row."""
        return f"zz:{row['agency']}:{file or FILES[row['agency']]}:{row['id']}"

    def named(self, name: str) -> str:
        """The record that `agency/id` names."""
        agency, _, source = name.partition("/")
        return self.record({"agency": agency, "id": source})

    def served(self, as_of: date = AS_OF, *, build_id: str = "b1") -> Build:
        """Lay it out, give the ids out, and serve it."""
        drawn_so = repr(
            (
                self.rows,
                self.person_of,
                self.proposals,
                self.pairs,
                [*self.area.agencies],
                as_of,
                self.reads,
                # What an area says in files of its own: indicators, words.
                [(f.name, f.read_text(encoding="utf-8")) for f in sorted(self.area.folder.glob("*/*.yaml"))],
                openings(),
            )
        )
        # Without ids. Many tests draw the same.
        laid_out = made_once(f"drawn {drawn_so}", lambda folder: self._lay_out(folder, as_of))
        shutil.copytree(laid_out, self.warehouse.builds_folder / f"{build_id}.part")
        at = datetime(2026, 4, 6, 8, tzinfo=UTC)
        for record, person in self.person_of.items():
            PersonAssignment.objects.create(
                record_id=record, person_id=person, assigned_at=at, build_id=build_id, cause="build"
            )
        marks = {"delivery": self._served}
        self._served += 1
        last = PersonAssignment.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        marks |= {"person_assignment": last, "hand_entry": 0}
        self.warehouse.swap(BuildInfo(build_id, as_of=as_of, made_at=at.isoformat(), watermarks=marks))
        return self.warehouse.current()

    def _lay_out(self, folder: Path, as_of: date) -> None:
        aside = BuildAside(folder, threads=1)
        aside.connection.begin()
        for table in (*records.DERIVED_TABLES, *identities.DERIVED_TABLES):
            aside.connection.execute(table.create_sql())
        self._fill(aside.connection)
        aside.connection.commit()
        for unused in _NOT_LINKED:
            aside.connection.execute(f"create table {unused}")
        laying.lay(aside.connection, prior_model(100), aside.folder)
        for unused in _NOT_LINKED:
            aside.connection.execute(f"drop table {unused.split('(')[0]}")
        texts = Texts(kept=folder / "texts", phrases=folder / "phrases") if self.reads else None
        network = networks.joined(self.area, lambda found: range(1, len(found) + 1))
        picture.build(aside.connection, pages_file=aside.pages_file, as_of=as_of, texts=texts, joined=network)
        aside.close()

    def _fill(self, connection: Any) -> None:
        for name, rows in self.rows.items():
            for columns, alike in groupby(rows, key=tuple):
                _many(connection, f"{name} ({', '.join(columns)})", (tuple(row.values()) for row in alike))
        _many(connection, "person_of_record", self.person_of.items())
        for left, right, reason in self.proposals:
            connection.execute(
                "insert into link_proposal values (?, ?, 1.0, ?, 1, '')", [left, right, reason]
            )
        for pair in self.pairs:
            connection.execute(
                "insert into link_pair (left_record_id, right_record_id, weight, refusal, household_weight, handling) values (?, ?, ?, ?, 0, '')",
                list(pair),
            )
        for agency in self.area.agencies:
            delivery = (f"d-{agency}", agency, agency, datetime(2026, 1, 5, 9), "full", "case", "ISA-1", 1)  # noqa: DTZ001  as stored
            _many(connection, "delivery", [delivery])
            if agency in ("police", "education"):
                _many(
                    connection,
                    "coverage",
                    [(f"d-{agency}", agency, "missing", "2025-01-01", None, "everybody")],
                )

    def _place(self, row: dict[str, str], record: str) -> None:
        address, postcode = row["address"], row.get("postcode") or None
        self._add(
            "location",
            row,
            record,
            address=address,
            address_key=address.lower(),
            postcode=postcode,
            postcode_text=postcode,
        )

    def _tie(self, row: dict[str, str], *ends: str) -> None:
        start, start_thing, end, end_thing, kind = ends
        self._number += 1
        self._add(
            "relationship", row, f"{start}/tie{self._number}", from_thing=start_thing, from_record_id=start, to_thing=end_thing,
            to_record_id=end, kind=kind, happened_precision="unknown",
        )  # fmt: skip

    def _role(self, row: dict[str, str], event: str, *part: Any) -> None:
        thing, record, role, number = part
        self._add(
            "role",
            row,
            f"{event}/{thing}{number}",
            event_record_id=event,
            thing=thing,
            thing_record_id=record,
            role=role,
        )

    def _add(self, table: str, row: dict[str, str], record: str, **values: Any) -> None:
        self._number += 1
        _area, agency, file, source = record.split(":", 3)
        received = row.get("received") or RECEIVED
        known = {
            "record_id": record, "agency": agency, "file": file, "source_id": source, "delivery_id": f"{self._served or 'd'}-{agency}", "row_number": self._number,
            "version": int(row.get("version") or 1), "received_on": received, "known_from_on": received, "known_until_on": row.get("until") or None,
            "cohort": row.get("cohort") or "case", "handling": row.get("handling") or "", "sensitivity": row.get("sensitivity") or "standard",
            "grade": row.get("grade") or None,
        }  # fmt: skip
        self.rows.setdefault(table, []).append({**known, **values})


def _when(written: str) -> Happened | None:
    if not written:
        return None
    if len(written) == 10:
        return whole_day(date.fromisoformat(written))
    at = datetime.fromisoformat(written).replace(tzinfo=UTC)
    return Happened(at, at + timedelta(minutes=1), Precision.MINUTE)


def _plain(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(tzinfo=None) if at else None


def _many(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """In one statement: each takes some milliseconds to plan."""
    drawn_rows = list(rows)
    if drawn_rows:
        marks = ", ".join(f"({', '.join('?' * len(row))})" for row in drawn_rows)
        connection.execute(
            f"insert into {table} values {marks}", [value for row in drawn_rows for value in row]
        )
