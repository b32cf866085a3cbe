"""What is the answer? The tables by which joins, pictures and readings of text can be scored.

Never an input: nothing that maps, links or reads may open this folder. Records are named as the layout names its files.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.example.desk import Content
from engage.example.people import Town


Rows = Iterable[Iterable[Any]]


@dataclass
class Written:
    """What was written: the files of each agency, the truth's folder, how many rows each file has, and under which file each
    record went and as what id (`holders`: (agency, ref) to (file, id as sent); `events`, `texts` and `places` likewise)."""

    sent: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    truth: Path = Path()
    row_counts: dict[str, int] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    events: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    texts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    places: list[tuple[str, str, str]] = field(default_factory=list)


def write_truth(town: Town, content: Content, written: Written, layout: str) -> None:
    """Write every table of the answer, and a summary of what the town is."""
    written.truth.mkdir(parents=True, exist_ok=True)
    tables = {
        **_records(content, written),
        **_telling(content, written),
        **_people(town),
        **_things(town, content, written),
    }
    for name, (header, rows) in tables.items():
        _write(written.truth / f"{name}.csv", header, rows)
    summary = {
        "town": town.name, "layout": layout, "seed": town.seed, "people": len(town.people),
        "window": [town.from_on.isoformat(), town.until_on.isoformat()],
        "exploited": sum(child.exploited for child in town.children.values()),
        "vulnerable_confounders": sum(bool(child.trouble) for child in town.children.values()),
        "groups": sum(group.kind == "group" for group in town.groups.values()),
        "files": dict(sorted(written.row_counts.items())),
    }  # fmt: skip
    (written.truth / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def _write(file: Path, header: str, rows: Rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def _records(content: Content, written: Written) -> dict[str, tuple[str, Rows]]:
    identities = [
        (table.split(".")[0], name, as_sent, person, kind)
        for table, ref, person, kind in content.identities
        for name, as_sent in written.holders.get((table.split(".")[0], ref), [])
    ]
    events = []
    for row in content.events:
        agency = row["table"].split(".")[0]
        name, record = written.events.get((agency, row["record_id"]), ("", ""))
        holders = written.holders.get((agency, row["source_id"]), [])
        if name and holders:
            source = next((holder for holder in holders if holder[0] == name), holders[0])
            events.append(
                (agency, name, record, row["kind"], row["date"], row["received_date"], row["person_id"], *source,
                 row["role"], row["exploitation_driven"], row["place_id"], row["vehicle_id"])
            )  # fmt: skip
    return {
        "identities": ("agency file source_id person_id kind", identities),
        "events": (
            "agency file record_id kind date received_date person_id source_file source_id role exploitation_driven place_id vehicle_id",
            events,
        ),
    }


def _telling(content: Content, written: Written) -> dict[str, tuple[str, Rows]]:
    codes, mentions = [], []
    for table, ref, told in content.told:
        agency = table.split(".")[0]
        if (agency, ref) in written.texts:
            name, record = written.texts[agency, ref]
            codes += [(agency, name, record, *code) for code in told.codes]
            mentions += [(agency, name, record, *mention) for mention in told.mentions]
    return {
        "text": ("agency file record_id code polarity start end", codes),
        "mentions": ("agency file record_id span start end kind entity_id", mentions),
    }


def _people(town: Town) -> dict[str, tuple[str, Rows]]:
    born = {p.person_id: (p.sex, p.born_on.year, p.ethnicity) for p in town.people.values()}
    children = [
        (c.person_id, int(c.exploited), c.onset_on or "", ";".join(c.group_ids), c.visibility, int(bool(c.trouble)),
         c.trouble or "none", c.investigated_on or "", c.evidence_on or "", int(c.looked_after), int(c.peer_of_exploited),
         *born[c.person_id])
        for c in town.children.values()
    ]  # fmt: skip
    groups = [
        (g.group_id, person, "exploiter", role, g.from_on)
        for g in town.groups.values()
        for person, role in g.exploiters.items()
    ] + [
        (g.group_id, child, "victim", "victim", since)
        for g in town.groups.values()
        for child, since in g.victims.items()
    ]
    kinds = {person: g.kind for g in town.groups.values() for person in g.exploiters}
    about_children = (
        "person_id exploited onset_date group_ids visibility vulnerable_confounder confounder_type "
        "police_investigation_date evidence_date looked_after peer_of_exploited sex birth_year ethnicity"
    )
    everybody = [
        (p.person_id, p.home_id, p.sex, p.born_on.year, p.ethnicity, p.origin) for p in town.people.values()
    ]
    return {
        "people": ("person_id home_id sex birth_year ethnicity origin", everybody),
        "children": (about_children, children),
        "groups": ("group_id person_id side role from_date", groups),
        "exploiters": ("person_id sex birth_year ethnicity", [(person, *born[person]) for person in kinds]),
        "exploiter_kinds": ("person_id kind", list(kinds.items())),
        "also_named": (
            "person_id group_ids",
            [(c.person_id, ";".join(c.group_ids)) for c in town.children.values() if c.names_others],
        ),
        "hard_negatives": ("person_id_1 person_id_2 type", town.namesakes),
    }


def _things(town: Town, content: Content, written: Written) -> dict[str, tuple[str, Rows]]:
    place_of = dict(content.places)
    seen = set(place_of.values())
    keys = {row["plate"] for row in content.tables["police.vehicle"]}
    reported = {row["phone"] for row in content.tables["police.occurrence_phone"]}
    numbers = {row["number"] for row in content.tables["police.phone"] if row["ref"] in reported}
    totals: dict[str, list[int]] = {}
    owners = {ref: person for table, ref, person, _ in content.identities if table == "education.pupil"}
    for row in content.tables["education.attendance"]:
        total = totals.setdefault(owners[row["pupil"]], [0, 0, 0])
        for place, value in enumerate(
            (row["possible"], row["authorised"] + row["unauthorised"], row["unauthorised"])
        ):
            total[place] += value
    locations = sorted({("police", name, key, place_of[ref]) for name, key, ref in written.places})
    return {
        "places": (
            "place_id name kind address postcode class group_ids recorded_by_police",
            [(p.place_id, p.name, p.kind, p.line, p.postcode, p.standing, ";".join(p.group_ids), int(p.place_id in seen)) for p in town.places.values()],
        ),
        "locations": ("agency file source_id place_id", locations),
        "vehicles": (
            "vehicle_id vrm class detail group_ids keeper_person_id recorded_by_police",
            [(v.vehicle_id, v.plate, v.standing, v.detail, ";".join(v.group_ids), v.keeper, int(v.plate in keys)) for v in town.vehicles.values()],
        ),
        "phones": (
            "phone_id number class detail group_ids owner_person_id in_reports",
            [(p.phone_id, p.number, p.standing, p.detail, ";".join(p.group_ids), p.owner, int(p.number in numbers)) for p in town.phones.values()],
        ),
        "decoys": ("entity_kind entity_id decoy_type", [(kind, thing, why) for (kind, thing), why in town.decoys.items()]),
        "attendance": ("person_id sessions_possible sessions_missed unauthorised", [(p, *total) for p, total in totals.items()]),
    }  # fmt: skip
