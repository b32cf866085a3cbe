"""Which key decisions about somebody of concern count in the case of a child who is linked with them, who has to be told of each?

That a child is linked is said in the case of the person of concern (form linked_child), by the number of the child's case. From then on an arrest, bail, a charge or that nothing further is
done, by whatever tells it there (a form, or a record of the police that holds them as a suspect), counts in the child's case from when it was: of a link that is told later, time may be up
at once. The child's case says of it that it was a key decision in a linked case, and no more: neither who, nor which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from engage.casework.cases import guarded, heard
from engage.casework.cases.belonging import LINKED, case_name, corrected
from engage.casework.cases.guarded import Guards, May
from engage.casework.cases.hearing import before_case
from engage.casework.cases.models import Case, Told
from engage.casework.cases.rules import AnswersWrong, Written
from engage.casework.cases.seeing import Desk
from engage.casework.clocks import rules as clocks
from engage.casework.clocks.bounds import bounds_of
from engage.casework.clocks.catalogue import of_area
from engage.casework.clocks.pairing import TAKEN_BACK, standing
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import CHILD, PERSON_OF_CONCERN
from engage.identities import assignments
from engage.store.area import Area
from engage.vocabulary.words import N_, Sentence


# How what is told in a linked case is named in the child's, before its own name.
PREFIX = "linked:"
DECISIONS = frozenset({"suspect.arrested", "suspect.bailed", "suspect.charged", "suspect.no_further_action"})
_TOLD, _JOINED = "victim.told", "joined"


@dataclass(frozen=True)
class Suspect:
    """Somebody of concern with whom a child is linked, since a moment, as the case of that number says, and how that word is guarded; what was told in their cases, and what records tell.
    `is_only`: no other child is linked with them, so that who was told there is this one."""

    case: int
    since: datetime
    guards: Guards
    rows: tuple[Told, ...]
    guards_of: dict[int, Guards]
    records: tuple[clocks.Told, ...]
    is_only: bool

    def heard(self, may: May) -> Iterator[clocks.Told]:
        """What of it counts in the child's case, for who hears what is guarded so."""
        if not all(map(may, self.guards)):
            return
        told = [_in_childs_case(one, self.since) for one in standing(guarded.tellings(self.rows, self.guards_of, may))]  # fmt: skip
        some = [*told, *self.records]
        yield from (one for one in some if one.event in DECISIONS and not self._is_long_over(one))
        yield from (one for one in told if one.event == _TOLD and self.is_only)

    def _is_long_over(self, told: clocks.Told) -> bool:
        """A decision from so long before anybody linked the child that it is none of the child's case."""
        return bounds_of(told).latest < self.since - before_case()


def _in_childs_case(told: clocks.Told, since: datetime) -> clocks.Told:
    """The same without who says so and why, known there since the child was linked."""
    known = max(told.told_at, since) if told.told_at else since
    regards = tuple(f"{PREFIX}{one}" for one in told.regards)
    return replace(told, told_id=f"{PREFIX}{told.told_id}", regards=regards, told_at=known, authorised_by="", reason="", replaces="")  # fmt: skip


def suspects(
    desk: Desk, area: Area, number: int, subject: str, *, is_open_only: bool = False
) -> list[Suspect]:
    """Everybody of concern with whom the child of a case (a person by today's id) is linked. `is_open_only`: for what is laid down for others to look up; else nobody to whom the viewer
    declared a relationship."""
    names = [case_name(one) for one in _cases_of_child(desk, number, subject)]
    links = _standing_links(Q(regards__in=names)) if names else []
    if not is_open_only:
        links = [one for one in links if one.case not in desk.hidden_cases]
    guards = guarded.guards_of(links)
    return [_suspect(desk, area, link, guards.get(link.seq, guarded.OPEN), is_open_only) for link in links]


