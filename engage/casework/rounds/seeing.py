"""What of an information round may a viewer see? Requests of the cases that they see in the meeting; what was answered as the agency that answered guards it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from engage.casework.meetings.book import Book
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.holders import SPECIALIST_SEAT, title_of
from engage.casework.meetings.period import since
from engage.casework.meetings.recorded import rows_of
from engage.casework.meetings.rules import INVITED, LEFT_OUT, NOT_HELD
from engage.casework.rounds.models import Chase, InformationRequest, Return
from engage.casework.rounds.rules import Chased, OwnRecord, Request, Returned
from engage.picture import reading
from engage.picture.seeing import reasons_about
from engage.vocabulary.access import Fact, Subject
from engage.vocabulary.time import london_day


def requests(found: Opened) -> list[Request]:
    """Every request of a meeting of which the viewer may know, in the order in which they were asked."""
    on = {item.case for item in found.book.items} | {None}
    rows = [
        row
        for row in InformationRequest.objects.filter(meeting=found.number).order_by("seq")
        if row.case in on
    ]
    sent: dict[int, list[Return]] = defaultdict(list)
    for one in Return.objects.filter(meeting=found.number).order_by("version"):
        sent[one.request].append(one)
    chased: dict[int, list[Chase]] = defaultdict(list)
    for chase in Chase.objects.filter(meeting=found.number).order_by("number"):
        chased[chase.request].append(chase)
    seats, is_on = seats_of(found.book), found.book.head.state != NOT_HELD
    asked = {row.seq: is_on and is_still_asked(seats[row.invitee], row.case) for row in rows}
    return [
        _request(found, row, sent[row.seq], chased[row.seq], is_asked=asked[row.seq])
        for row in rows
        if sent[row.seq] or not _is_kept_from(found, row)
    ]


def _is_kept_from(found: Opened, row: InformationRequest) -> bool:
    """Whoever is asked for a body that is left out with a seal is not told that it is asked no more; what was answered for it stays."""
    kept = found.desk.kept_from(found.book, found.book.by_number(row.invitee))
    return row.case in kept or (None in kept and row.case not in found.book.stands(row.invitee))


def _request(
    found: Opened, row: InformationRequest, sent: Iterable[Return], chased: Iterable[Chase], *, is_asked: bool
) -> Request:
    who = found.book.by_number(row.invitee)
    returns = tuple(_returned(found, row, one) for one in sent)
    chases = tuple(Chased(one.is_escalated, one.to, one.said_by_name, one.said_at) for one in chased)
    return Request(
        row.seq, row.invitee, title_of(found.area, who.agency, who.member, who.holder), row.to_agency, row.case, row.purpose, row.basis, row.question,
        row.due_on, row.said_at, row.said_by_name, returns, chases, bool(row.to_agency) and row.to_agency == found.viewing.viewer.agency,
        london_day(found.viewing.at), is_asked,
    )  # fmt: skip


Body = tuple[str, str, bool, int]


def body_of(number: int, agency: str, member: str, holder: str) -> Body:
    """Who answers a request: an agency, a body that it is asked for, or its specialist service. On however many seats they sit, they are asked once; whom no agency stands for
    is told apart by the number alone."""
    return agency, holder.lower(), member == SPECIALIST_SEAT, 0 if agency else number


# What counts of inviting somebody: by case (None: the whole) invited, left out or neither. An open omission that nobody has signed is not among it: they are still there, and still asked.
Standing = dict[int | None, str]
# Of a seat that is left out with a seal: that beats every other seat of the same.
SEALED = "sealed"


def seats_of(book: Book) -> dict[int, list[Standing]]:
    """By the number of each invitee what stands of every seat of the same agency or body."""
    of: dict[Body, list[Standing]] = defaultdict(list)
    bodies = {one.seq: body_of(one.seq, one.agency, one.member, one.holder) for one in book.invitees}
    for number, body in bodies.items():
        # Of a worker who is left out by name the seal is no seal on their agency: that is asked still.
        is_all = not book.by_number(number).user_name
        of[body].append(
            {
                scope.case: SEALED if is_all and scope.holds == LEFT_OUT and scope.is_sealed else scope.holds
                for scope in book.scopes(number)
            }
        )
    return {number: of[body] for number, body in bodies.items()}


def is_still_asked(seats: Iterable[Standing], case: int | None) -> bool:
    """Whoever was asked is still invited, on any of their seats, for what they were asked about, and left out with a seal on none."""
    some = list(seats)
    is_sealed = any(stands.get(case, stands.get(None)) == SEALED for stands in some)
    return not is_sealed and any(is_invited_for(stands, case) for stands in some)


def is_invited_for(stands: Standing, case: int | None) -> bool:
    """Whoever that stands of on one seat is invited for a case, by itself or with the whole and not left out of it; `case` None: for anything."""
    if case is None:
        return INVITED in stands.values()
    return stands.get(case) != LEFT_OUT and INVITED in (stands.get(case), stands.get(None))


def _returned(found: Opened, row: InformationRequest, one: Return) -> Returned:
    """A return; its words are decided on as its own agency's, guarded as it chose."""
    subject = Subject("", parts=found.desk.parts(found.book, row.case))
    # What was heard by phone is the agency's that said it.
    whose = row.to_agency if one.heard_from else one.agency
    may = found.desk.desk.decide(subject, Fact(whose, "meeting", one.handling)).is_allowed
    return Returned(
        one.version, one.is_nil, one.text if may else None, tuple(one.records) if may else (), one.is_late, one.said_by_name, one.agency, one.said_at,
        one.handling if may else "", one.heard_from or "",
    )  # fmt: skip


