"""The team's weeks, act by act, up to this morning: who did what, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engage.casework.cases import queries as cases
from engage.casework.cases.actions import About
from engage.casework.cases.listing import Filter
from engage.casework.forms.rules import Answer
from engage.example.week import between, sittings
from engage.example.week.cast import Cast, cast
from engage.example.week.conferences import hold_others
from engage.example.week.office import Office
from engage.example.week.plans import write_plan
from engage.store.area import Area
from engage.store.warehouse import Warehouse


Numbers = dict[str, list[int]]
# Who acts, by a move's or a form's code, with which answers.
Act = tuple[str, str, Mapping[str, Answer]]


def make_week(area: Area, warehouse: Warehouse) -> int:
    """Let the team work for some weeks, where it has no case yet; return how many cases there are."""
    office = Office(area, warehouse.current(), area.clock())
    asked = Filter(state="")
    if not cases.cases(viewing=office.as_("manager"), build=office.build, asked=asked).count:
        _weeks(office, cast(office))
    return cases.cases(viewing=office.as_("manager"), build=office.build, asked=asked).count


def _weeks(office: Office, who: Cast) -> None:
    numbers = _pair(office, who)
    later = list(_others(office, who))
    numbers["children"] = later
    numbers["concern"] = _concern(office, who)
    numbers["place"] = _places(office, who)
    _told_twice(office, who)
    numbers["group"] = _groups(office)
    sittings.hold_all(office, numbers)
    hold_others(office, numbers)
    for case in numbers["first"]:
        write_plan(office, case)
    between.fill_in(office, who, numbers)
    _this_morning(office, who)


def _pair(office: Office, who: Cast) -> Numbers:
    """Two children who went missing together: the one has a plan, of the other a strategy discussion was called."""
    if not who.pair:
        return {"first": [], "second": [], "group": []}
    first, second = who.pair
    return {"first": [_first(office, first)], "second": [_second(office, second)], "group": []}


def _first(office: Office, first: str) -> int:
    office.at(33, 10)
    one = office.refer(
        "parents", About("child", first), "referral", worry="She came back in a car that nobody at home knows, with new trainers that nobody bought her.", safe_tonight="yes",
        referrer="Joss Bellamy, The Harbour Light Project", reach="07000 900105", came="here",
    )  # fmt: skip
    office.at(33, 14).move(
        "manager",
        one,
        "acknowledge",
        how="phone",
        said="We have it, and a social worker decides by tomorrow.",
    )
    office.at(32, 9, 30).move(
        "social_worker",
        one,
        "accept",
        why="Missing on two nights, gifts, a car: the records of three agencies say the same.",
        safe_tonight="yes",
    )
    office.at(31, 9).move("detective", one, "discuss")
    office.at(31, 11).move(
        "manager",
        one,
        "allocate",
        worker="adeyinka",
        lead="childrens_services",
        first="See her at school this week, alone.",
    )
    office.at(28, 15).write(
        "social_worker",
        one,
        "visit",
        said="She likes the drama club, and does not want to talk about the car.",
    )
    office.at(27, 16).write(
        "parents", one, "parents_log", text="Her mother writes down who calls at the house and when."
    )
    office.at(19, 10).move("social_worker", one, "call_strategy", why="Found twice at one flat with grown-ups whom nobody at home knows.", decided_by="adeyinka", until_then="Her aunt collects her from school.")  # fmt: skip
    return one


def _second(office: Office, second: str) -> int:
    office.at(6, 9)
    two = office.refer(
        "school", About("child", second), "referral", worry="She left school at noon on two Fridays and would not say with whom.", safe_tonight="not_known",
        referrer="Nadia Rahim, Schools", reach="07000 900103", came="here",
    )  # fmt: skip
    office.at(6, 15).move("manager", two, "acknowledge", how="email")
    office.at(5, 10).move("social_worker", two, "accept", why="Missing on the same nights as another child of the team's.", safe_tonight="no", tonight="The duty team visits before eight.")  # fmt: skip
    office.at(5, 16).move("social_worker", two, "call_strategy", why="Found at the same flat on the same night.", decided_by="adeyinka", until_then="The duty team visits each evening.")  # fmt: skip
    return two


def _others(office: Office, who: Cast) -> Iterator[int]:
    """Children in every other state, one each, as far as the worklist has children."""
    for place, (person, life) in enumerate(zip(who.children, LIVES, strict=False)):
        days, by, worry, moves = life
        office.at(days + place % 3, 9 + place % 6)
        number = office.refer(by, About("child", person), "referral", worry=worry, safe_tonight="yes", referrer="A worker of a partner", reach="07000 900199", came="here")  # fmt: skip
        yield _goes_on(office, number, days, moves)


def _told_twice(office: Office, who: Cast) -> None:
    """Somebody refers a child, a grown-up and a place without a name; each turns out to be one of whom the team has a case, and goes into that."""
    person = next((one for one, (_days, _by, _worry, moves) in zip(who.children, LIVES, strict=False) if not moves), "")  # fmt: skip
    if person:
        office.at(0, 7)
        number = office.refer("parents", About("child", "", "A girl at the bus station"), "referral", worry="A girl of about 14 waited there until midnight.", safe_tonight="not_known", child="A girl at the bus station", referrer="Joss Bellamy, The Harbour Light Project", reach="07000 900105", came="here")  # fmt: skip
        office.identify("social_worker", number, person)
    for grown_up in who.concern[1:2]:
        office.at(1, 9)
        number = office.refer("detective", About("person_of_concern", "", "A man with a blue van"), "referral_of_concern", person="A man with a blue van", why="He waits by the school gate on Fridays, two parents say.", under_18="no", since=office.day(-14), danger_now="no")  # fmt: skip
        office.identify("detective", number, grown_up)
    for key, _called in who.places[:1]:
        office.at(2, 9)
        number = office.refer("nurse", About("place", "", "The flat over the shops"), "referral_of_place", place="The flat over the shops", worry="A patient was collected from there at night.")  # fmt: skip
        office.identify("detective", number, key)


_ALLOCATED: dict[str, Answer] = {
    "worker": "adeyinka",
    "lead": "childrens_services",
    "first": "See the child at home and at school.",
}
_GOAL: dict[str, Answer] = {"lane": "protect", "different": "Somebody the child trusts is at the station every Friday until nine.", "worker": "adeyinka", "agency": "childrens_services", "first": "Ask the youth team for two workers."}  # fmt: skip
_IN: list[Act] = [
    ("manager", "acknowledge", {"how": "phone"}),
    ("social_worker", "accept", {"why": "What three agencies hold points the same way."}),
]
_PLANNED: list[Act] = [
    *_IN,
    ("manager", "allocate", _ALLOCATED),
    ("social_worker", "goal", _GOAL),
    ("social_worker", "agree_plan", {"disagreed": "no"}),
]
# For how many days before today a case is open, who refers, with what worry, and what happens then.
LIVES: tuple[tuple[int, str, str, Sequence[Act]], ...] = (
    (1, "school", "A new phone that she hides, and a name that she will not say.", ()),
    (2, "nurse", "He came to the drop-in at closing time and was collected by a grown-up nobody knows.", _IN[:1]),
    (9, "missing", "Three short absences in a fortnight, each from the same bus stop.", _IN),
    (14, "detective", "Seen twice in a car with somebody whom two other children named.", [*_IN, ("detective", "discuss", {})]),
    (28, "parents", "His mother found a list of debts that he says are a game.", [*_IN, ("manager", "allocate", _ALLOCATED)]),
    (46, "school", "Lifts, takeaways and a second phone, by her friends' account.", _PLANNED),
    (60, "social_worker", "Moved placement twice, and was missing from both.", [*_PLANNED, ("manager", "step_down", {"to_whom": "The family help worker, Ama Birch", "accepted": "yes"})]),
    (75, "nurse", "Anxious about somebody who waits outside.", [*_PLANNED, ("manager", "close", {"reason": "safer", "why": "Safe at home for eight weeks, by her own account too.", "lines_open": "no", "account": "yes", "suspects": "yes", "disagreed": "yes", "disagreed_who": "Her mother thinks that it is too early."})]),
    (90, "detective", "Named by another child as somebody who comes along.", [*_IN, ("manager", "allocate", _ALLOCATED), ("manager", "close", {"reason": "no_ground", "why": "Another child of the same name was meant.", "lines_open": "no"}), ("detective", "reopen", {"new": "Seen at the same place last Friday.", "danger_now": "no"})]),
    (12, "school", "Quarrels with friends after school.", [("manager", "decline", {"reason": "other_service", "to_referrer": "The school's own mediation can help. Call us again if anybody older comes up.", "why": "No grown-up, no place, no gift is named anywhere.", "passed_to": "School mediation"})]),
    (56, "social_worker", "Moved to an aunt in another area, and safer there.", [*_IN, ("manager", "allocate", _ALLOCATED), ("manager", "transfer", {"area": "Eastholm"}), ("manager", "handed_over", {})]),
    (40, "missing", "Placed here by another area and missing towards it every time.", [*_IN, ("manager", "allocate", _ALLOCATED), ("manager", "transfer", {"area": "Northmere", "asked_whom": "Duty manager, by secure mail", "danger_moves": "moves"})]),
    (20, "nurse", "Frightened of a message, and will not show it.", [*_IN, ("social_worker", "call_strategy", {})]),
)  # fmt: skip


_TAKEN: dict[str, Answer] = {"worker": "ellery", "lead": "police", "first": "Ask licensing what they hold."}
_MEASURES: dict[str, Answer] = {"what": "Warning notice served; marker on the car for three months."}
_CLOSED: dict[str, Answer] = {
    "reason": "no_ground",
    "why": "Another person of the name was meant.",
    "spoken": "yes",
    "children": "yes",
    "access": "no",
    "contingency": "Ask the detective who knew the case.",
}
_LEFT: dict[str, Answer] = {
    "reason": "need_more",
    "to_referrer": "Tell us when, and which car. If a child is in danger, call 999.",
    "why": "Nothing that anybody holds says more.",
}
# Of grown-ups whom records link to children: for how many days a case is open, and what happened in it.
CONCERN: tuple[tuple[int, Sequence[Act]], ...] = (
    (24, (("detective", "take_on", _TAKEN), ("detective", "disruption_measure", {}), ("inspector", "agree_measures", _MEASURES))),
    (4, ()),
    (10, (("detective", "take_on", _TAKEN),)),
    (50, (("detective", "take_on", _TAKEN), ("detective", "review", {}))),
    (70, (("detective", "take_on", _TAKEN), ("inspector", "close", _CLOSED))),
    (80, (("detective", "take_on", _TAKEN), ("inspector", "close", _CLOSED), ("analyst", "reopen", {"new": "Named again, by somebody else."}))),
)  # fmt: skip
_GOES: dict[str, Answer] = {"worker": "ellery", "lead": "police", "first": "Go there on Friday after ten."}
_PLAN: dict[str, Answer] = {
    "what": "Youth workers on the corner on Fridays; the landlord is asked for the camera."
}
_SAFER: dict[str, Answer] = {
    "why": "Nobody has been found there for ten weeks.",
    "safer": "The landlord has changed the lock.",
    "know": ["visit"],
    "moved_on": "no",
    "guardian": "The landlord, and the beat officer.",
    "contingency": "Call the detective who knew the case.",
}
PLACES: tuple[tuple[int, Sequence[Act]], ...] = (
    (18, (("detective", "take_on", _GOES), ("social_worker", "agree_plan", _PLAN))),
    (3, ()),
    (8, (("detective", "take_on", _GOES),)),
    (44, (("detective", "take_on", _GOES), ("social_worker", "review", {}))),
    (66, (("detective", "take_on", _GOES), ("manager", "close", _SAFER))),
    (58, (("detective", "take_on", _GOES), ("manager", "close", _SAFER), ("nurse", "reopen", {"new": "Two girls told the nurse that they were there again."}))),
    (16, (("detective", "acknowledge", {"how": "phone"}), ("manager", "decline", _LEFT))),
)  # fmt: skip
# Where the lists name fewer places than the team has cases of: somebody told the team of these.
TOLD_OF = (
    ("", "The bandstand by the bowling green"),
    ("", "The stairs behind the market hall"),
    ("", "The shelter at the old tram stop"),
)
_MAPS: dict[str, Answer] = {
    "worker": "adeyinka",
    "lead": "childrens_services",
    "first": "Ask each of them who they are safe with.",
}
GROUPS: tuple[tuple[str, int, Sequence[Act]], ...] = (
    ("The friends who meet at the flat", 4, ()),
    ("Those who wait at the bus station", 13, (("social_worker", "take_on", _MAPS),)),
    ("The skate park, evenings", 30, (("social_worker", "take_on", _MAPS), ("social_worker", "agree_plan", _PLAN))),
    ("The older form's chat", 55, (("social_worker", "take_on", _MAPS), ("social_worker", "review", {}))),
    ("The arcade, weekends", 95, (("social_worker", "take_on", _MAPS), ("manager", "close", _SAFER), ("social_worker", "reopen", {"new": "Two of them were seen there again."}))),
    ("Last summer's camp", 88, (("social_worker", "take_on", _MAPS), ("manager", "close", _SAFER))),
    ("The chess club", 17, (("manager", "decline", _LEFT),)),
)  # fmt: skip


def _concern(office: Office, who: Cast) -> list[int]:
    numbers = []
    for person, (days, acts) in zip(who.concern, CONCERN, strict=False):
        office.at(days, 11)
        about = About("person_of_concern", person)
        number = office.refer("detective", about, "referral_of_concern", person="As the police know them", why="Linked to two children by separate records of two agencies.", under_18="no", since=office.day(-30), danger_now="no")  # fmt: skip
        numbers.append(_goes_on(office, number, days, acts))
    # Whom somebody saw is not known, and nothing more came of it.
    office.at(15, 11)
    number = office.refer("nurse", About("person_of_concern", "", "A man who asked for a lighter"), "referral_of_concern", person="A man who asked for a lighter", why="He spoke to a patient outside.", under_18="no", since=office.day(-20), danger_now="no")  # fmt: skip
    return [*numbers, _goes_on(office, number, 15, [("inspector", "decline", _LEFT)])]


def _places(office: Office, who: Cast) -> list[int]:
    numbers = []
    for (key, called), (days, acts) in zip((*who.places, *TOLD_OF), PLACES, strict=False):
        office.at(days, 13)
        number = office.refer("detective", About("place", key, called), "referral_of_place", place=called, worry="Children are found there late at night, and leave when somebody knocks.")  # fmt: skip
        numbers.append(_goes_on(office, number, days, acts))
    return numbers


def _groups(office: Office) -> list[int]:
    numbers = []
    for called, days, acts in GROUPS:
        office.at(days, 12)
        number = office.refer("social_worker", About("peer_group", "", called), "referral_of_group")
        numbers.append(_goes_on(office, number, days, acts))
    return numbers


def _goes_on(office: Office, number: int, days: int, acts: Iterable[Act]) -> int:
    """What happened in a case since, some days apart: moves, and what was written."""
    for later, (mover, code, answers) in enumerate(acts, start=1):
        office.at(max(days - later * GAP, 0), 10)
        if code in WRITTEN:
            office.write(mover, number, code, **answers)
        else:
            office.move(mover, number, code, **answers)
    return number


GAP = 4
WRITTEN = ("goal", "disruption_measure")


def _this_morning(office: Office, who: Cast) -> None:
    """What nobody has looked at yet."""
    if len(who.children) > len(LIVES):
        office.at(0, 8)
        office.refer("missing", About("child", who.children[len(LIVES)]), "referral", worry="Came home at five this morning, fed and dry, and says nothing.", safe_tonight="not_known", referrer="Sam Whitlock, missing coordinator", reach="07000 900101", came="here")  # fmt: skip
