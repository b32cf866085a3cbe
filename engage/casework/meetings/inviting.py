"""How is somebody invited, and who may not be?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from engage.casework.cases import lasting
from engage.casework.cases.deciding import not_shown
from engage.casework.cases.models import Case
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import INVITED as PART_INVITED
from engage.casework.cases.rules import QUESTION, YOUNG, Head
from engage.casework.cases.rules import log_name as log_name_of_case
from engage.casework.lifecycles.states import CHILD
from engage.casework.meetings import carrying, telling, writing
from engage.casework.meetings.bodies import is_sealed_out
from engage.casework.meetings.book import NOTHING, Book, speaks_for_agency
from engage.casework.meetings.deciding import Opened, check_nameless
from engage.casework.meetings.holders import HAND, STATUTE, Holder, title_of
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.proposing import proposals
from engage.casework.meetings.rules import INVITED, LEFT_OUT, Invitee, MeetingRefused, Person, Scope, Word
from engage.casework.meetings.seeing import MeetingDesk
from engage.governance import queries as access
from engage.vocabulary.access import Fact
from engage.vocabulary.words import N_, Sentence


Key = tuple[str, str, str, str]


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
    def key(self) -> tuple[str, str, str, str]:
        """By which they are found among those proposed: a worker of an agency is not the agency."""
        return self.agency, self.member, self.holder, self.user_name.strip()


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
    known = known_of(found)
    chosen = [_to_invite(found, known, guest) for guest in guests]
    for one in chosen:
        _check_may_come(found, one)
        if not one.number and one.key not in {seat.key for seat in known.values()}:
            check_nameless(found, (one.holder, one.contact, "" if one.user else one.user_name))
    with transaction.atomic():
        for one, guest in zip(chosen, guests, strict=True):
            _keep(found, one, is_whole=guest.case is None)
        join(found, chosen, [item.case for item in found.book.items])
        if found.book.has_out:
            carrying.lay_down(found.number)
            telling.heard_anew(found.desk.desk.see, found.area, found.book.cases)
        writing.record(found.viewing, "meeting.invited", found.number, ["agencies"], INVITED)
    return len(chosen)


def _keep(found: Opened, one: Invitee, *, is_whole: bool) -> None:
    row = writing.row_of(found.viewing, found.number, one)
    for scope in one.scopes:
        writing.scope_of(found.viewing, found.number, row, scope)
        writing.say(found.viewing, found.number, row, Word(INVITED, scope.case))
    # Whoever is invited again to all that they were named for is left out of the rest no longer; not so who stays left out of some.
    cases = {scope.case for scope in one.scopes}
    was = {scope.case for scope in found.book.scopes(one.number)} if one.number else set()
    for case, stands in found.book.stands(one.number).items() if is_whole and was <= cases else ():
        if stands.state == LEFT_OUT and case not in cases:
            writing.say(found.viewing, found.number, row, Word(INVITED, case))


def known_of(found: Opened) -> dict[Key, Invitee]:
    """Everybody who is proposed or of whom something was said, by what a guest is found by."""
    some = proposals(found.desk, found.area, found.kind, found.book)
    return {(one.agency, one.member, one.holder, one.user_name): one for one in some}


def _to_invite(found: Opened, known: Mapping[Key, Invitee], guest: Guest) -> Invitee:
    """The guest as they are to be invited: to what they are not left out of, and to that again only by the chair. Whoever is left out of the whole with a seal is so to nothing but by the chair, also not to
    what was put on the agenda since: the reason may hold there too, and whoever arranges the meeting may not read it."""
    one = chosen_of(found, known, guest)
    is_chair = found.desk.is_chair(found.book)
    if found.book.is_sealed_out(one.number) and not is_chair:
        raise _left_out(one)
    rest = tuple(scope for scope in one.scopes if scope.holds != LEFT_OUT)
    if rest and guest.case is None:
        one = replace(one, scopes=rest)
    elif len(rest) < len(one.scopes) and not is_chair:
        raise _left_out(one)
    if not is_chair and _is_sealed_body(found, one):
        raise _left_out(one)
    if speaks_for_agency(one.member, one.holder, "") and any(
        _is_out_elsewhere(found, known, one, scope.case) for scope in one.scopes
    ):
        raise _left_out(one)
    return one


def _is_sealed_body(found: Opened, one: Invitee) -> bool:
    """They are a body that is left out with a seal on another seat of something for which they would be invited: with the whole goes every case."""
    seat, cases = (one.agency, one.member, one.holder), {scope.case for scope in one.scopes}
    cases |= {item.case for item in found.book.items} if None in cases else set()
    return any(is_sealed_out(found.book, seat, case, but=one.number) for case in cases)


def _is_out_elsewhere(found: Opened, known: Mapping[Key, Invitee], one: Invitee, case: int | None) -> bool:
    """Their agency is left out on another seat of its own. Where that is not sealed, a seat for which it is proposed as well is another matter, and the chair may invite whom they want."""
    sealed = found.book.left_out(case, but=one.number).get(one.agency) if one.agency else None
    if not sealed:
        is_proposed = (one.agency, one.member, one.holder, "") in known and not one.user_name
        return sealed is not None and not is_proposed and not found.desk.is_chair(found.book)
    return True


def _left_out(one: Invitee) -> MeetingRefused:
    return MeetingRefused(
        Sentence(N_("%(who)s is left out of this."), {"who": one.user_name or one.title}),
        remedy=N_("Only the chair invites them again, on the seat on which they were left out."),
    )


def chosen_of(found: Opened, known: Mapping[Key, Invitee], guest: Guest, *, is_out: bool = False) -> Invitee:
    """The guest as they are to be kept: for all that they are proposed for, or one case of it; by hand for what they are not. A worker is invited for what their agency is, and left
    out (`is_out`) by themselves. Raises MeetingRefused, AreaSettingsWrong."""
    _check_guest(found, guest)
    base = known.get(guest.key)
    if base is None:
        seat = known.get((*guest.key[:3], "")) if guest.user_name.strip() and not is_out else None
        scopes = tuple(Scope(scope.case, scope.holder, "") for scope in seat.scopes) if seat else ()
        base = Invitee(
            0, guest.agency, guest.member, guest.holder, title_of(found.area, *guest.key[:3]), contact=guest.contact, scopes=scopes
        )  # fmt: skip
    stands = found.book.stands(base.number).get(guest.case, NOTHING)
    by_hand = (Scope(guest.case, Holder(guest.agency, guest.member, HAND, guest.holder), *stands),)
    scopes = base.scopes or by_hand
    if guest.case is not None:
        scopes = tuple(scope for scope in scopes if scope.case == guest.case) or by_hand
    return replace(
        base, user=guest.user or base.user, user_name=guest.user_name.strip(), contact=guest.contact or base.contact, scopes=scopes
    )  # fmt: skip


def _check_guest(found: Opened, guest: Guest) -> None:
    if guest.agency:
        found.area.agency(guest.agency)
    if guest.member not in seats().by_code:
        raise MeetingRefused(N_("Say on which seat they come."))
    if guest.case is not None and guest.case not in {item.case for item in found.book.items}:
        raise MeetingRefused(N_("This is not on the agenda."))


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
    """The worker declared a relationship to the subject of one of these cases, or to a firm that one names."""
    return any(desk.desk.is_kept_from(user, one) for one in heads)


def check_may_chair(
    desk: MeetingDesk, chair: Person, heads: Iterable[Head], book: Book | None = None
) -> None:
    """Nobody chairs what they declared a relationship to, or what they or their agency were left out of: the chair reads what is sealed. The sentence does not say that this is why. `book`: the meeting,
    where there is one. Raises MeetingRefused."""
    if not chair.name.strip():
        raise MeetingRefused(N_("Say who chairs it."))
    is_other = bool(chair.user) and _agency_of(chair.user) not in ("", chair.agency)
    is_out = book is not None and (chair.agency in book.ever_out or book.is_named_out(chair.user))
    if is_other or is_out or (chair.user and is_barred(desk, chair.user, heads)):
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
                # A body is invited through an agency that is itself left out: then that stays out.
                if not found.book.left_out(case, but=one.number).get(one.agency):
                    wanted[case, one.agency] = None
    for case, agency in wanted:
        if agency and case in on:
            lasting.bring_in(found.viewing, case, agency, PART_INVITED, (lasting.MEETING, found.number))


def invited_for(one: Invitee) -> Invitee:
    """The same with what they are invited for alone."""
    return replace(one, scopes=tuple(scope for scope in one.scopes if scope.holds == INVITED))
