"""A drawn area with cases in it. Cases are made only as workers make them: through the doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engage.casework.cases import actions, queries
from engage.casework.cases.actions import About, Moving, Written
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from tests.integration.people.conftest import sign_in, world
from tests.spec.picture.drawing import World


__all__ = ["sign_in", "world"]
REFERRAL = {
    "child": "Ana Petal, 2010-03-01", "worry": "A man in a car has collected her twice.", "safe_tonight": "yes", "referrer": "Mara Quill", "reach": "07000 100009",
    "came": "here",
}  # fmt: skip


@pytest.fixture
def ana(world: World) -> World:
    """Ana and Bea, children; Max, a grown-up; Cal, of whom no birth is known; Tom, who is 16."""
    world.people("""
        id | agency             | person | name      | born       | address
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | 3 Weir Lane
        2  | police             | ANA    | Ana Petal | 2010-03-01 |
        3  | police             | BEA    | Bea Reed  | 2011-05-05 |
        4  | police             | MAX    | Max Tarn  | 1998-01-01 |
        5  | police             | CAL    | Cal Unknown |          |
        6  | police             | TOM    | Tom Vale  | 2009-09-09 |
    """).events("""
        id | agency | who             | kind    | when
        m1 | police | police/2 victim | investigation | 2026-01-10
    """)  # fmt: skip
    world.served()
    return world


class Office:
    """The workers of the area at their desks: each act goes through a door, as one of them."""

    def __init__(self, world: World, viewing: Callable[..., Viewing]) -> None:
        self.world, self.viewing = world, viewing
        self.where = {"build": world.warehouse.current(), "area": world.area}

    def as_(self, role: str = "social_worker", agency: str = "childrens_services", **more: Any) -> Viewing:
        """Somebody at work."""
        return self.viewing(role=role, agency=agency, **more)

    def worker(self, role: str = "social_worker", agency: str = "childrens_services") -> str:
        """A worker who may be allocated; their sign-in name."""
        name = f"{role}.{agency}"
        governance.make_user(
            viewing=self.as_(role, agency),
            username=name,
            name=role.title(),
            agency=agency,
            role=role,
            password="x",
        )
        return name

    def refers(self, viewing: Viewing | None = None, about: About | None = None, **answers: Any) -> int:
        """A child is referred."""
        written = Written("referral", {**REFERRAL, **answers})
        return actions.refer(
            viewing=viewing or self.as_(), **self.where, about=about or About("child", "ANA"), written=written
        )

    def moves(self, number: int, code: str, viewing: Viewing | None = None, **answers: Any) -> int:
        """A case is moved from where it stands."""
        viewing = viewing or self.as_("team_manager")
        shown = self.sees(number, viewing)
        form = shown.head.lifecycle.move(code).form  # type: ignore[union-attr]
        written = Written(form, answers) if form else None
        return actions.move(
            viewing=viewing, **self.where, moving=Moving(number, code, shown.head.version, written)
        )

    def writes(self, number: int, form: str, viewing: Viewing | None = None, **answers: Any) -> int:
        """Something is written in a case."""
        return actions.write(
            viewing=viewing or self.as_(), **self.where, number=number, written=Written(form, answers)
        )

    def corrects(self, number: int, entry: int, form: str = "note", **answers: Any) -> int:
        """What was written is corrected."""
        written = Written(form, answers, replaces=entry)
        return actions.write(viewing=self.as_(), **self.where, number=number, written=written)

    def brings(self, number: int, agency: str) -> None:
        """An agency is brought into a case."""
        actions.take_part(viewing=self.as_(), **self.where, number=number, agency=agency)

    def sees(self, number: int, viewing: Viewing | None = None) -> queries.CaseShown:
        """A case as somebody sees it."""
        return queries.case(viewing=viewing or self.as_(), **self.where, number=number)

    def lists(self, viewing: Viewing | None = None, **asked: Any) -> queries.CaseList:
        """The list of cases as somebody sees it."""
        return queries.cases(
            viewing=viewing or self.as_(), build=self.where["build"], asked=queries.Filter(**asked)
        )


@pytest.fixture
def office(ana: World, viewing: Callable[..., Viewing]) -> Office:
    """The workers of Ana's area."""
    return Office(ana, viewing)
