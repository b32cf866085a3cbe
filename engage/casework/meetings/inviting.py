"""How is somebody invited, or left out?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from engage.casework.cases import lasting
from engage.casework.cases.deciding import not_shown
from engage.casework.cases.models import Case
from engage.casework.cases.rules import INVITED as PART_INVITED
from engage.casework.cases.rules import QUESTION, YOUNG, Head
from engage.casework.cases.rules import log_name as log_name_of_case
from engage.casework.cases.seeing import parts_of
from engage.casework.lifecycles.states import CHILD
from engage.casework.meetings import writing
from engage.casework.meetings.deciding import Opened, check_nameless
from engage.casework.meetings.holders import HAND, STATUTE, Holder, title_of
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.proposing import proposals
from engage.casework.meetings.rules import INVITED, SIGNED, Invitee, MeetingRefused, Person, Scope, Word
from engage.casework.meetings.seeing import MeetingDesk
from engage.governance import queries as access
from engage.vocabulary.access import Fact
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited or left out: an agency on a seat, or a named body, and a worker of it where one is meant by name (`user` "" for one who does not sign in);
    `case`: only for that case (None: for all they are proposed for)."""

    agency: str
    member: str
    holder: str = ""
    user: str = ""
    user_name: str = ""
    contact: str = ""
    case: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """By which they are found among those proposed."""
        return self.agency, self.member, self.holder


def cases_seen(desk: MeetingDesk, numbers: Sequence[int]) -> list[Head]:
    """The heads of these open cases in this order, in which the viewer's agency takes part or which it leads. Raises CaseNotShown, MeetingRefused."""
    wanted = list(dict.fromkeys(numbers))
    found = {head.number: head for head in desk.desk.heads(list(Case.objects.filter(pk__in=wanted)))}
    for number in wanted:
        if number not in found or not _takes_part(desk, found[number]):
            raise not_shown(desk.viewing, log_name_of_case(number))
        if not found[number].is_open:
            raise MeetingRefused(Sentence(N_("Case %(number)s is not open."), {"number": str(number)}))
        if found[number].stands == QUESTION:
            raise MeetingRefused(
                Sentence(
                    N_("Case %(number)s is a question that waits for social care's answer."),
                    {"number": str(number)},
                ),
                remedy=N_("Bring the case of the child whom it is about."),
            )
    return [found[number] for number in wanted]


def section_of(kind: Kind, head: Head, asked: str = "") -> str:
    """Where a case stands on the agenda: as asked, or where it belongs. Somebody under 18 at whom the team looks stands among the children, whatever is asked."""
    if head.stands == YOUNG:
        return kind.section_for(CHILD, head.state.code)
    return asked or kind.section_for(head.kind, head.state.code)


def _takes_part(desk: MeetingDesk, head: Head) -> bool:
    """A meeting about a case is called by an agency that takes part in it."""
    subject = desk.desk.subject_of(head, parts_of([head.number], desk.viewing.at).get(head.number, ()))
    return desk.desk.decide(subject, Fact(desk.viewing.viewer.agency, "meeting")).is_allowed


def invite(found: Opened, guests: Sequence[Guest]) -> int:
    """Keep that these are invited, and bring their agencies into the cases. Raises MeetingRefused."""
    known = {(one.agency, one.member, one.holder): one for one in _proposed(found)}
    chosen = [_chosen(found, known.get(guest.key), guest) for guest in guests]
    for one in chosen:
        _check_may_come(found, one)
    with transaction.atomic():
        for one in chosen:
            row = writing.row_of(found.viewing, found.number, one)
            for scope in one.scopes:
                writing.scope_of(found.viewing, found.number, row, scope)
                writing.say(found.viewing, found.number, row, Word(INVITED, scope.case))
        join(found, chosen, [item.case for item in found.book.items])
        writing.record(found.viewing, "meeting.invited", found.number, ["agencies"], INVITED)
    return len(chosen)


def _proposed(found: Opened) -> list[Invitee]:
    return proposals(found.desk, found.area, found.kind, found.book)


def _chosen(found: Opened, known: Invitee | None, guest: Guest) -> Invitee:
    """The guest as they are to be kept: for all that they are proposed for, or one case of it; by hand for what they are not."""
    if guest.agency:
        found.area.agency(guest.agency)
    if guest.member not in seats().by_code:
        raise MeetingRefused(N_("Say on which seat they come."))
    on = {item.case for item in found.book.items}
    if guest.case is not None and guest.case not in on:
        raise MeetingRefused(N_("This is not on the agenda."))
    base = known or Invitee(
        0, guest.agency, guest.member, guest.holder, title_of(found.area, *guest.key), contact=guest.contact
    )
    scopes = base.scopes or (Scope(guest.case, Holder(*guest.key[:2], HAND, guest.holder), ""),)
    if guest.case is not None:
        scopes = tuple(scope for scope in scopes if scope.case == guest.case) or (
            Scope(guest.case, Holder(guest.agency, guest.member, HAND, guest.holder), ""),
        )
    return replace(
        base, user=guest.user, user_name=guest.user_name.strip(), contact=guest.contact or base.contact, scopes=scopes
    )  # fmt: skip


