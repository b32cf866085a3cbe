"""Of which child, and of which time of being missing, does somebody write or read?"""

from __future__ import annotations

from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import EntryShown, readers
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.lifecycles.states import CHILD
from engage.casework.returns import authorities
from engage.casework.returns.rules import FORM, Return
from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.missing import rules as missing
from engage.picture.missing.gathering import Gathered, gather
from engage.picture.missing.queries import MOST_DAYS, EpisodeNotShown
from engage.picture.missing.rules import Episode
from engage.picture.seeing import Sight
from engage.vocabulary.access import Subject
from engage.vocabulary.words import N_


def found(see: Sight, report: str, child: str) -> Return:
    """The time of which that is the first report, or another; `child` says of whom, of a report about several. Raises EpisodeNotShown, which the log tells of."""
    gathered = gather(see, MOST_DAYS)
    for person, records in gathered.children.items():
        for one in records.episodes:
            if report in {reported.record_id for reported in one.reports} and child in ("", person):
                return _made(gathered, person, one)
    governance.record_view(
        viewing=see.viewing, action="return.view", subject=report, fields=[], decision="nothing"
    )
    raise EpisodeNotShown(
        N_(
            "There is no report of that number, or nothing of it that your role may see for the purpose you gave."
        ),
        remedy=N_("Go back to the list. If you are worried about a child, speak to your team manager."),
    )


def _made(gathered: Gathered, person: str, one: Episode) -> Return:
    reports = {reported.record_id for reported in one.reports}
    entries = written(gathered.see, person)
    return Return(
        person, gathered.name(person), gathered.children[person].record_ids[one.since.record_id], one,
        missing.interview_due(one, now=gathered.now, stated=gathered.stated), gathered.now,
        tuple(entry for entry in entries if reports & set(entry.evidence)), authorities.known(gathered.see, person),
    )  # fmt: skip


def written(see: Sight, person_id: str) -> list[EntryShown]:
    """Every interview that was written down about a person, in a case or outside one, as far as the viewer may see it; oldest first."""
    desk, ids = Desk(see), assignments.ids_ever(see.build, person_id)
    outside = CaseEntry.objects.filter(form=FORM, case=None, subject__in=ids)
    shown = desk.entries(Subject(person_id), outside) if person_id not in see.bars.people else []
    heads = desk.heads(list(Case.objects.filter(kind=CHILD, subject__in=ids)))
    parts = parts_of([head.number for head in heads], see.viewing.at)
    for head in heads:
        rows = CaseEntry.objects.filter(form=FORM, case=head.number)
        shown += desk.entries(desk.subject_of(head, parts.get(head.number, ())), rows)
    return sorted(shown, key=lambda entry: entry.number)


def open_cases(see: Sight, person_id: str) -> list[int]:
    """Every open case of a child, whoever takes part in it."""
    rows = Case.objects.filter(kind=CHILD, subject__in=assignments.ids_ever(see.build, person_id))
    return [row.seq for row in rows if head_of(row).is_open]


def case_of(see: Sight, person_id: str) -> Case | None:
    """The open case of a child in which the viewer's agency takes part: what is written of an interview stands in it. None: it stands with the child alone."""
    desk, mine = Desk(see), see.viewing.viewer.agency
    rows = {
        row.seq: row
        for row in Case.objects.filter(kind=CHILD, subject__in=assignments.ids_ever(see.build, person_id))
    }
    heads = [head for head in desk.heads(list(rows.values())) if head.is_open]
    parts = parts_of([head.number for head in heads], see.viewing.at)
    taking = [head for head in heads if mine in readers(parts.get(head.number, ()))]
    return rows[max(taking, key=lambda head: head.number).number] if taking else None
