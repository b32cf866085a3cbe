"""A drawn area with Ana, whom two agencies know, workers of five, and a case about her that the team has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from engage.casework.agreed import actions as agreed
from engage.casework.cases import actions as cases
from engage.casework.cases.actions import About, Moving, Written
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import NewAction, Owner
from engage.governance.models import DeclaredRelationship
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


WORKERS = {
    "mara": ("social_worker", "childrens_services"),
    "bo": ("team_manager", "childrens_services"),
    "idris": ("detective", "police"),
    "dana": ("team_manager", "police"),
    "nia": ("nurse", "health"),
    "edie": ("education_lead", "education"),
    "mo": ("missing_coordinator", "police"),
    "ann": ("analyst", "police"),
    "cass": ("parent_liaison", "charity"),
    "bea": ("business_support", "childrens_services"),
    "gov": ("information_governance", "childrens_services"),
}
REFERRED = {
    "child": "Ana Petal, 2010",
    "worry": "Picked up outside school by a man nobody knows.",
    "safe_tonight": "yes",
    "referrer": "Mara Quill",
    "reach": "07000 100002",
    "came": "here",
}
TODAY = date(2026, 4, 7)
CHILDREN = ["ANA", *(f"P{number:02}" for number in range(1, 21))]


@dataclass
class Office:
    """The area, whoever works there, and what can be done at their desks."""

    world: World
    viewing: Callable[..., Viewing]
    referred: set[str] = field(default_factory=set)

    @property
    def build(self) -> Any:
        return self.world.warehouse.current()

    @property
    def area(self) -> Any:
        return self.world.area

    def at(self, name: str, **more: Any) -> Viewing:
        role, agency = WORKERS[name]
        return self.viewing(role=role, agency=agency, user_id=name, **more)

    def case(self, by: str = "mara", kind: str = "child", subject: str = "") -> int:
        """A case: about this child, or the first who has none yet, Ana before all others. (A second referral of a child goes into the case that there is.)"""
        subject = subject or next(one for one in CHILDREN if one not in self.referred)
        self.referred.add(subject)
        about = About(kind, subject, "Ana Petal")
        written = Written("referral", REFERRED)
        return cases.refer(viewing=self.at(by), build=self.build, area=self.area, about=about, written=written)  # fmt: skip

    def move(self, case: int, by: str, code: str, version: int, **answers: Any) -> int:
        moves = {"accept": "acceptance", "allocate": "allocation", "close": "closure"}
        moving = Moving(case, code, version, Written(moves[code], answers))
        return cases.move(viewing=self.at(by), build=self.build, area=self.area, moving=moving)

    def write(self, case: int, by: str, form: str, /, **answers: Any) -> int:
        written = Written(form, answers)
        return cases.write(viewing=self.at(by), build=self.build, area=self.area, number=case, written=written)  # fmt: skip

    def allocated(self, worker: str = "mara") -> int:
        case = self.case()
        self.move(case, "bo", "accept", 0, why="She is harmed.", safe_tonight="yes")
        self.move(
            case, "bo", "allocate", 1, worker=worker, lead="childrens_services", first="Meet her by Friday."
        )
        return case

    def agree(self, by: str, what: str, **of: Any) -> int:
        user = of.pop("to", "")
        owner = Owner(of.pop("agency", "childrens_services"), of.pop("name", "Somebody"), user)
        new = NewAction(what, owner, of.pop("due", TODAY), **of)
        return agreed.agree(viewing=self.at(by), build=self.build, area=self.area, new=[new])[0]

    def say(self, by: str, number: int, says: str, **more: Any) -> None:
        version = more.pop("version", None)
        version = AgreedAction.objects.get(pk=number).version if version is None else version
        word = agreed.Word(says, version, **more)
        at = self.at(by)
        agreed.say(viewing=at, build=self.build, area=self.area, number=number, word=word)

    def declare(self, user: str, person: str = "ANA") -> None:
        DeclaredRelationship.objects.create(
            user=user, kind="person", key=person, declared_at=self.at("mara").at, declared_by=user
        )


def make_office(world: World, viewing: Callable[..., Viewing]) -> Office:
    """The office, its people drawn and its workers signed up."""
    world.people("""
        id | agency             | person | name      | born
        ---+--------------------+--------+-----------+-----------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
        3  | childrens_services | BEN    | Ben Reed  | 2009-05-05
    """)
    more = "\n".join(
        f"{number} | childrens_services | {child} | {child.title()} Vale | 2010-01-{number:02}"
        for number, child in enumerate(CHILDREN[1:], 4)
    )
    world.people(f"id | agency | person | name | born\n---+---+---+---+---\n{more}").served()
    for name, (role, agency) in WORKERS.items():
        get_user_model().objects.create_user(
            name, password="x", first_name=name.title(), last_name="Quill", role=role, agency=agency
        )
    return Office(world, viewing)


@pytest.fixture
def office(area: Any, db: None, viewing: Callable[..., Viewing]) -> Office:
    return make_office(World(area), viewing)


@pytest.fixture
def desk(office: Office, settings: Any) -> Callable[[str], Client]:
    """The browser of a worker who has signed in to the area's site."""
    settings.ENGAGE_AREA = str(office.area.folder)
    settings.ENGAGE_DEMO = False
    settings.ENGAGE_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=name))
        return client

    return browser
