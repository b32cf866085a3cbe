"""The team's meetings: a panel that was held and minuted, one that is being prepared, strategy discussions, and what was agreed and is late."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from engage.casework.agreed import actions as agreed
from engage.casework.meetings import actions as meetings
from engage.casework.meetings import queries as seen
from engage.casework.meetings.actions import Attended, Convening, Guest, Holding, Person, Word
from engage.casework.meetings.rules import LEFT_OUT, Invitee
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.rules import Deciding, Dissenting
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries as asked
from engage.casework.rounds.rules import Answer, Asking
from engage.casework.tasks.rules import Word as ActionWord
from engage.example.week.office import Office
from engage.vocabulary.time import LONDON, london_day


CHAIR = Person("pembury", "Lorna Pembury", "childrens_services")
Numbers = dict[str, list[int]]


def hold_all(office: Office, numbers: Numbers) -> None:
    """The sittings in the order in which they were."""
    last_panel(office, numbers)
    for case in numbers["first"]:
        first_discussion(office, case)
    for case in numbers["second"]:
        discussion_of_today(office, case)
    for case in numbers["children"][12:13]:
        discussion_of_last_week(office, case)
    next_panel(office, numbers)


def _when(office: Office, after: int, hour: int) -> datetime:
    day = london_day(office.moment) + timedelta(days=after)
    return datetime.combine(day, time(hour), tzinfo=LONDON).astimezone(UTC)


def convene(office: Office, kind: str, after: int, hour: int, cases: list[int], called: str = "") -> int:
    """Business support calls a meeting that the manager chairs, so many days after the moment it is, at that hour; return its number."""
    convening = Convening(
        kind, _when(office, after, hour), CHAIR, "Room 2, Harbour House", called, 60, tuple(cases)
    )
    return meetings.convene(viewing=office.as_("support"), **office.where, convening=convening)


def invite_all(office: Office, number: int, *, is_one_left_out: bool = False) -> list[Invitee]:
    """Everybody who is proposed is invited, but who is left out of the case already, which the chair signs; all but one school, where one is left out."""
    found = seen.proposed(viewing=office.as_("support"), **office.where, number=number).invitees
    left = next((one for one in found if one.member == "school"), None) if is_one_left_out else None
    wanted = [one for one in found if one is not left and any(not scope.state for scope in one.scopes)]
    meetings.invite(
        viewing=office.as_("support"), **office.where, number=number, guests=[_guest(one) for one in wanted]
    )
    # What was sealed of a case at an earlier meeting waits for the signature of this one's chair.
    for one in found:
        if any(scope.state == LEFT_OUT and not scope.is_signed for scope in one.scopes):
            meetings.sign(viewing=office.as_("manager"), **office.where, number=number, invitee=one.number)
    return [left] if left else []


def _guest(one: Invitee) -> Guest:
    return Guest(one.agency, one.member, one.holder, one.user, one.user_name, one.contact)


def book(office: Office, number: int, who: str = "manager") -> seen.MeetingShown:
    """A meeting as a worker sees it."""
    return seen.meeting(viewing=office.as_(who), **office.where, number=number)


def attend(office: Office, number: int, *, but: tuple[str, ...] = ()) -> None:
    """Those who were invited came, but for these agencies."""
    shown = book(office, number)
    there = {"police": ("Rowan Ellery", "detective"), "childrens_services": ("Tomi Adeyinka", "social_worker"), "health": ("Ffion Marsh", "nurse"), "education": ("Nadia Rahim", "education_lead"), "charity": ("Joss Bellamy", "parent_liaison")}  # fmt: skip
    some = [
        Attended(
            one.number,
            one.agency not in but,
            *(there.get(one.agency, ("", "")) if one.agency not in but else ("", "")),
        )
        for one in shown.invitees
        if one.is_invited
    ]
    meetings.attendance(viewing=office.as_("support"), **office.where, number=number, some=some)


def hold(office: Office, number: int, reason: str = "") -> None:
    """The chair marks it as held."""
    done = Holding(number, book(office, number).head.version, reason)
    meetings.hold(viewing=office.as_("manager"), **office.where, done=done)


def _minute(office: Office, number: int, section: str, text: str) -> None:
    minutes.write(viewing=office.as_("support"), **office.where, number=number, texts=[(0, section, 0, text)])


def issue(office: Office, number: int) -> None:
    """The minutes go out."""
    minutes.issue(
        viewing=office.as_("support"),
        **office.where,
        number=number,
        version=book(office, number).head.version,
    )


def last_panel(office: Office, numbers: Numbers) -> None:
    """The panel of last month: held, minuted the same day, signed off the day after; one of its actions is done, two are late."""
    on = [*numbers["children"][5:7], *numbers["concern"][:1]]
    if not on:
        return
    number = convene(office.at(22, 9), "exploitation_panel", 4, 10, on, "March")
    invite_all(office, number)
    office.at(18, 10)
    attend(office, number)
    office.at(18, 12)
    hold(office, number)
    done = _decided(office, number, on[0])
    _minute(office.at(18, 15), number, "opening", "Confidentiality was read out. Nobody declared a conflict.")
    issue(office.at(18, 16), number)
    office.at(17, 9)
    minutes.sign_off(
        viewing=office.as_("manager"),
        **office.where,
        number=number,
        version=book(office, number).head.version,
    )
    office.at(12, 14)
    agreed.say(
        viewing=office.as_("social_worker"), **office.where, number=done, word=ActionWord("done", 0, "Two workers from this Friday on.")
    )  # fmt: skip


def _decided(office: Office, number: int, case: int) -> int:
    """What the panel decided on a child, and the actions that it agreed; return the number of the first."""
    decision = minutes.decide(viewing=office.as_("support"), **office.where, number=number, made=Deciding("review", "The plan goes on for six weeks, with youth workers at the station on Fridays.", case, "Nobody has been hurt since, and the child asks for it.", "The panel"))  # fmt: skip
    minutes.dissent(viewing=office.as_("support"), **office.where, number=number, made=Dissenting(decision, "Joss Bellamy", "charity", "Six weeks are too short: the mother has only begun to trust us."))  # fmt: skip
    done = office.agree(
        "support",
        "social_worker",
        "Ask the youth team for two workers at the station.",
        7,
        case=case,
        meeting=number,
        decision=decision,
    )
    office.agree(
        "support", "detective", "Find out whose car it is.", 10, case=case, meeting=number, decision=decision
    )
    office.agree(
        "support", "nurse", "Offer a health assessment.", 14, case=case, meeting=number, decision=decision
    )
    return done


def first_discussion(office: Office, case: int) -> None:
    """A strategy discussion at which section 47 enquiries were decided on: the conference is due fifteen working days later, over Easter."""
    number = convene(office.at(19, 11), "strategy_discussion", 1, 9, [case])
    invite_all(office, number)
    office.at(18, 9)
    attend(office, number)
    office.at(18, 10)
    hold(office, number)
    office.write("social_worker", case, "strategy_record", section_47="yes")
    minutes.decide(viewing=office.as_("manager"), **office.where, number=number, made=Deciding("decision", "Enquiries under section 47 begin today, police and social care together.", case, "Two agencies found her at one flat.", "Social care and police"))  # fmt: skip
    issue(office.at(17, 9), number)
    office.at(17, 11).move(
        "manager",
        case,
        "allocate",
        worker="adeyinka",
        lead="childrens_services",
        first="Begin the enquiries today.",
    )
    office.at(16, 10).write(
        "social_worker",
        case,
        "goal",
        lane="pursue",
        different="It is known who rents the flat.",
        worker="ellery",
        agency="police",
        first="Ask the landlord.",
    )
    office.at(15, 10).move("social_worker", case, "agree_plan", disagreed="no")
    conference = convene(office.at(9, 10), "initial_conference", 15, 10, [case])
    invite_all(office, conference)


def discussion_of_last_week(office: Office, case: int) -> None:
    """A strategy discussion that was held, after which nobody has been given the case yet."""
    number = convene(office.at(6, 14), "strategy_discussion", 1, 9, [case])
    invite_all(office, number)
    office.at(5, 9)
    attend(office, number)
    office.at(5, 10)
    hold(office, number)


def discussion_of_today(office: Office, case: int) -> None:
    """A strategy discussion of this morning to which health did not come: it cannot be called held."""
    number = convene(office.at(4, 14), "strategy_discussion", 4, 8, [case])
    invite_all(office, number)
    office.at(0, 8, 20)
    attend(office, number, but=("health",))


def next_panel(office: Office, numbers: Numbers) -> None:
    """The panel of Thursday: invitations from who holds records, one left out for a reason that only the chair and the guardian read, answers, and silence."""
    on = [
        *numbers["second"],
        *numbers["children"][:7],
        *numbers["concern"][:3],
        *numbers["place"][:3],
        *numbers["group"][:2],
    ]
    number = convene(office.at(13, 9), "exploitation_panel", 15, 10, on, "April")
    left = invite_all(office, number, is_one_left_out=True)
    for one in left:
        word = Word(
            "left_out",
            text="A cousin of somebody named on the agenda works in the office that would open the invitation.",
            is_sealed=True,
        )
        meetings.leave_out(
            viewing=office.as_("manager"), **office.where, number=number, guest=_guest(one), word=word
        )
    _ask_and_chase(office, number)


def _ask_and_chase(office: Office, number: int) -> None:
    """Everybody is asked what they hold: most answer, one that it holds nothing, and one does not; they are chased."""
    guests = [one.number for one in book(office, number).invitees if one.is_invited and one.agency]
    rounds.ask(
        viewing=office.as_("support"),
        **office.where,
        number=number,
        asking=Asking(tuple(guests), "What do you hold since the last panel, and who should be in the room?"),
    )
    _answer(
        office.at(8, 11), number, "nurse", text="Seen twice; a health assessment is booked for next week."
    )
    _answer(office.at(7, 15), number, "parents", text="")
    _answer(
        office.at(7, 16),
        number,
        "social_worker",
        text="Visits and plan as in the case; the placing area was asked.",
    )
    _answer(
        office.at(6, 9),
        number,
        "detective",
        text="Two stops of one car since the last panel. Phone me about the third.",
    )
    office.at(0, 8, 10)
    rounds.chase(viewing=office.as_("support"), **office.where, number=number)


def _answer(office: Office, number: int, who: str, *, text: str) -> None:
    """An agency answers everything it was asked: with these words, or that it holds nothing."""
    viewing = office.as_(who)
    own = [
        one for one in asked.to_answer(viewing=viewing, **office.where, number=number).requests if one.is_own
    ]
    answers = [Answer(one.number, 0, is_nil=not text, text=text) for one in own]
    if answers:
        rounds.answer(viewing=viewing, **office.where, number=number, answers=answers)
