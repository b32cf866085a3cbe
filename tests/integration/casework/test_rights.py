"""Who reads what of a case, for how long, and who is called what in it: drawn cases for what a reviewer found open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases import queries
from engage.casework.cases.actions import MoveRefused, Written, write, write_about
from engage.casework.cases.models import CaseEntry
from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Guest
from engage.casework.minutes import actions as minutes
from engage.casework.minutes import queries as records
from engage.casework.minutes.actions import Deciding
from engage.identities import assignments
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.vocabulary.access import Viewing
from tests.integration.casework.test_cases import DECLINED
from tests.integration.casework.test_meetings import Meetings
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = {**DECLINED, "why": "SECRET-FOR-THE-TEAM"}


@pytest.fixture
def meet(ana: World, viewing: Callable[..., Viewing]) -> Meetings:
    return Meetings(ana, viewing)


def test_what_the_team_writes_for_itself_is_not_read_by_whoever_only_referred(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    school = meet.as_("education_lead", "education")
    number = meet.refers(school)
    meet.moves(number, "decline", **SECRET)
    entry = CaseEntry.objects.get(form="declining")
    shown = meet.sees(number, school)
    assert "SECRET" not in repr(shown)
    assert shown.entries[-1].answers == {code: one for code, one in DECLINED.items() if code != "why"}
    browser = sign_in("education_lead", "education", "edie")
    for page in ("", "print/"):
        text = browser.get(f"/cases/{number}/{page}").content.decode()
        assert "Call again." in text
        assert not {"SECRET", "Why, for the team?"} & {one for one in ("SECRET", "Why, for the team?") if one in text}  # fmt: skip
    # Nor can what is not read be written over.
    again = Written("declining", DECLINED, replaces=entry.seq)
    with pytest.raises(MoveRefused, match="read all of an entry"):
        write(viewing=meet.as_("team_manager", "education"), **meet.where, number=number, written=again)
    assert "SECRET" in repr(meet.sees(number))
    meet.brings(number, "education")
    assert "SECRET" in repr(meet.sees(number, school))


def test_a_case_that_is_opened_again_shows_its_ending_as_it_was_corrected(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    number = meet.refers()
    meet.moves(number, "decline", **SECRET)
    entry = CaseEntry.objects.get(form="declining")
    right = Written("declining", {**DECLINED, "again": "A silver car"}, replaces=entry.seq)
    write(viewing=meet.as_("team_manager"), **meet.where, number=number, written=right)
    meet.moves(number, "reopen", meet.as_(), new="Seen again", differs="Nothing", danger_now="no")
    page = sign_in().get(f"/cases/{number}/").content.decode()
    ended = page.split("How it ended the last time")[1].split("What can follow")[0]
    assert "A silver car" in ended
    assert "Anything new" not in ended


def joined(record: str, person: str, before: str, at: Any) -> None:
    """A person judges that a record is this person's."""
    row = PersonAssignment.objects.create(record_id=record, person_id=person, assigned_at=at, cause="judgement")  # fmt: skip
    PersonIdEvent.objects.create(
        person_id=before, kind="merged", other_id=person, at=at, cause="judgement", after_seq=row.seq
    )


def test_what_was_kept_under_an_earlier_id_is_the_persons_after_a_join_and_the_others_after_a_split(
    meet: Meetings,
) -> None:
    """Bea turns out to be Tom's record under another name, and then not."""
    at = meet.as_().at
    bea, tom = meet.case("BEA", state="plan"), meet.case("TOM", state="plan")
    meet.brings(bea, "charity")
    number = meet.calls("mapping_meeting", bea)
    minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=Deciding("children", "See her", bea))
    note = Written("note", {"title": "Seen", "text": "At the bus stop."})
    entry = write_about(viewing=meet.as_(), **meet.where, person_id="BEA", written=note)

    def found(person: str) -> tuple[list[str], list[int]]:
        asked = records.Asked(person_id=person)
        decided = records.register(viewing=meet.as_(), **meet.where, asked=asked).decisions
        about = queries.written_about(viewing=meet.as_(), build=meet.where["build"], person_id=person)
        return [one.what for one in decided], [one.number for one in about]

    def proposed() -> bool:
        some = meet.proposed(meet.calls("mapping_meeting", tom)).invitees
        return "charity" in {one.agency for one in some}

    assert (found("TOM"), proposed()) == (([], []), False)
    hers = meet.world.named("police/3")
    joined(hers, "TOM", "BEA", at)
    assert (found("TOM"), proposed()) == ((["See her"], [entry]), True)
    PersonAssignment.objects.create(record_id=hers, person_id="BEA", assigned_at=at, cause=assignments.TAKEN_BACK)  # fmt: skip
    assert (found("TOM"), proposed()) == (([], []), False)
    assert found("BEA") == (["See her"], [entry])


_ = (meetings, Guest)
