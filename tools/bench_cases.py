"""p95 of each page of casework against p95 of a bare page (`/healthz`) of the same server, the two fetched in turn, with many cases and actions.

    python tools/bench_cases.py AREA [--cases 20000] [--actions 200000] [--meetings 2000] [--requests 60] [--only WORD]

`--only` fetches the pages alone whose name holds that word.

AREA is a built one and is filled (tools/bench_cases_rows.py): cases of every kind in every state, with moves, entries and parts, one of them with a long history; actions, half
of them ended; meetings with invitations, rounds, decisions and minutes, one of them a panel of twelve. Pages are fetched as a signed-in team manager (and those of somebody's own
work as a social worker besides), with access decisions and rows in the log. Today is fetched twice over: as it is kept, and anew, after something was decided each time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench_cases_rows import WORKERS, fill
from bench_pages import make_worker, p95, served, signed_in  # the same signing in, the same reckoning

from engage.cli.opening import open_for_command


AIM = 15.0
# The role of each of the workers who look, and which agency of the area it is at.
ROLES = (("team_manager", 0), ("social_worker", 1))
# A day is kept until anything is decided: these are fetched after something was, each time.
ANEW = ("today, manager, anew", "today, worker, anew")


def pages() -> dict[str, tuple[str, str]]:
    """The pages that are measured, by name: who fetches each, and its address. Further pages of casework come in here."""
    from engage.casework.cases.models import Case

    child = Case.objects.filter(kind="child").order_by("seq").first()
    assert child is not None
    fresh = Case.objects.filter(kind="child", state="referred").order_by("-seq").first() or child
    managers = {
        "list, open": "/cases/", "list, ended": "/cases/?state=ended", "list, all": "/cases/?state=", "list, last page": "/cases/?state=&page=99999",
        "list, a kind": "/cases/?kind=place", "list, a state": "/cases/?kind=child&state=plan", "list, mine": "/cases/?mine=yes&state=",
        "list, of a person": f"/cases/?about={child.subject}&state=", "case, long": "/cases/1/", "case, long, oldest": "/cases/1/?page=99999", "case": f"/cases/{child.pk + 100}/",
        "case, printed": "/cases/1/print/", "refer": "/cases/refer/child/", "write": "/cases/1/write/note/", "move": f"/cases/{fresh.pk}/move/accept/", "states": "/cases/states/",
        "today, a manager": "/today/", "actions": "/actions/", "actions, any": "/actions/?state=any", "actions, last page": "/actions/?state=any&page=9999",
        "actions, a case": "/actions/?case=1&state=any", "an action": "/actions/1/", "meetings": "/meetings/", "meetings, all": "/meetings/?all", "meetings, later": "/meetings/?all&after=1500",
        "meetings, a week": "/meetings/week/", "panel of twelve": "/meetings/1/", "panel, who": "/meetings/1/who/", "panel, round": "/meetings/1/round/", "panel, record": "/meetings/1/record/",
        "panel, minutes": "/meetings/1/minutes/", "panel, proposed": "/meetings/1/proposed/", "panel, pack": "/meetings/1/pack/", "decisions": "/meetings/decisions/", "decisions, later": "/meetings/decisions/?after=4000",
        ANEW[0]: "/today/", "caseload": "/caseload/", "my referrals": "/referrals/", "links": "/referrals/links/",
        "limits": "/caseload/limits/", "limits, all": "/caseload/limits/?from_on=2000-01-01", "audits": "/caseload/audits/", "missing": "/missing/", "missing, printed": "/missing/print/",
        "missing, together": "/missing/together/", "meetings, a new one": "/meetings/new/", "panel, round asked": "/meetings/1/ask/", "panel, to answer": "/meetings/1/answer/",
    }  # fmt: skip
    workers = {
        "today, a worker": "/today/",
        ANEW[1]: "/today/",
        "actions, a worker": "/actions/",
        "my cases, a worker": "/cases/?mine=yes",
    }
    return {name: (who, path) for who, some in zip(WORKERS, (managers, workers), strict=True) for name, path in some.items()}  # fmt: skip


def prepare(asked: argparse.Namespace) -> Any:
    """The area opened with the worker who looks and all rows, where it does not have them yet."""
    opened = open_for_command(asked.area)
    from engage.casework.cases.models import Case

    # Another measure may have set one of them anew, with another role.
    for who, (role, place) in zip(WORKERS, ROLES, strict=True):
        make_worker(opened, who, role, place)
    if not Case.objects.filter(pk=asked.cases).exists():
        laid = fill(opened, asked.cases, asked.actions, asked.meetings)
        print(", ".join(f"{count:,} {name}" for name, count in laid.items()))
    return opened


def decide(opened: Any) -> None:
    """Decide something, as any worker of the area might at any moment."""
    from django.db import transaction

    from engage.governance import actions

    with transaction.atomic():
        actions.record_decision(viewing=opened.viewing(), action="bench.decided", subject="none", fields=["none"], decision="made")  # fmt: skip


def main() -> None:
    """Fill, serve, sign in, fetch in turn; print each page and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("area", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--actions", type=int, default=200_000)
    parser.add_argument("--meetings", type=int, default=2000)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    opened = prepare(asked)
    worst = 0.0
    some = {name: one for name, one in pages().items() if asked.only in name}
    with served(asked.area) as (server, base):
        fetches = {who: signed_in(server, base, who) for who in WORKERS}
        for name, bare, page in measure(fetches, some, asked.requests, lambda: decide(opened)):
            worst = max(worst, page / bare)
            print(f"cases: {name:20} {compared(page, bare)}", flush=True)
        print(json.dumps({"worst": worst}))


def compared(page: float, bare: float, *, has_aim: bool = True) -> str:
    """How many times a bare page a page takes at p95 (both in milliseconds), and whether that keeps to the aim, where it has one."""
    held = f"(aim {AIM}, {'within' if page / bare <= AIM else 'OVER'})" if has_aim else "(a file)"
    return f"{page / bare:5.1f} x a bare page at p95 {held}; {page:.1f} ms against {bare:.1f} ms"


def measure(
    fetches: dict[str, Callable[[str], str]],
    asked: dict[str, tuple[str, str]],
    requests: int,
    stir: Callable[[], None],
) -> Iterator[tuple[str, float, float]]:
    """Of each page: its name, and p95 of a bare page and of it in milliseconds."""
    for name, (who, path) in asked.items():
        get = fetches[who]
        times: dict[str, list[float]] = {"bare": [], "page": []}
        for number in range(requests + 5):
            if name in ANEW:
                stir()
            for side, address in (("bare", "/healthz"), ("page", path)):
                started = time.perf_counter()
                get(address)
                if number >= 5:  # the first rounds only warm the server
                    times[side].append(time.perf_counter() - started)
        yield name, p95(times["bare"]), p95(times["page"])


if __name__ == "__main__":
    main()
