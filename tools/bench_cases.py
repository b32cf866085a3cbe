"""p95 of each page of casework against p95 of a bare page (`/healthz`) of the same server, the two fetched in turn, with many cases and actions.

    python tools/bench_cases.py AREA [--cases 20000] [--actions 200000] [--requests 60]

AREA is a built one and is filled: cases of every kind in every state, with moves, entries and parts, and actions, half of them ended. Heads are as their last rows say. One
case has a long history. Pages are fetched as a signed-in team manager, with access decisions and rows in the log.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench_pages import PASSWORD, p95, signed_in  # the same signing in, the same reckoning

from engage.cli.opening import open_for_command


AIM = 15.0
BATCH, LONG = 2000, 300
NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
REFERRALS = {
    "child": "referral", "person_of_concern": "referral_of_concern", "place": "referral_of_place", "peer_group": "referral_of_group",
}  # fmt: skip


def course(life: Any, chance: random.Random) -> list[tuple[str, str, str]]:
    """Moves from the opening on, as the table of moves lets them follow."""
    state, made = life.first.code, [("opened", "", life.first.code)]
    for _ in range(chance.randrange(9)):
        move = chance.choice([one for one in life.moves_from(state) if one.by != "identify"] or [None])
        if move is None:
            break
        made.append((move.code, state, move.to_state))
        state = move.to_state
    return made


def fill(opened: Any, cases: int, actions: int) -> dict[str, int]:
    """Lay the rows down; return how many of each."""
    from django.db import transaction

    from engage.casework.cases.models import Case, CaseEntry, CaseMove, CasePart, OfConcern
    from engage.casework.tasks.models import ActionWord, AgreedAction

    people = [r[0] for r in opened.warehouse.current().pages().execute("select distinct person_id from reason order by 1 limit 2000")]  # fmt: skip
    chance, laid = random.Random(7), {}  # noqa: S311 - drawn, the same each time
    agencies = list(opened.area.agencies)
    plans = [_case(n, people, agencies, chance) for n in range(1, cases + 1)]
    tables = {
        Case: (one["head"] for one in plans),
        CaseMove: (row for one in plans for row in one["moves"]),
        CaseEntry: (row for one in plans for row in one["entries"]),
        CasePart: (row for one in plans for row in one["parts"]),
        OfConcern: (
            {"case": one["head"]["seq"], "stands": "grown_up"}
            for one in plans
            if one["head"]["kind"] == "person_of_concern"
        ),
    }
    heads = [_action(n, cases, agencies, chance) for n in range(1, actions + 1)]
    words = [{"action": h["seq"], "number": 1, "says": "done", "said_by": "bench", "said_by_name": "Bench", "agency": h["agency"], "said_at": NOW} for h in heads if h["version"]]  # fmt: skip
    with transaction.atomic():
        for table, rows in {**tables, AgreedAction: heads, ActionWord: words}.items():
            made = [table(**row) for row in rows]
            table.objects.bulk_create(made, batch_size=BATCH)  # type: ignore[attr-defined]
            laid[table.__name__] = len(made)
    return laid


def _case(number: int, people: list[str], agencies: list[str], chance: random.Random) -> dict[str, Any]:
    from engage.casework.lifecycles.states import lifecycles

    kind = chance.choices(list(REFERRALS), [80, 8, 8, 4])[0]
    life, at = lifecycles()[kind], NOW - timedelta(minutes=chance.randrange(60 * 24 * 700))
    moves, agency = course(life, chance), chance.choice(agencies)
    who = {"agency": agency, "role": "social_worker"}
    subject = chance.choice(people) if kind in ("child", "person_of_concern") else f"place {number % 700}"
    worker = "bench" if number % 400 == 1 else f"worker{number % 300}"
    head = {
        "seq": number, "kind": kind, "subject": subject, "called": f"Subject {number}", "state": moves[-1][2], "version": len(moves) - 1, "agency": agency,
        "worker": worker, "worker_name": worker.title(), "opened_by": "bench", "opened_by_name": "Bench", "opened_by_agency": agency, "opened_at": at, "moved_at": at,
    }  # fmt: skip
    rows = [
        {"case": number, "number": n, "move": code, "from_state": before, "to_state": after, "said_by": "bench", "said_by_name": "Bench", "said_at": at, **who}
        for n, (code, before, after) in enumerate(moves)
    ]  # fmt: skip
    entries = [
        {"case": number, "subject": subject, "form": REFERRALS[kind] if n == 0 else "note", "form_version": "1", "written_by": "bench", "written_by_name": "Bench",
         "answers": {"worry": "Words of a referral, " * 8} if n == 0 else {"title": f"Note {n}", "text": "Words of a note. " * 20}, "written_at": at, **who}
        for n in range(LONG if number == 1 else chance.randrange(1, 6))
    ]  # fmt: skip
    parts = [
        {"case": number, "agency": one, "part": "lead" if one == agency else "team", "is_joined": True, "said_by": "bench", "said_at": at}
        for one in {agency, *chance.sample(agencies, 2), agencies[0]}
    ]  # fmt: skip
    return {"head": head, "moves": rows, "entries": entries, "parts": parts}


def _action(number: int, cases: int, agencies: list[str], chance: random.Random) -> dict[str, Any]:
    is_done = chance.random() < 0.5
    owner = "bench" if number % 2000 == 0 else f"worker{number % 300}"
    return {
        "seq": number, "case": 1 + number % cases, "what": f"Action {number}: ring, and say what was said.", "owner": owner, "owner_name": owner.title(),
        "agency": chance.choice(agencies), "due_on": (NOW + timedelta(days=chance.randrange(-60, 60))).date(), "state": "done" if is_done else "open",
        "version": int(is_done), "made_by": "bench", "made_by_name": "Bench", "made_by_agency": agencies[0], "made_at": NOW,
    }  # fmt: skip


def pages() -> dict[str, str]:
    """The pages that are measured, by name. Further pages of casework come in here."""
    from engage.casework.cases.models import Case

    child = Case.objects.filter(kind="child").order_by("seq").first()
    assert child is not None
    fresh = Case.objects.filter(kind="child", state="referred").order_by("-seq").first() or child
    return {
        "list, open": "/cases/", "list, ended": "/cases/?state=ended", "list, all": "/cases/?state=", "list, last page": "/cases/?state=&page=99999",
        "list, a kind": "/cases/?kind=place", "list, a state": "/cases/?kind=child&state=plan", "list, mine": "/cases/?mine=yes&state=",
        "list, of a person": f"/cases/?about={child.subject}&state=", "case, long": "/cases/1/", "case": f"/cases/{child.pk + 100}/",
        "case, printed": "/cases/1/print/", "refer": "/cases/refer/child/", "write": "/cases/1/write/note/", "move": f"/cases/{fresh.pk}/move/accept/", "states": "/cases/states/",
    }  # fmt: skip


def prepare(asked: argparse.Namespace) -> None:
    """The area with the worker who looks and all rows, where it does not have them yet."""
    opened = open_for_command(asked.area)
    from engage.casework.cases.models import Case
    from engage.governance import actions

    if not Case.objects.filter(pk=asked.cases).exists():
        worker = {"username": "bench", "name": "Bench", "agency": next(iter(opened.area.agencies)), "role": "team_manager"}  # fmt: skip
        actions.make_user(viewing=opened.viewing(), **worker, password=PASSWORD)
        print(
            ", ".join(f"{count:,} {name}" for name, count in fill(opened, asked.cases, asked.actions).items())
        )


def main() -> None:
    """Fill, serve, sign in, fetch in turn; print each page and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("area", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--actions", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=60)
    asked = parser.parse_args()
    prepare(asked)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "engage", "serve", str(asked.area), "--port", str(port)], env={**os.environ, "ENGAGE_REQUIRE_MFA": "0"}, stdout=subprocess.DEVNULL
    )  # fmt: skip
    try:
        worst = 0.0
        for name, bare, page in measure(
            signed_in(server, f"http://localhost:{port}"), pages(), asked.requests
        ):
            worst = max(worst, page / bare)
            print(f"cases: {name:20} {page / bare:5.1f} x a bare page at p95 (aim {AIM}, {'within' if page / bare <= AIM else 'OVER'}); {page:.1f} ms against {bare:.1f} ms", flush=True)  # fmt: skip
        print(json.dumps({"worst": worst}))
    finally:
        server.terminate()
        server.wait(timeout=30)


def measure(
    get: Callable[[str], str], asked: dict[str, str], requests: int
) -> Iterator[tuple[str, float, float]]:
    """Of each page: its name, and p95 of a bare page and of it in milliseconds."""
    for name, path in asked.items():
        times: dict[str, list[float]] = {"bare": [], "page": []}
        for number in range(requests + 5):
            for side, address in (("bare", "/healthz"), ("page", path)):
                started = time.perf_counter()
                get(address)
                if number >= 5:  # the first rounds only warm the server
                    times[side].append(time.perf_counter() - started)
        yield name, p95(times["bare"]), p95(times["page"])


if __name__ == "__main__":
    main()
