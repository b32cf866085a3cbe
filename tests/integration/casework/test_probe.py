from __future__ import annotations
import re
import pytest
from engage.casework.cases import actions as cases_actions
from engage.casework.cases.models import Told, ClockDue
from engage.casework.meetings.actions import Guest
from engage.casework.meetings import actions
from engage.casework.minutes import actions as minutes, queries as records
from engage.casework.week import queries as week
from tests.integration.casework.conftest import world
from tests.integration.casework.test_leaving_out import POLICE, detective, officer, seen, signs
from tests.integration.casework.test_meeting_pages import meet
from tests.integration.casework.test_meetings import NOW, SOON, JUST_NOW, Meetings, declares, town
pytestmark = pytest.mark.slow
def test_x(meet, sign_in):
    for kind, state in (("strategy_discussion", "strategy"), ("exploitation_panel", "plan"), ("child_protection_conference","plan")):
        try:
            case = meet.case("ANA", state=state)
            meet.brings(case, "police")
            number = meet.calls(kind, case, starts_at=JUST_NOW)
        except Exception as e:
            print(kind, repr(e)); continue
        meet.leaves_out(number, POLICE, "secret", meet.chair, is_sealed=True)
        meet.invites(number)
        meet.came(number, *[(o.member, "x") for o in meet.shows(number).invitees if any(s.holds=="invited" for s in o.scopes)])
        try:
            meet.holds(number, meet.as_("team_manager"), reason="had to")
        except Exception as e:
            print(kind, "hold", repr(e))
        minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=minutes.Deciding("ending", "Decided", case))
        print(kind, case, [(t.event, t.by, t.number, t.replaces) for t in Told.objects.filter(case=case)])
        d = detective(meet)
        shown = meet.sees(case, d)
        print("takes part", shown.takes_part, [ (r.clock.code, r.state.value, r.key) for r in shown.runs], shown.head.state.code, [(m.move, m.reason) for m in shown.moves])
        print("nurse", [ (r.clock.code, r.state.value, r.key) for r in meet.sees(case).runs])
        print("reg", [x for x in records.register(viewing=d, **meet.where, asked=records.Asked()).decisions])
        print("meeting seen", seen(meet, number, d))
        c = sign_in("detective", agency="police", username=f"det{case}")
        for p in (f"/cases/{case}/", f"/cases/{case}/print/", "/today/", "/log/", "/access/", f"/cases/{case}/history/", "/meetings/", f"/meetings/?case={case}", "/decisions/"):
            r = c.get(p)
            t = re.sub(r"<[^>]+>", " ", r.content.decode())
            t = re.sub(r"\s+", " ", t)
            hits = [t[max(0,m.start()-60):m.end()+60] for m in re.finditer(r"(?i)strategy|\bheld\b|meeting \d|panel|conference", t)]
            print(p, r.status_code, hits)
        m = sign_in("team_manager", agency="police", username=f"man{case}")
        for p in ("/today/", "/caseload/"):
            r = m.get(p); t = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", r.content.decode()))
            print("MAN", p, r.status_code, [t[max(0,x.start()-60):x.end()+60] for x in re.finditer(r"(?i)strategy|\bheld\b|meeting \d|panel|conference", t)])
