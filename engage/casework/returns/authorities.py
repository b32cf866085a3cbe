"""Which authority is responsible for a looked-after child, and in whose area do they live? As records say it, else as somebody wrote it in the child's case: what is known nobody types again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engage.casework.cases import placed
from engage.casework.cases.placed import ANOTHER, OURS
from engage.picture import reading
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.time import london_day


RESPONSIBLE, HOST = "responsible", "host"
# Further values of an event of which an area's mapping gives the authority.
_DETAILS = {"responsible_authority": RESPONSIBLE, "placing_authority": RESPONSIBLE, "host_authority": HOST}
# Under which name what was answered stands among the records.
DETAIL_OF = {RESPONSIBLE: "responsible_authority", HOST: "host_authority"}


def known(see: Sight, person_id: str) -> dict[str, str]:
    """The answers of the form that are known already, as the viewer may see it; nothing of a child of whom no authority is named."""
    found = _written(see, person_id) | _recorded(see, person_id)
    return {"looked_after": "yes", **found} if found else {}


def _recorded(see: Sight, person_id: str) -> dict[str, str]:
    """What the latest record says of each that has not ended."""
    pages, day = see.build.pages(), see.viewing.as_of
    laid = sorted(see.today.laid_under([person_id])[person_id])
    rows = [
        row
        for row in reading.known_rows(pages, "chronology", laid, day)
        if row["details"]
        and not _is_over(see, row)
        and see.today.person(row["person_record_id"], row["person_id"]) == person_id
    ]
    why = reasons_about(pages, [person_id], see=see)[person_id]
    found: dict[str, str] = {}
    for one in sorted(reading.happenings(rows, see, why), key=lambda one: one.from_at or ""):
        found |= _named(json.loads(one.rows[0]["details"]))
    return found


def _is_over(see: Sight, row: Any) -> bool:
    """It has an end, and that is past: who looked after a child then may not do so now."""
    end = reading.moment(row["happened_until_at"]) if row["until_precision"] else None
    return end is not None and end <= see.viewing.at


def _named(details: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for detail, question in _DETAILS.items():
        if name := " ".join(str(details.get(detail) or "").split()):
            found |= {question: ANOTHER, f"{question}_name": name}
    return found


def _written(see: Sight, person_id: str) -> dict[str, str]:
    """What is written of the placement that goes on."""
    some = placed.of_people(see, [person_id]).get(person_id, ())
    today = london_day(see.viewing.at)
    now = next((one for one in some if one.ended_on is None or one.ended_on > today), None)
    if now is None:
        return {}
    found: dict[str, str] = {}
    for question, name, is_ours in (
        (RESPONSIBLE, now.responsible, now.is_ours_to_look_after),
        (HOST, now.host, now.is_here),
    ):
        if is_ours:
            found[question] = OURS
        elif name:
            found |= {question: ANOTHER, f"{question}_name": name}
    return found
