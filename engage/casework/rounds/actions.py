"""The writing door of information rounds: ask, answer, chase, and what is due by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from engage.casework.cases import lasting
from engage.casework.cases.rules import ASKED, MovedOn
from engage.casework.meetings import deciding, writing
from engage.casework.meetings.deciding import Opened, to_arrange
from engage.casework.meetings.period import working_days
from engage.casework.meetings.rules import NOT_HELD, Invitee, MeetingNotShown, MeetingRefused
from engage.casework.rounds.chasing import ChasedRounds, chase_by_rule, manager_of
from engage.casework.rounds.lateness import is_to_be_chased, is_to_be_escalated
from engage.casework.rounds.models import Chase, InformationRequest, Return
from engage.casework.rounds.rules import TAKES_ANSWERS, Answer, Asking, OwnRecord, Request
from engage.casework.rounds.seeing import Body, body_of, is_invited_for, own_records, requests
from engage.governance import actions as governance
from engage.governance.policies import OPEN_HANDLING
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


__all__ = ["Answer", "Asking", "ChasedRounds", "MeetingNotShown", "MeetingRefused", "MovedOn", "answer", "ask", "chase", "chase_due", "write_down"]  # fmt: skip
CHASE = "chase"
_TRIES = 3


def ask(*, viewing: Viewing, build: Build, area: Area, number: int, asking: Asking) -> int:
    """Ask each of these invitees what it holds, once for each case that it is invited for: for the viewing's purpose, on the basis that the kind of meeting states; return how
    many requests were made. Who was asked before is not asked again. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = to_arrange(viewing, build, area, number)
    deciding.check_move(found, "changed")
    deciding.check_nameless(found, (asking.question,))
    due = asking.due_on or _due(found)
    if due < london_day(viewing.at):
        raise MeetingRefused(N_("Choose a day that has not passed by which they answer."))
    guests = [deciding.the_invitee(found, one) for one in asking.invitees]
    wanted = _wanted(found, guests)
    # A charity on two seats is asked once of each case: asked twice, it would seem to owe what it has answered.
    once: dict[tuple[Body, int | None], tuple[Invitee, int | None]] = {}
    for one, case in wanted:
        once.setdefault((_body(one), case), (one, case))
    with transaction.atomic():
        for one, case in once.values():
            InformationRequest.objects.create(
                meeting=number, invitee=one.number, to_agency=one.agency, case=case, purpose=viewing.purpose, basis=found.kind.basis,
                question=asking.question.strip(), due_on=due, **writing.said(viewing),
            )  # fmt: skip
        _join(
            viewing,
            number,
            {
                (case, one.agency)
                for one, case in wanted
                if case is not None and _takes_part(one, case) and one.agency in found.book.parts(case)
            },
        )
        writing.record(
            viewing, "round.asked", number, ["agencies"], "asked", [case for _one, case in once.values()]
        )
    return len(once)


def _wanted(found: Opened, guests: Sequence[Invitee]) -> list[tuple[Invitee, int | None]]:
    """Each of these invitees with each case of which its agency or body was not asked before."""
    asked = {one.number: one for one in found.invitees}
    known = {(_body(asked[one.invitee]), one.case) for one in requests(found) if one.invitee in asked}
    return [(one, case) for one in guests for case in _cases(found, one) if (_body(one), case) not in known]


def _body(one: Invitee) -> Body:
    return body_of(one.number, one.agency, one.member, one.holder)


def _cases(found: Opened, one: Invitee) -> list[int | None]:
    """The cases for which somebody is invited: all of the agenda, for whoever is invited for the whole, but those of which they are left out."""
    on: list[int | None] = [item.case for item in found.book.items]
    stands = {scope.case: scope.holds for scope in one.scopes}
    # Of a meeting without a case somebody is asked once, for the whole.
    return [case for case in on or [None] if is_invited_for(stands, case)]


def _takes_part(one: Invitee, case: int) -> bool:
    """Who is asked because of a standing seat alone answers in the meeting, and reads not what is written in each case."""
    return bool(one.agency) and (one.is_statutory or case in {scope.case for scope in one.scopes})


def _due(found: Opened) -> date:
    """As many working days before the meeting as its kind says, and not before today."""
    day = london_day(found.book.head.starts_at)
    due = working_days(found.area, day, -(found.kind.timings.answers or 0))
    return max(due, london_day(found.viewing.at))


def _join(viewing: Viewing, meeting: int, wanted: set[tuple[int, str]]) -> None:
    for case, agency in sorted(wanted):
        lasting.bring_in(viewing, case, agency, ASKED, (lasting.MEETING, meeting))


def answer(*, viewing: Viewing, build: Build, area: Area, number: int, answers: Sequence[Answer]) -> None:
    """Answer requests that the viewer's agency was sent, all or none. That nothing is held is said, and is another thing than no answer. Audited. Raises MeetingNotShown,
    MeetingRefused, MovedOn."""
    found = deciding.opened(viewing, build, area, number)
    own = {one.number: one for one in requests(found) if one.is_own}
    named = {own[one.request].case for one in answers if one.records and one.request in own}
    records = own_records(found, named) if named else {}
    for one in answers:
        _check(found, own.get(one.request), one, records)
    _keep_all(found, own, [replace(one, heard_from="") for one in answers], "sent")


