"""The writing door of what goes out before and after a meeting: the pack, decisions, dissent, agreed actions, the minutes, their issue and signing off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Q

from engage.casework.agreed import deciding as agreed
from engage.casework.agreed.actions import ActionRefused, NewAction
from engage.casework.cases.rules import CaseNotShown, MovedOn
from engage.casework.meetings import deciding, policies, telling, writing
from engage.casework.meetings.deciding import Opened, to_arrange
from engage.casework.meetings.models import Meeting
from engage.casework.meetings.rules import NOT_HELD, SIGNED_OFF, MeetingNotShown, MeetingRefused
from engage.casework.minutes.models import Decision, Dissent, MinutesText
from engage.casework.minutes.rules import Deciding, Dissenting
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


__all__ = [
    "ActionRefused",
    "CaseNotShown",
    "Deciding",
    "Dissenting",
    "MeetingNotShown",
    "MeetingRefused",
    "MovedOn",
    "NewAction",
    "agree",
    "decide",
    "dissent",
    "issue",
    "send_pack",
    "sign_off",
    "write",
]


def decide(*, viewing: Viewing, build: Build, area: Area, number: int, made: Deciding) -> int:
    """Keep a decision, or one that corrects another; return its number. Audited. Raises MeetingNotShown, MeetingRefused, MovedOn."""
    found = _to_minute(viewing, build, area, number)
    _check_where(found, made.case, made.section)
    _check_text(found, made.what, (made.rationale, made.decided_by))
    if (
        made.replaces
        and not Decision.objects.filter(pk=made.replaces, meeting=number, case=made.case).exists()
    ):
        raise MeetingRefused(N_("There is no such decision of this meeting to correct."))
    try:
        with transaction.atomic():
            _check_still_open(number)
            row = Decision.objects.create(
                meeting=number, case=made.case, section=made.section, what=made.what.strip(), rationale=made.rationale.strip(),
                decided_by=made.decided_by.strip(), replaces=made.replaces, **writing.said(viewing),
            )  # fmt: skip
            writing.record(
                viewing, "minutes.decided", number, ["decision", "rationale"], "decided", [made.case]
            )
            return int(row.seq)
    except IntegrityError:
        raise MovedOn(
            N_("Somebody corrected this decision while you were writing."),
            remedy=N_("Look at theirs, and correct that one if it is still needed."),
        ) from None


def dissent(*, viewing: Viewing, build: Build, area: Area, number: int, made: Dissenting) -> None:
    """Keep that somebody does not agree with a decision: for one's own agency, or as whoever keeps the record. Audited. Raises MeetingNotShown, MeetingRefused,
    MovedOn."""
    found = deciding.opened(viewing, build, area, number)
    if made.agency != viewing.viewer.agency and not deciding.arranges(found):
        raise deciding.refused(viewing, number, Sentence(policies.MAY_NOT))
    _check_open(found)
    on = {item.case for item in found.book.items} | {None}
    row = Decision.objects.filter(pk=made.decision, meeting=number).first()
    if row is None or row.case not in on:
        raise MeetingRefused(N_("There is no such decision of this meeting."))
    if not made.who.strip():
        raise MeetingRefused(N_("Say who does not agree."))
    _check_text(found, made.what, (made.who,))
    with transaction.atomic():
        _check_still_open(number)
        Dissent.objects.create(
            meeting=number, decision=made.decision, who=made.who.strip(), who_agency=made.agency, what=made.what.strip(), **writing.said(viewing)
        )  # fmt: skip
        writing.record(viewing, "minutes.dissent", number, ["dissent"], "said", [row.case])


def agree(
    *, viewing: Viewing, build: Build, area: Area, number: int, new: Sequence[NewAction]
) -> tuple[int, ...]:
    """Keep actions that the meeting agreed, each with its agency and day; return their numbers. Audited. Raises MayNotDo, MeetingNotShown, MeetingRefused, CaseNotShown,
    ActionRefused, MovedOn, AreaSettingsWrong."""
    found = _to_minute(viewing, build, area, number)
    on = {item.case for item in found.book.items} | {None}
    for one in new:
        if one.case not in on:
            raise MeetingRefused(N_("This is not on the agenda."))
        if one.decision is not None and not _is_source(number, one.decision, one.case):
            raise MeetingRefused(
                N_("This meeting made no such decision on what the action is about."),
                remedy=N_("Choose the case that the decision is on, or a decision of this meeting, or none."),
            )
        _check_text(found, one.what, (one.owner.name,))
        # Whoever arranges the meeting knows who is left out of it, and is told so in more words than others are.
        _check_may_do(found, one)
    checked = agreed.to_agree(viewing, build, area, [replace(one, meeting=number) for one in new])
    for one in checked:
        _check_may_do(found, one)
    with transaction.atomic():
        _check_still_open(number)
        return agreed.agree(viewing, checked)


def _check_may_do(found: Opened, one: NewAction) -> None:
    """Nobody is given an action of a case that they or their agency are left out of: whoever has one takes part in the case, and reads it. Raises MeetingRefused."""
    book, owner = found.book, one.owner
    if book.is_out(owner.agency, one.case) or owner.user in book.kept_out_of(one.case):
        raise MeetingRefused(
            Sentence(
                N_("%(who)s is left out of this, and cannot be given this action."), {"who": owner.name}
            ),
            remedy=N_("Choose somebody of another agency. Only the chair invites again whoever is left out."),
        )


def write(
    *, viewing: Viewing, build: Build, area: Area, number: int, texts: Sequence[tuple[int, str, int, str]]
) -> None:
    """Keep what the minutes say: each a case (0: none), a section, the version that was read, and the text. What has not changed is not kept again. Audited. Raises
    MeetingNotShown, MeetingRefused, MovedOn."""
    found = _to_minute(viewing, build, area, number)
    try:
        with transaction.atomic():
            _check_still_open(number)
            for case, section, version, text in texts:
                _check_where(found, case or None, section)
                _check_text(found, text, ())
                MinutesText.objects.create(
                    meeting=number, case=case, section=section, version=version + 1, text=text.strip(), **writing.said(viewing)
                )  # fmt: skip
            writing.record(
                viewing, "minutes.written", number, ["minutes"], "written", [case for case, *_ in texts]
            )
    except IntegrityError:
        raise MovedOn(
            N_("Somebody wrote in these minutes while you were writing."),
            remedy=N_("Both are kept: look at theirs, and send yours again if it is still needed."),
        ) from None


def send_pack(*, viewing: Viewing, build: Build, area: Area, number: int, version: int) -> None:
    """Say that the pack of a meeting went out to those who are invited: nobody is reminded of it any more. Audited. Raises MeetingNotShown, MeetingRefused, MovedOn."""
    found = to_arrange(viewing, build, area, number)
    deciding.check_move(found, "pack_sent")
    writing.move(viewing, replace(found.book.head, version=version), "pack_sent")


def issue(*, viewing: Viewing, build: Build, area: Area, number: int, version: int) -> None:
    """Issue the minutes to those who take part; where the kind of meeting says so, the clocks of the children on its agenda are told. Audited. Raises MeetingNotShown,
    MeetingRefused, MovedOn."""
    found = to_arrange(viewing, build, area, number)
    deciding.check_move(found, "issued")
    with transaction.atomic():
        writing.move(viewing, replace(found.book.head, version=version), "issued")
        cases = [item.case for item in found.book.items]
        telling.issued(found.desk.desk.see, area, found.kind, found.book.head, cases)


def sign_off(*, viewing: Viewing, build: Build, area: Area, number: int, version: int) -> None:
    """Sign the minutes off, as the chair: from then on nothing is added. Audited. Raises MeetingNotShown, MeetingRefused, MovedOn."""
    found = deciding.opened(viewing, build, area, number)
    if not found.desk.is_chair(found.book):
        raise deciding.refused(viewing, number, Sentence(policies.CHAIR_ONLY))
    deciding.check_move(found, "signed_off")
    writing.move(viewing, replace(found.book.head, version=version), "signed_off")


def _to_minute(viewing: Viewing, build: Build, area: Area, number: int) -> Opened:
    found = to_arrange(viewing, build, area, number)
    _check_open(found)
    return found


def _check_open(found: Opened) -> None:
    _check_state(found.book.head.state)


def _check_still_open(number: int) -> None:
    """Within the transaction, and holding the meeting: nobody signed its minutes off meanwhile. Raises MovedOn."""
    try:
        _check_state(Meeting.objects.select_for_update().get(pk=number).state)
    except MeetingRefused as error:
        raise MovedOn(error.sentence, remedy=error.remedy) from None


def _check_state(state: str) -> None:
    if state == SIGNED_OFF:
        raise MeetingRefused(
            N_("The minutes are signed off: nothing is added to them."),
            remedy=N_("Bring it to the next meeting, under matters arising."),
        )
    if state == NOT_HELD:
        raise MeetingRefused(N_("This meeting was not held."))


def _check_where(found: Opened, case: int | None, section: str) -> None:
    if found.kind.section(section) is None:
        raise MeetingRefused(N_("The agenda has no such section."))
    if case is not None and case not in {item.case for item in found.book.items}:
        raise MeetingRefused(N_("This is not on the agenda."))


def _is_source(number: int, decision: int, case: int | None) -> bool:
    """That decision was made in this meeting, on the whole of it or on the case of the action: an action of no case is read by all of the agency that does it."""
    return Decision.objects.filter(Q(case=None) | Q(case=case), pk=decision, meeting=number).exists()


def _check_text(found: Opened, text: str, more: Iterable[str]) -> None:
    if not text.strip():
        raise MeetingRefused(N_("Write what is to be kept."))
    deciding.check_nameless(found, (text, *more))
