"""What the team does between its meetings: a return interview, what it considers for the National Referral Mechanism, a partner's referral by a link, and a worker who says
whom they know."""

from __future__ import annotations

from engage.casework.referrals import actions as links
from engage.casework.referrals import partners
from engage.casework.referrals.rules import Partner
from engage.casework.returns import actions as returns
from engage.example.week.cast import Cast
from engage.example.week.office import Office
from engage.governance.declared import actions as declared
from engage.governance.declared.actions import Declaring
from engage.picture.missing import queries as missing
from engage.picture.missing.rules import NOT_RECORDED
from engage.vocabulary.time import LONDON, london_day


YOUTH_CLUB = Partner("Marnie Oddie", "The Boathouse youth club", "07000 900171")
SURGERY = Partner("Dr Kofi Anand", "Quay Street surgery", "07000 900172")


def fill_in(office: Office, who: Cast, numbers: dict[str, list[int]]) -> None:
    """All of it, in the order in which it was."""
    _interview(office, who)
    for case in numbers["first"]:
        _referred(office, case)
    for case in numbers["children"][5:6]:
        _not_referred(office, case)
    _knows_somebody(office, who)
    _partners(office)


def _interview(office: Office, who: Cast) -> None:
    """One of the two who went together, where nobody has written anything of the last return, was seen within the 72 hours after it: offered the next day at four,
    held the day after that at half past three, and written down before six."""
    viewing = office.at(0, 8).as_("missing")
    back = missing.screen(viewing=viewing, build=office.build).back
    ended = [(one, one.episode.end.until_at) for one in back if one.interview.how == NOT_RECORDED and one.episode.end]  # fmt: skip
    waiting = [(one, day) for one, at in ended if at and (day := (london_day(office.now) - london_day(at)).days - 2) > 0]  # fmt: skip
    waiting.sort(key=lambda one: (one[0].person_id not in who.pair, one[0].person_id))
    for one, ago in waiting[:1]:
        hours = {"offered_at": (1, 16, 0), "answered_at": (1, 16, 20), "held_at": (0, 15, 30), "told_at": (0, 17, 10)}  # fmt: skip
        times = {
            question: f"{office.at(ago + before, hour, minute).moment.astimezone(LONDON):%Y-%m-%dT%H:%M}"
            for question, (before, hour, minute) in hours.items()
        }
        office.at(ago, 17, 40)
        written = office.filled("return_interview", times)
        returns.record(
            viewing=office.as_("missing"), **office.where, report=one.episode.since.record_id, child=one.person_id, written=written
        )  # fmt: skip


def _referred(office: Office, case: int) -> None:
    """Of a child who was taken from place to place: referred, and the first decision is here."""
    office.at(14, 11)
    day = office.day()
    office.write("social_worker", case, "nrm_referral", considered_on=day, referred_on=day)
    office.at(9, 15)
    office.write("social_worker", case, "nrm_decision", decided_on=office.day())


def _not_referred(office: Office, case: int) -> None:
    """Of a child who was not moved: considered, and not done, with the reason."""
    office.at(20, 11)
    office.write(
        "social_worker", case, "nrm_referral", considered_on=office.day(), moved="no", refer="no",
        refer_not_why="Nobody took him anywhere, as far as anybody knows. Asked again if somebody collects him.",
    )  # fmt: skip


def _knows_somebody(office: Office, who: Cast) -> None:
    """A school's lead is a relative of one child: from then on she sees nothing of that child."""
    for person in who.children[8:9]:
        office.at(3, 9)
        declaring = Declaring("person", person, "My sister's child", "Aunt", "Since birth")
        declared.declare(viewing=office.as_("school"), declaring=declaring)


def _partners(office: Office) -> None:
    """A youth club used the link that it was sent, and waits for an answer; a surgery has not used its own yet."""
    office.at(4, 16)
    token = links.make_link(viewing=office.as_("manager"), area=office.area, partner=YOUTH_CLUB)
    links.make_link(viewing=office.as_("manager"), area=office.area, partner=SURGERY)
    office.at(1, 19, 10)
    written = office.filled(
        "referral",
        {
            "child": "A girl of about 14 who comes on Fridays; we know her as Bee", "worry": "Somebody older waits outside and she leaves before the end.",
            "safe_tonight": "not_known", "referrer": YOUTH_CLUB.name, "reach": YOUTH_CLUB.reach,
        },
    )  # fmt: skip
    partners.refer(token=token, **office.where, at=office.moment, written=written, request_id="example")
