"""The reading door of information rounds: who was asked what and answered what, what an agency has to answer, and afterwards each who had to do with a meeting. One call,
one line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engage.casework.cases.rules import OF_PEOPLE
from engage.casework.meetings import deciding
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.proposing import ordered
from engage.casework.meetings.rules import Head, Invitee, MeetingNotShown, log_name
from engage.casework.meetings.seeing import without_why
from engage.casework.rounds.rules import TAKES_ANSWERS, OwnRecord, Request
from engage.casework.rounds.seeing import named_records, own_records, requests
from engage.governance import actions as governance
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = ["MeetingNotShown", "Round", "ToAnswer", "information_round", "to_answer"]


@dataclass(frozen=True)
class Round:
    """The information round of a meeting: every request, the invitees with what was said of each, how the subject of each case is called, and by its id each record that a
    return names and the viewer may see. `arranges`: the viewer does; `goes_on`: answers are still taken."""

    head: Head
    kind: Kind
    requests: tuple[Request, ...]
    invitees: tuple[Invitee, ...]
    titles: Mapping[int, str]
    records: Mapping[str, OwnRecord]
    arranges: bool

    @property
    def goes_on(self) -> bool:
        """Answers are still taken."""
        return self.head.state in TAKES_ANSWERS


@dataclass(frozen=True)
class ToAnswer:
    """What the viewer's agency was asked, on one screen, and what it holds already of each case by its number. `named`: the records that its returns name, by their ids."""

    head: Head
    kind: Kind
    requests: tuple[Request, ...]
    records: Mapping[int | None, tuple[OwnRecord, ...]]
    named: Mapping[str, OwnRecord]
    titles: Mapping[int, str]

    @property
    def goes_on(self) -> bool:
        """Answers are still taken."""
        return self.head.state in TAKES_ANSWERS


def information_round(*, viewing: Viewing, build: Build, area: Area, number: int) -> Round:
    """The round of a meeting. Audited. Raises MeetingNotShown."""
    found = deciding.opened(viewing, build, area, number)
    titles = found.desk.titles(found.book, names_children=found.kind.names_children)
    some = tuple(requests(found))
    records = named_records(found, some)
    _looked(found, "round.view", ["requests", "returns", *(["chronology"] if records else [])])
    return Round(
        found.book.head, found.kind, some, tuple(ordered(without_why(one) for one in found.invitees)), titles, records, deciding.arranges(found)
    )  # fmt: skip


def to_answer(*, viewing: Viewing, build: Build, area: Area, number: int) -> ToAnswer:
    """What the viewer's agency was asked for a meeting, with what it holds already and the viewer may see. Audited. Raises MeetingNotShown."""
    found = deciding.opened(viewing, build, area, number)
    own = tuple(one for one in requests(found) if one.is_own)
    records = own_records(found, {one.case for one in own}) if found.kind.names_children else {}
    titles = found.desk.titles(found.book, names_children=found.kind.names_children)
    _looked(found, "round.to_answer", ["requests", "chronology"])
    return ToAnswer(found.book.head, found.kind, own, records, named_records(found, own), titles)


def _looked(found: Opened, action: str, fields: list[str]) -> None:
    heads = found.desk.heads(found.book)
    people = [head.subject for head in heads if head.kind in OF_PEOPLE and head.subject]
    subject = ",".join(dict.fromkeys((log_name(found.number), *people)))
    governance.record_view(
        viewing=found.viewing, action=action, subject=subject, fields=fields, decision="allow"
    )
