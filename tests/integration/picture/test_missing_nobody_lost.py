"""Nobody falls off the list of missing children unseen: by one birth of several, by being away for long, by a time or a role that a
record does not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engage.governance.models import AuditEvent
from engage.picture.missing import queries
from engage.picture.missing.screen import Screen
from engage.store.area import AreaSettingsWrong
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
See = Callable[..., Viewing]
PEOPLE = """
    id | agency             | person | name        | born
    ---+--------------------+--------+-------------+-----------
    1  | police             | ANA    | Ana Petal   | 2007-01-01
    2  | police             | ANA    | Ana Petal   | 2007-01-01
    3  | childrens_services | ANA    | Ana Petal   | 2010-03-01
    4  | police             | BEN    | Ben Reed    | 2011-05-02
    5  | police             | CAI    | Cai Oakley  | 2007-01-01
    6  | police             | DEE    | Dee Ashby   | 2009-09-09
    7  | charity            | EVE    | Eve Marsh   | 2011-01-01
"""


def served(world: World, events: str) -> Any:
    """The people above, and these events: id | agency | who | kind | when, and any of handling, received and category."""
    return world.people(PEOPLE).events(events).served()


def names(listed: Any) -> list[str]:
    return [one.name for one in listed]


def screen(build: Any, viewing: Viewing) -> Screen:
    return queries.screen(viewing=viewing, build=build)


def test_an_adult_is_who_is_one_by_every_birth_that_is_said(world: World, viewing: See) -> None:
    build = served(
        world,
        """
        id | agency | who                     | kind    | when
        m1 | police | police/1 missing person | missing | 2026-04-05 20:00
        m5 | police | police/5 missing person | missing | 2026-04-05 21:00
        f4 | police | police/4 missing person | found   | 2026-03-05 21:00
        """,
    )

    (ana,) = screen(build, viewing()).missing

    assert (ana.name, ana.ages) == ("Ana Petal", ((16, 16), (19, 19)))


LONG_AGO = """
    id | agency | who                                        | kind             | when             | handling | outcome
    m1 | police | police/4 missing person                    | missing          | 2023-02-01 20:00 | |
    m2 | police | police/6 missing person, police/4 found with | missing        | 2023-03-01 20:00 | |
    f2 | police | police/6 missing person, police/4 found with | found          | 2023-03-02 20:00 | |
    m3 | police | police/1 missing person                    | missing          | 2023-04-01 20:00 | |
    i3 | police | police/1 missing person                    | return_interview | 2023-04-09 12:00 |          | Held
    m5 | police | police/5 missing person                    | missing          | 2023-05-01 20:00 | |
    f5 | police | police/5 missing person                    | found            | 2023-05-02 08:00 | C |
    m7 | charity | charity/7 missing person                  | missing          | 2023-05-01 20:00 | |
"""


def test_who_was_reported_years_ago_and_never_found_stands_in_a_group_of_their_own(
    world: World, viewing: See
) -> None:
    build = served(world, LONG_AGO)

    shown = screen(build, viewing())

    assert (names(shown.missing), names(shown.back), names(shown.unended)) == ([], [], [])
    # Ben's part in the find of another is no end of his own time; the find of Cai may not be seen.
    assert names(shown.long) == ["Ben Reed", "Cai Oakley"]
    assert names(screen(build, viewing("detective", "police")).long) == ["Ben Reed"]
    assert shown.together.names == {}
    assert "BEN" in AuditEvent.objects.earliest("pk").subject


def test_who_was_reported_years_ago_may_still_be_checked_for(world: World, viewing: See) -> None:
    build = served(world, LONG_AGO)

    listed = queries.episode(viewing=viewing(), build=build, report="zz:police:events:m1")

    assert listed.name == "Ben Reed"


def test_an_end_that_a_report_says_itself_and_a_report_of_another_agency_count_as_they_do_of_late(
    world: World, viewing: See
) -> None:
    """The police say of late for how many hours: their report of Ana from long ago does not, that of Ben does; Dee's was of two agencies."""
    build = served(
        world,
        """
        id | agency  | who                     | kind    | when             | category
        m0 | police  | police/5 missing person | missing | 2026-03-01 20:00 | Missing 9 hours
        m1 | police  | police/1 missing person | missing | 2023-02-01 20:00 |
        m2 | police  | police/4 missing person | missing | 2023-02-01 20:00 | Missing 13 hours
        m3 | police  | police/6 missing person | missing | 2023-02-01 20:00 |
        m4 | charity | police/6 young person   | missing | 2023-02-02 09:00 |
        """,
    )

    assert names(screen(build, viewing()).long) == ["Ana Petal", "Dee Ashby"]


def test_who_was_reported_anew_of_late_is_not_still_away_since_long_ago(world: World, viewing: See) -> None:
    build = served(
        world,
        """
        id | agency | who                     | kind    | when
        m0 | police | police/4 missing person | missing | 2023-02-01 20:00
        m1 | police | police/4 missing person | missing | 2026-03-01 20:00
        f1 | police | police/4 missing person | found   | 2026-03-02 20:00
        """,
    )
    assert not screen(build, viewing()).person_ids


