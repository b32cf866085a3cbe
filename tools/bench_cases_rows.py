"""Rows for `tools/bench_cases.py`: cases of every kind in every state, actions, and meetings with all that is said in them. Laid straight into the tables: through the doors it would take hours.

Heads are as their last rows say. One case has a long history, and the first meeting is a panel of twelve.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any


BATCH, LONG, TWELVE = 2000, 300, 12
NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
# The workers who look: a team manager, and a social worker.
WORKERS = ("bench", "bench_worker")
UNDECIDED = ("referred", "acknowledged", "proposed")
CLOCKS = ("C1", "C3")
SEATS = {
    "police": "police",
    "childrens_services": "social_care",
    "education": "education",
    "health": "health",
    "charity": "charity",
}
REFERRALS = {
    "child": "referral", "person_of_concern": "referral_of_concern", "place": "referral_of_place", "peer_group": "referral_of_group",
}  # fmt: skip


def course(life: Any, chance: random.Random) -> list[tuple[str, str, str]]:
    """Moves from the opening on, as the table of moves lets them follow."""
    state, made = life.first.code, [("opened", "", life.first.code)]
    for _ in range(chance.randrange(9)):
        move = chance.choice([one for one in life.moves_from(state) if one.by != "identify"])
        made.append((move.code, state, move.to_state or state))
        state = move.to_state or state
    return made


def fill(opened: Any, cases: int, actions: int, meetings: int) -> dict[str, int]:
    """Lay the rows down; return how many of each."""
    from django.db import transaction

    people = [r[0] for r in opened.warehouse.current().pages().execute("select distinct person_id from reason order by 1 limit 2000")]  # fmt: skip
    chance, laid = random.Random(7), {}  # noqa: S311 - drawn, the same each time
    agencies = list(opened.area.agencies)
    plans = [_case(n, people, agencies, chance) for n in range(1, cases + 1)]
    heads = [_action(n, cases, agencies, chance) for n in range(1, actions + 1)]
    sittings = [_meeting(n, cases, meetings, agencies, chance) for n in range(1, meetings + 1)]
    with transaction.atomic():
        for table, rows in {**_of_cases(plans), **_of_actions(heads), **_of_meetings(sittings)}.items():
            made = [table(**row) for row in rows]
            table.objects.bulk_create(made, batch_size=BATCH)
            laid[table.__name__] = len(made)
        laid["ReferralWaits"] = _lay_waiting(cases)
    return laid


def _lay_waiting(cases: int) -> int:
    """Lay down which referrals wait, as the product does whenever something is told."""
    from engage.casework.cases import referred
    from engage.casework.cases.models import ReferralWaits

    for first in range(1, cases + 1, BATCH):
        referred.lay_down(range(first, min(first + BATCH, cases + 1)))
    return ReferralWaits.objects.count()


def _of_cases(plans: list[dict[str, Any]]) -> dict[Any, Iterable[dict[str, Any]]]:
    from engage.casework.cases.models import (
        Case,
        CaseEntry,
        CaseMove,
        CasePart,
        ClockDue,
        Draft,
        OfConcern,
        Told,
    )

    for seq, entry in enumerate((entry for one in plans for entry in one["entries"]), 1):
        entry["seq"] = seq
    for one in plans:
        for told in one["told"]:
            told["number"] = one["entries"][0]["seq"]
    drafts = ({"user": user, "place": f"/cases/{n}/write/note/", "content": {"text": ["Words"]}, "saved_at": NOW} for user in WORKERS for n in range(1, 40))  # fmt: skip
    return {Case: (one["head"] for one in plans), **{table: _all(plans, name) for table, name in ((CaseMove, "moves"), (CaseEntry, "entries"), (CasePart, "parts"), (ClockDue, "due"), (OfConcern, "stands"), (Told, "told"))}, Draft: drafts}  # fmt: skip


def _of_actions(heads: list[dict[str, Any]]) -> dict[Any, Iterable[dict[str, Any]]]:
    from engage.casework.tasks.models import ActionWord, AgreedAction

    words = ({"action": h["seq"], "number": 1, "says": "done", "said_by": "bench", "said_by_name": "Bench", "agency": h["agency"], "said_at": NOW} for h in heads if h["version"])  # fmt: skip
    return {AgreedAction: heads, ActionWord: words}


def _of_meetings(sittings: list[dict[str, Any]]) -> dict[Any, Iterable[dict[str, Any]]]:
    from engage.casework.meetings.models import (
        Invitee,
        InviteeItem,
        InviteeWord,
        Meeting,
        MeetingItem,
        MeetingMove,
    )
    from engage.casework.minutes.models import Decision, MinutesText
    from engage.casework.rounds.models import InformationRequest, Return

    tables = (
        (MeetingMove, "moves"), (MeetingItem, "items"), (Invitee, "invitees"), (InviteeItem, "scopes"), (InviteeWord, "words"), (Decision, "decisions"),
        (MinutesText, "texts"), (InformationRequest, "requests"), (Return, "returns"),
    )  # fmt: skip
    return {
        Meeting: (one["head"] for one in sittings),
        **{table: _all(sittings, name) for table, name in tables},
    }


def _all(plans: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    return (row for one in plans for row in one[name])


def _case(number: int, people: list[str], agencies: list[str], chance: random.Random) -> dict[str, Any]:
    from engage.casework.cases.rules import GROWN_UP, QUESTION
    from engage.casework.lifecycles.states import PERSON_OF_CONCERN, lifecycles

    kind = chance.choices(list(REFERRALS), [80, 8, 8, 4])[0]
    life, at = lifecycles()[kind], NOW - timedelta(minutes=chance.randrange(60 * 24 * 700))
    moves, agency = course(life, chance), chance.choice(agencies)
    who = {"agency": agency, "role": "social_worker"}
    subject = chance.choice(people) if kind in ("child", "person_of_concern") else f"place {number % 700}"
    worker = WORKERS[number % 2] if number % 200 < 2 else f"worker{number % 300}"
    referrer = WORKERS[number % 2] if number % 80 < 2 else f"worker{number % 293}"
    head = {
        "seq": number, "kind": kind, "subject": subject, "called": f"Subject {number}", "state": moves[-1][2], "version": len(moves) - 1, "agency": agency,
        "worker": worker, "worker_name": worker.title(), "opened_by": referrer, "opened_by_name": referrer.title(), "opened_by_agency": agency, "opened_at": at, "moved_at": at,
    }  # fmt: skip
    rows = [
        {"case": number, "number": n, "move": code, "from_state": before, "to_state": after, "said_by": "bench", "said_by_name": "Bench", "said_at": at, **who}
        for n, (code, before, after) in enumerate(moves)
    ]  # fmt: skip
    entries = [
        {"case": number, "subject": subject, "form": REFERRALS[kind] if n == 0 else "note", "form_version": "1", "written_by": referrer, "written_by_name": referrer.title(),
         "answers": {"worry": "Words of a referral, " * 8} if n == 0 else {"title": f"Note {n}", "text": "Words of a note. " * 20}, "written_at": at, **who}
        for n in range(LONG if number == 1 else chance.randrange(1, 6))
    ]  # fmt: skip
    parts = [
        {"case": number, "agency": one, "part": "lead" if one == agency else "team", "is_joined": True, "said_by": "bench", "said_at": at}
        for one in {agency, *chance.sample(agencies, 2), agencies[0]}
    ]  # fmt: skip
    due = [
        {"case": number, "clock": clock, "state": "running", "is_open": life.state(moves[-1][2]).is_open, "warn_from_at": up - timedelta(days=1), "due_at": up, "latest_at": up}
        for clock in CLOCKS
        for up in [NOW + timedelta(hours=chance.randrange(-90 * 24, 30 * 24))]
    ]  # fmt: skip
    # As it is laid down whenever something is told: what is looked into was settled, and of what is proposed one in two is a question still.
    asked = moves[-1][2] == life.first.code and number % 2
    stands = (
        [{"case": number, "stands": QUESTION if asked else GROWN_UP}] if kind == PERSON_OF_CONCERN else []
    )
    # The referral of each waits for an answer for as long as nobody has decided.
    events = ["referral.received", *(["referral.decided"] if moves[-1][2] not in UNDECIDED else [])]
    told = [
        {"case": number, "subject": subject, "event": event, "from_at": at, "until_at": at, "precision": "minute", "by": "entry", "agency": agency, "told_at": at,
         "name": f"referral:{number}" if event == events[0] else None, "regards": f"referral:{number}" if event != events[0] else None}
        for event in events
    ]  # fmt: skip
    return {
        "head": head,
        "moves": rows,
        "entries": entries,
        "parts": parts,
        "due": due,
        "stands": stands,
        "told": told,
    }


def _action(number: int, cases: int, agencies: list[str], chance: random.Random) -> dict[str, Any]:
    is_done = chance.random() < 0.5
    owner = WORKERS[number % 2] if number % 2000 < 2 else f"worker{number % 300}"
    maker = WORKERS[number % 2] if number % 1000 < 2 else f"worker{number % 293}"
    return {
        "seq": number, "case": 1 + number % cases, "what": f"Action {number}: ring, and say what was said.", "owner": owner, "owner_name": owner.title(),
        "agency": chance.choice(agencies), "due_on": (NOW + timedelta(days=chance.randrange(-60, 60))).date(), "state": "done" if is_done else "open",
        "version": int(is_done), "made_by": maker, "made_by_name": maker.title(), "made_by_agency": agencies[0], "made_at": NOW,
    }  # fmt: skip


def _meeting(
    number: int, cases: int, meetings: int, agencies: list[str], chance: random.Random
) -> dict[str, Any]:
    """The first is a panel of twelve, held this morning; the others are spread over two years, a few of them to come."""
    is_panel = number == 1 or number % 20 == 0
    days = 0 if number == 1 else 30 - 730 * number // meetings
    starts, agency = NOW + timedelta(days=days, hours=-1), agencies[number % 2]
    state = "planned" if starts > NOW else "held" if days > -5 else "signed_off"
    said = {"said_by": "bench", "said_by_name": "Bench", "agency": agency, "said_at": starts}
    made, reach = (
        {"meeting": number},
        {code: (number - 1) * len(agencies) + n for n, code in enumerate(agencies, 1)},
    )
    on = [1 + (number * 31 + n * 7) % cases for n in range(TWELVE if is_panel else 1 + number % 3)]
    path = {
        "planned": ["convened"],
        "held": ["convened", "held"],
        "signed_off": ["convened", "held", "issued", "signed_off"],
    }[state]
    after = {"convened": "planned", "held": "held", "issued": "issued", "signed_off": "signed_off"}
    return {
        "head": {
            "seq": number, "kind": "exploitation_panel" if is_panel else "strategy_discussion", "state": state, "version": len(path) - 1, "starts_at": starts, "place": "Room 2",
            "chair": "bench", "chair_name": "Bench", "chair_agency": agencies[0], "organiser": "bench", "organiser_name": "Bench", "agency": agency, "made_at": starts,
        },
        "moves": [{**made, **said, "number": n, "move": code, "to_state": after[code], "role": "team_manager"} for n, code in enumerate(path)],
        "items": [{**made, **said, "case": case, "section": "review" if is_panel else "child", "place": n, "is_on": True} for n, case in enumerate(on, 1)],
        "invitees": [{**made, "seq": reach[code], "agency": code, "member": SEATS.get(code, "other"), "added_by": "bench", "added_at": starts} for code in agencies],
        "scopes": [{**made, "invitee": row, "case": case, "basis": "records", "said_by": "bench", "said_at": starts} for row in reach.values() for case in on],
        "words": [{**made, **said, "invitee": row, "case": None, "says": says} for row in reach.values() for says in ("invited", *(["came"] if state != "planned" else []))],
        "decisions": [{**made, **said, "case": case, "section": "review" if is_panel else "decision", "what": "Keep the plan, and look again. " * 3} for case in on],
        "texts": [{**made, **said, "case": case, "section": "review" if is_panel else "child", "version": 1, "text": "What was said of this child. " * 20} for case in on],
        **_round(number, on, reach, said, chance),
    }  # fmt: skip


def _round(
    number: int, on: list[int], reach: dict[str, int], said: dict[str, Any], chance: random.Random
) -> dict[str, Any]:
    """Every agency was asked about each case; nearly all answered."""
    asked = [
        {**said, "seq": number * 1000 + n, "meeting": number, "invitee": row, "to_agency": code, "case": case, "purpose": "safeguarding_child", "basis": "Children Act 2004",
         "due_on": (said["said_at"] - timedelta(days=2)).date()}
        for n, (code, row, case) in enumerate((code, row, case) for code, row in reach.items() for case in on)
    ]  # fmt: skip
    answered = [one for one in asked if chance.random() < 0.98]
    returns = [{**said, "request": one["seq"], "meeting": number, "version": 1, "is_nil": False, "text": "Seen twice.", "is_late": False, "agency": one["to_agency"]} for one in answered]  # fmt: skip
    return {"requests": asked, "returns": returns}