def _suspect(desk: Desk, area: Area, link: Told, guards: Guards, is_open_only: bool) -> Suspect:
    subject, cases = _same_person(desk, link.case or 0)
    told = Told.objects.filter(case__in=cases, event__in=(*DECISIONS, _TOLD, TAKEN_BACK)).order_by("seq")
    rows = tuple(told)
    records = heard.of_person(desk.see, area, subject, is_open_only=is_open_only, kind=PERSON_OF_CONCERN) if subject else []  # fmt: skip
    children = {one.regards for one in _standing_links(Q(case__in=cases))}
    return Suspect(
        link.case or 0, link.told_at, guards, rows, guarded.guards_of(rows),
        tuple(one for one in records if one.event in DECISIONS), len(children) == 1,
    )  # fmt: skip


def _same_person(desk: Desk, number: int) -> tuple[str, list[int]]:
    """Whom the case of a person of concern is about, by today's id ("" while nobody said who it is), and the numbers of all such cases about them."""
    kept = Case.objects.filter(pk=number).values_list("subject", flat=True).first() or ""
    if not kept:
        return "", [number]
    now = desk.now([kept])[kept]
    ids = assignments.ids_ever(desk.see.build, now)
    return now, sorted({number, *Case.objects.filter(kind=PERSON_OF_CONCERN, subject__in=ids).values_list("seq", flat=True)})  # fmt: skip


def _cases_of_child(desk: Desk, number: int, subject: str) -> list[int]:
    """The case itself and those that went into it; none of a case that went into another, where what is linked with it counts."""
    ids = assignments.ids_ever(desk.see.build, subject) if subject else ()
    rows = dict(Case.objects.filter(Q(pk=number) | Q(kind=CHILD, subject__in=ids)).values_list("seq", "state"))  # fmt: skip
    if rows.get(number) == _JOINED:
        return []
    return [number, *(seq for seq, state in rows.items() if state == _JOINED and seq != number)]


def _standing_links(which: Q) -> list[Told]:
    rows = list(Told.objects.filter(which, event=LINKED).order_by("seq"))
    replaced = corrected(rows)
    return [row for row in rows if row.seq not in replaced]


def children_of(desk: Desk, numbers: Collection[int]) -> set[int]:
    """The cases of children in which something of these cases of people of concern counts, or counted until the link was taken back."""
    concern = Case.objects.filter(pk__in=list(numbers), kind=PERSON_OF_CONCERN).values_list("seq", flat=True)
    cases = {one for number in concern for one in _same_person(desk, number)[1]}
    said = Told.objects.filter(event=LINKED, case__in=cases).values_list("regards", flat=True) if cases else ()  # fmt: skip
    named = {int((one or "").partition(":")[2]) for one in said}
    return {one for number in named for one in (number, *_went_into(desk, number))}


def _went_into(desk: Desk, number: int) -> Iterable[int]:
    """The other cases of the same child, where this one went into another."""
    row = Case.objects.filter(pk=number, state=_JOINED).exclude(subject="").first()
    ids = assignments.ids_ever(desk.see.build, desk.now([row.subject])[row.subject]) if row else ()
    return Case.objects.filter(kind=CHILD, subject__in=ids).values_list("seq", flat=True) if ids else ()


def not_for(desk: Desk, area: Area) -> Q:
    """The condition of rows of what is due that may tell of somebody to whom the viewer declared a relationship: on no list of theirs stands what such a decision can have begun."""
    cases = children_of(desk, desk.hidden_cases) if desk.hidden_cases else set()
    codes = [code for code, some in of_area(area).clocks.items() if DECISIONS & {*some[-1].starts}]
    return Q(case__in=cases, clock__in=codes)


def check(desk: Desk, form: Form, written: Written) -> None:
    """A case that is linked is that of a child, of which the viewer may know. Raises AnswersWrong."""
    asked = {one.case for one in form.tells if one.case} & set(written.answers)
    wrong = [code for code in asked if not _is_childs(desk, str(written.answers[code]))]
    if wrong:
        fault = Sentence(N_("There is no case of a child under this number, or none that you may see."))
        raise AnswersWrong(dict.fromkeys(wrong, fault))


def _is_childs(desk: Desk, number: str) -> bool:
    row = Case.objects.filter(pk=int(number), kind=CHILD).first()
    return row is not None and desk.head(row) is not None