def _check_may_come(found: Opened, one: Invitee) -> None:
    """Nobody is invited by name to what they declared a relationship to. The sentence does not say that this is why."""
    if not one.user:
        return
    if _agency_of(one.user) != one.agency:
        raise _cannot_come(one)
    wanted = {scope.case for scope in one.scopes}
    heads = [head for head in found.desk.heads(found.book) if None in wanted or head.number in wanted]
    if is_barred(found.desk, one.user, heads):
        raise _cannot_come(one)


def is_barred(desk: MeetingDesk, user: str, heads: Iterable[Head]) -> bool:
    """The worker declared a relationship to the subject of one of these cases."""
    return any(user in desk.desk.barred_about(one) for one in heads)


def check_may_chair(
    desk: MeetingDesk, chair: Person, heads: Iterable[Head], kept_out: Collection[str] = ()
) -> None:
    """Nobody chairs what they declared a relationship to, or were left out of by name. The sentence does not say that this is why. Raises MeetingRefused."""
    if not chair.name.strip():
        raise MeetingRefused(N_("Say who chairs it."))
    is_other = bool(chair.user) and _agency_of(chair.user) not in ("", chair.agency)
    if is_other or chair.user in kept_out or (chair.user and is_barred(desk, chair.user, heads)):
        raise MeetingRefused(
            Sentence(N_("%(who)s cannot chair this."), {"who": chair.name}),
            remedy=N_("Choose somebody else."),
        )


def _agency_of(user: str) -> str:
    try:
        return access.viewer_named(user).agency
    except ObjectDoesNotExist:
        return ""


def _cannot_come(one: Invitee) -> MeetingRefused:
    return MeetingRefused(
        Sentence(N_("%(who)s cannot be invited to this."), {"who": one.user_name or one.user}),
        remedy=N_("Choose somebody else of the agency."),
    )


def join(found: Opened, chosen: Iterable[Invitee], on: Sequence[int]) -> None:
    """Who is invited for one of these cases, or whom law asks for, takes part in it from now on, because of this meeting. Who only has a standing seat reads the meeting, and not
    what is written in each case."""
    wanted: dict[tuple[int, str], None] = {}
    for one in chosen:
        for scope in one.scopes:
            for case in (
                [scope.case] if scope.case is not None else on if scope.holder.basis == STATUTE else []
            ):
                wanted[case, one.agency] = None
    for case, agency in wanted:
        if agency and case in on:
            lasting.bring_in(found.viewing, case, agency, PART_INVITED, (lasting.MEETING, found.number))


def leave_out(found: Opened, guest: Guest, word: Word) -> None:
    """Keep that somebody is left out and why; signed at once where the chair says it. Raises MeetingRefused."""
    if not word.text.strip():
        raise MeetingRefused(N_("Say why they are left out: the chair signs for it."))
    known = {(one.agency, one.member, one.holder): one for one in _proposed(found)}
    one = _chosen(found, known.get(guest.key), guest)
    if not word.is_sealed:
        check_nameless(found, (word.text,))
    with transaction.atomic():
        row = writing.row_of(found.viewing, found.number, one)
        for scope in one.scopes:
            writing.scope_of(found.viewing, found.number, row, scope)
            writing.say(found.viewing, found.number, row, replace(word, case=scope.case))
            if found.desk.is_chair(found.book):
                writing.say(found.viewing, found.number, row, Word(SIGNED, scope.case))
        _leave(found, row, one)
        writing.record(found.viewing, "meeting.left_out", found.number, ["reason"], "left out")


def invited_for(one: Invitee) -> Invitee:
    """The same with what they are invited for alone."""
    return replace(one, scopes=tuple(scope for scope in one.scopes if scope.state == INVITED))


def _leave(found: Opened, row: int, one: Invitee) -> None:
    """Whoever is left out takes part no longer because of this meeting, unless their agency is invited on another seat."""
    others = [other.seq for other in found.book.invitees if other.agency == one.agency and other.seq != row]
    kept = {scope.case for seq in others for scope in found.book.scopes(seq) if scope.state == INVITED}
    left = {scope.case for scope in one.scopes}
    on = {item.case for item in found.book.items}
    out = {case for case in on if (None in left or case in left) and not (None in kept or case in kept)}
    lasting.end(found.viewing, "left_out", (lasting.MEETING, found.number), cases=out, agencies=[one.agency])