def own_records(found: Opened, cases: Collection[int | None]) -> dict[int | None, tuple[OwnRecord, ...]]:
    """What the viewer's own agency recorded in the period of the person of each of these cases, and the viewer may see, the newest first: to fill a return in before it is typed. Asked of all at once;
    a case of no person, or None (a request for the whole), has nothing."""
    from_on, mine = since(found.viewing, found.kind.period_months), found.viewing.viewer.agency
    told = _happened(found, cases, from_on, agencies={mine})
    return {case: tuple(map(_own, some)) for case, some in told.items()}


def named_records(found: Opened, some: Sequence[Request]) -> dict[str, OwnRecord]:
    """The records that these returns name, by their ids, as far as the viewer may see each: whoever may not sees that one is named, and asks."""
    named = {(one.case, record) for one in some for sent in one.returns for record in sent.records}
    if not named or not found.kind.names_children:
        return {}
    agencies = {sent.agency for one in some for sent in one.returns if sent.records}
    told = _happened(found, {case for case, _record in named}, date.min, agencies=agencies)
    wanted = {record for _case, record in named}
    return {one.record_id: _own(one) for some in told.values() for one in some if one.record_id in wanted}


def _happened(
    found: Opened, cases: Collection[int | None], from_on: date, *, agencies: Collection[str]
) -> dict[int, list[reading.Happening]]:
    """What the viewer may see of what these agencies recorded since a day of the person of each of these cases, the newest first. Asked of all at once."""
    people = {
        head.number: head.subject
        for head in found.desk.heads(found.book)
        if head.number in cases and head.lifecycle.subject == "person" and head.subject
    }
    if not people:
        return {}
    see, some = found.desk.desk.see, sorted(set(people.values()))
    reasons = reasons_about(see.build.pages(), some, see=see)
    rows = rows_of(see, some, from_on)
    told = {}
    for person in some:
        theirs = [row for row in rows[person][1] if row["agency"] in agencies]
        told[person] = reading.newest_first(reading.happenings(theirs, see, reasons[person]))
    return {case: told[person] for case, person in people.items()}


def _own(one: reading.Happening) -> OwnRecord:
    at = reading.moment(one.from_at)
    return OwnRecord(one.record_id, london_day(at) if at else None, one.kind, one.rows[0]["title"] or "")
