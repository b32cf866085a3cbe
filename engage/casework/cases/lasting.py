"""How long does an agency take part in a case? As long as what brought it in, by parts.yaml. A part is ended by a further row; one by another reason remains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from engage.casework.cases import writing
from engage.casework.cases.models import CasePart
from engage.casework.cases.rules import Part, Reason, log_name
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.written import read_yaml


MEETING, ACTION, REFERRAL = "meeting", "action", "referral"


@cache
def endings() -> Mapping[str, Mapping[str, timedelta]]:
    """By part, what ends it, and how much later."""
    rows = read_yaml(Path(__file__).with_name("parts.yaml").read_text(encoding="utf-8"))
    return {row["part"]: {event: timedelta(days=days) for event, days in row["ends"].items()} for row in rows}


def bring_in(viewing: Viewing, case: int, agency: str, part: str, reason: Reason) -> None:
    """Keep that an agency takes part for a reason, unless it does already for this one; within the transaction of what brings it in."""
    if (case, agency, part) not in _standing(reason):
        writing.say_part(viewing, case, Part(agency, part, "", viewing.at, reason), is_joined=True)


def end(
    viewing: Viewing,
    event: str,
    reason: Reason,
    *,
    cases: Collection[int] | None = None,
    agencies: Collection[str] | None = None,
) -> int:
    """End the parts that this event ends of those by this reason, in these cases and of these agencies (None: all); within the event's transaction. Return how many ended."""
    ended = 0
    for case, agency, part in sorted(_standing(reason)):
        after = endings().get(part, {}).get(event)
        if (
            after is None
            or (cases is not None and case not in cases)
            or (agencies is not None and agency not in agencies)
        ):
            continue
        until = viewing.at + after if after else None
        writing.say_part(viewing, case, Part(agency, part, "", viewing.at, reason, until), is_joined=False)
        governance.record_decision(
            viewing=viewing, action="case.part", subject=log_name(case), fields=["agency"], decision="left"
        )
        ended += 1
    return ended


def _standing(reason: Reason) -> set[tuple[int, str, str]]:
    """Case, agency and part of everybody who takes part for a reason, so far as nobody has said since that it ends."""
    last: dict[tuple[int, str, str], bool] = {}
    for row in CasePart.objects.filter(by=reason[0], number=reason[1]).order_by("seq"):
        last[row.case, row.agency, row.part] = row.is_joined
    return {key for key, is_joined in last.items() if is_joined}
