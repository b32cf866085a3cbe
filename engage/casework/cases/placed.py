"""Where is a child placed, by which authority and in whose area, as somebody wrote it by hand? For areas whose social care records do not say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.parts import parts_of
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import YES, Answer, day_of
from engage.casework.lifecycles.states import CHILD
from engage.identities import assignments
from engage.picture.seeing import Sight


FORM = "placement"
OURS, ANOTHER = "ours", "another"


@dataclass(frozen=True)
class Placed:
    """A placement: which agency wrote of it, from when and until when (None: not known, or it goes on), and how the responsible authority, the host authority and the home are called ("" where they were not named).
    `is_ours_to_look_after` and `is_here`: the authority of this area is responsible, and is host."""

    agency: str
    began_on: date | None
    ended_on: date | None
    responsible: str
    host: str
    home: str
    is_ours_to_look_after: bool
    is_here: bool

    def was_since(self, day: date) -> bool:
        """It had not ended by that day."""
        return self.ended_on is None or self.ended_on >= day


def of_people(see: Sight, person_ids: Iterable[str]) -> dict[str, tuple[Placed, ...]]:
    """For each of these children (today's ids) of whom something is written, the placements that the viewer may read of in their cases, the last first. The number of queries does not grow with them."""
    wanted = set(person_ids)
    ever = assignments.ids_ever(see.build, *wanted)
    rows = list(
        CaseEntry.objects.filter(
            form=FORM, case__in=Case.objects.filter(kind=CHILD, subject__in=ever).values("pk")
        ).order_by("seq")
    )
    if not rows:
        return {}
    desk = Desk(see)
    cases = {row.case for row in rows if row.case is not None}
    heads = {head.number: head for head in desk.heads(list(Case.objects.filter(pk__in=cases)))}
    subjects = desk.subjects_of(list(heads.values()), parts_of(list(heads), see.viewing.at))
    found: dict[str, list[Placed]] = defaultdict(list)
    for number, head in heads.items():
        shown = desk.entries(subjects[number], (row for row in rows if row.case == number))
        found[head.subject] += [
            _placed(one.agency, one.answers)
            for one in shown
            if one.answers is not None and one.replaced_by is None
        ]
    return {
        person: tuple(sorted(some, key=lambda one: one.began_on or date.min, reverse=True))
        for person, some in found.items()
        if person in wanted
    }


def _placed(agency: str, answers: Mapping[str, Answer]) -> Placed:
    def text(code: str) -> str:
        return " ".join(str(answers.get(code, "")).split())

    ended = day_of(text("ended_on")) if text("ended") == YES else None
    return Placed(
        agency, day_of(text("began_on")), ended, text("responsible_name"), text("host_name"), text("home"),
        text("responsible") == OURS, text("host") == OURS,
    )  # fmt: skip
