"""What every test stands on: no network, a small area, and viewers with names.

Tests marked `postgresql` run on SQLite in the ordinary run, and again on a real server by `tests/with_postgresql.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import socket_allow_hosts

from engage.store.area import Area, open_area
from engage.vocabulary.access import Viewer, Viewing


AREA_YAML = """
code: zz
name: Nowhere
stands_at: 2026-04-07T08:40:00+01:00
agencies:
  police: {title: Nowhere Police, kind: police, contact: Exploitation team, phone: 07000 100001}
  childrens_services: {title: Nowhere Children's Services, kind: childrens_services, contact: Front door, phone: 07000 100002}
  education: {title: Nowhere Schools, kind: education, contact: Safeguarding lead, phone: 07000 100003}
  health: {title: Nowhere Health, kind: health, contact: Specialist nurse, phone: 07000 100004}
  charity: {title: The Lantern Project, kind: charity, contact: Parent liaison, phone: 07000 100005}
agreements:
  ISA-1:
    title: Nowhere partnership agreement
    agencies: [police, childrens_services, education, health, charity]
    cohorts: [case, register]
    purposes: [safeguarding_child]
    from: 2020-01-01
"""
NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine; within it are the browser, the site and the database."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def area(tmp_path: Path) -> Area:
    """A small area of five agencies under one agreement, standing at Tuesday 7 April 2026, 08:40."""
    folder = tmp_path / "area"
    for name in ("mappings", "deliveries", "derived"):
        (folder / name).mkdir(parents=True)
    (folder / "area.yaml").write_text(AREA_YAML, encoding="utf-8")
    (folder / "secret.key").write_text("a key for tests only, of no use elsewhere", encoding="utf-8")
    return open_area(folder)


@pytest.fixture
def viewing() -> Callable[..., Viewing]:
    """Make a viewing: viewing(role="nurse", agency="health", purpose="safeguarding_child", as_of=date(...))."""

    def make(role: str = "social_worker", agency: str = "childrens_services", **more: Any) -> Viewing:
        viewer = Viewer(
            user_id=more.pop("user_id", f"{role}.{agency}"),
            name=role.replace("_", " ").title(),
            agency=agency,
            role=role,
        )
        more = {
            "purpose": "safeguarding_child",
            "at": NOW,
            "as_of": date(2026, 4, 6),
            "request_id": "test",
            **more,
        }
        return Viewing(viewer=viewer, **more)

    return make