def test_an_interview_about_another_time_ends_nothing(world: World, viewing: See) -> None:
    """The report is older than the days of pairs, and the interview after it names an earlier time."""
    build = served(
        world,
        """
        id | agency | who                     | kind             | when             | details
        m0 | police | police/4 missing person | missing          | 2025-11-01 20:00 |
        f0 | police | police/4 missing person | found            | 2025-11-02 20:00 |
        m1 | police | police/4 missing person | missing          | 2025-12-01 20:00 |
        i0 | police | police/4 missing person | return_interview | 2025-12-10 20:00 | {"missing_from": "01/11/2025 20:00"}
        """,
    )

    assert names(screen(build, viewing()).missing) == ["Ben Reed"]


UNTIMED = """
    id | agency  | who                        | kind    | when             | received   | text
    m1 | police  | police/4 missing person    | missing |                  | 2026-04-02 |
    m2 | police  | police/6 missing person    | missing |                  | 2026-04-02 |
    f2 | police  | police/6 missing person    | found   | 2026-04-04 09:00 | 2026-04-05 |
    m3 | police  | police/5 missing person    | missing |                  | 2026-04-02 |
    m4 | police  | police/1 missing person    | missing | 2026-04-03 20:00 | 2026-04-04 |
    f4 | police  | police/1 missing person    | found   |                  | 2026-04-05 |
    m7 | charity | charity/7 missing person   | missing |                  | 2026-02-01 |
"""


def test_a_record_without_a_time_is_listed_as_time_not_known(world: World, viewing: See) -> None:
    build = served(world, UNTIMED)

    shown = screen(build, viewing())

    assert names(shown.missing) == ["Ana Petal"]
    assert [(one.name, one.kind, one.agency, one.received_on) for one in shown.unplaced.untimed] == [
        ("Ana Petal", "found", "police", date(2026, 4, 5)),
        ("Ben Reed", "missing", "police", date(2026, 4, 2)),
    ]
    assert "BEN" in AuditEvent.objects.get().subject


def test_a_record_without_a_time_is_shown_to_nobody_who_may_not_see_it(world: World, viewing: See) -> None:
    build = served(world, UNTIMED)
    shown = screen(build, viewing("information_governance", "childrens_services", purpose="audit"))
    assert (shown.unplaced.untimed, shown.unplaced.unnamed) == ((), ())


OTHER_ROLES = """
    id | agency | who                                                    | kind    | when             | category | handling
    m1 | police | police/4 missing person - child, police/5 informant    | missing | 2026-04-05 20:00 | High     |
    m2 | police | police/6 involved                                      | missing | 2026-04-05 21:00 |          |
    m3 | police | police/1 involved                                      | missing | 2026-04-05 22:00 |          | C
    m4 | police | police/6 involved                                      | missing | 2025-12-05 21:00 |          |
    f9 | police | police/5 missing person                                | found   | 2026-03-05 21:00 |          |
"""


def test_a_report_in_which_nobody_is_a_missing_child_is_shown_with_who_has_a_part_in_it(
    world: World, viewing: See
) -> None:
    build = served(world, OTHER_ROLES)

    shown = screen(build, viewing())

    assert names(shown.missing) == []
    assert [
        (one.record_id[-2:], [(p.name, p.role) for p in one.parts]) for one in shown.unplaced.unnamed
    ] == [
        ("m2", [("Dee Ashby", "involved")]),
        ("m1", [("Ben Reed", "missing person - child"), ("Cai Oakley", "informant")]),
    ]
    assert shown.unplaced.earlier_unnamed == 1
    assert {"BEN", "CAI", "DEE"} <= set(AuditEvent.objects.get().subject.split(","))


def _own(world: World, settings: Any, written: str) -> None:
    settings.ENGAGE_AREA = str(world.area.folder)
    file = world.area.folder / "area.yaml"
    file.write_text(file.read_text(encoding="utf-8") + written, encoding="utf-8")


def test_an_area_adds_roles_of_its_own(world: World, viewing: See, settings: Any) -> None:
    build = served(world, OTHER_ROLES)
    _own(world, settings, "missing: {child_roles: [Missing person - child], not_company_roles: [Involved]}\n")

    shown = screen(build, viewing())

    assert names(shown.missing) == ["Ben Reed"]
    assert [one.record_id[-2:] for one in shown.unplaced.unnamed] == ["m2"]


@pytest.mark.parametrize(
    "written",
    ["missing: {child_roles: missing person - child}\n", "missing: [client]\n"],
    ids=["no list", "no roles"],
)
def test_roles_that_cannot_be_read_are_said(world: World, viewing: See, settings: Any, written: str) -> None:
    build = served(world, OTHER_ROLES)
    _own(world, settings, written)
    with pytest.raises(AreaSettingsWrong, match="missing"):
        screen(build, viewing())