def write_down(*, viewing: Viewing, build: Build, area: Area, number: int, heard: Answer) -> None:
    """Write down what another agency answered by phone, or a body that does not sign in: by whoever arranges the meeting, with who said it. The agency may answer itself
    later, and that counts. Audited. Raises MeetingNotShown, MeetingRefused, MovedOn."""
    found = to_arrange(viewing, build, area, number)
    asked = {one.number: one for one in requests(found)}
    if not heard.heard_from.strip():
        raise MeetingRefused(N_("Say who told you, with their post."))
    if heard.records:
        raise MeetingRefused(N_("Records are named by the agency whose they are."))
    _check(found, asked.get(heard.request), heard, {})
    deciding.check_nameless(found, (heard.heard_from,))
    _keep_all(found, asked, [heard], "heard")


def _keep_all(found: Opened, asked: Mapping[int, Request], answers: Sequence[Answer], how: str) -> None:
    try:
        with transaction.atomic():
            for one in answers:
                _keep(found.viewing, asked[one.request], one)
            writing.record(
                found.viewing,
                "round.returned",
                found.number,
                ["return"],
                how,
                [asked[one.request].case for one in answers],
            )
    except IntegrityError:
        raise MovedOn(
            N_("Somebody answered for this agency while you were writing."),
            remedy=N_("Look at what they sent, and send yours if it is still needed: both are kept."),
        ) from None


def _check(
    found: Opened,
    request: Request | None,
    one: Answer,
    records: Mapping[int | None, Sequence[OwnRecord]],
) -> None:
    if request is None:
        raise MeetingRefused(N_("This was not asked of your agency."))
    _check_goes_on(found)
    if one.is_nil == bool(one.text.strip() or one.records):
        raise MeetingRefused(
            N_("Say that you hold nothing, or what you hold: one of the two."),
            remedy=N_("Where you leave both open, it counts as not answered."),
        )
    if one.handling not in OPEN_HANDLING:
        raise MeetingRefused(
            N_("What is guarded so cannot be sent here. Say that you can be phoned, and who by.")
        )
    if set(one.records) - {record.record_id for record in records.get(request.case, ())}:
        raise MeetingRefused(N_("Name records of your own agency only."))
    deciding.check_nameless(found, (one.text,))


def _check_goes_on(found: Opened) -> None:
    """Answers are still waited for. Raises MeetingRefused."""
    state = found.book.head.state
    if state == NOT_HELD:
        raise MeetingRefused(N_("This meeting is not held: nothing is asked for it any more."))
    if state not in TAKES_ANSWERS:
        raise MeetingRefused(N_("The minutes are out already: tell whoever arranged the meeting."))


def _keep(viewing: Viewing, request: Request, one: Answer) -> None:
    Return.objects.create(
        request=request.number, meeting=_meeting_of(request), version=one.version + 1, is_nil=one.is_nil, text=one.text.strip(), records=list(one.records),
        handling=one.handling, heard_from=one.heard_from.strip() or None, is_late=london_day(viewing.at) > request.due_on, **writing.said(viewing),
    )  # fmt: skip


def _meeting_of(request: Request) -> int:
    return int(InformationRequest.objects.values_list("meeting", flat=True).get(pk=request.number))


def chase(*, viewing: Viewing, build: Build, area: Area, number: int) -> tuple[int, int]:
    """Chase every agency that should have answered and has not; where the stated number of working days since has passed, tell its manager. Return how many were chased, and of how many the manager was
    told. Nobody is chased twice on a day, nor who is left out or asked no more. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = to_arrange(viewing, build, area, number)
    _check_goes_on(found)
    for _ in range(_TRIES):
        try:
            return _chase(found)
        except IntegrityError:
            # Somebody chases this round at the same moment: looked at anew, whom they chased today is left.
            continue
    return 0, 0


def _chase(found: Opened) -> tuple[int, int]:
    today, escalated = london_day(found.viewing.at), 0
    waiting = [
        one
        for one in requests(found)
        if not one.returns
        and one.is_asked
        and not any(london_day(chased.at) == today for chased in one.chases)
    ]
    due = [one for one in waiting if is_to_be_chased(found.area, found.kind, one.due_on, today)]
    with transaction.atomic():
        for one in due:
            is_up = is_to_be_escalated(found.area, found.kind, one.due_on, today)
            escalated += is_up
            Chase.objects.create(
                request=one.number, meeting=found.number, number=len(one.chases) + 1, is_escalated=is_up, to=manager_of(one.agency, found.book.kept_out_of(one.case)) if is_up else "",
                **writing.said(found.viewing),
            )  # fmt: skip
        writing.record(
            found.viewing, "round.chased", found.number, ["agencies"], "chased", [one.case for one in due]
        )
    return len(due), escalated


def chase_due(*, viewing: Viewing, area: Area) -> ChasedRounds:
    """Chase in every round what is due by the kind of its meeting, and tell managers, once each. Says numbers only. Audited. Raises MayNotDo, KindsWrong."""
    governance.check_may(viewing=viewing, what=CHASE, subject="none")
    return chase_by_rule(viewing, area)
