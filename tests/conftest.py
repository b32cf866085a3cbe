"""What every test stands on: no network, a small area, and viewers with names.

Tests marked `postgresql` run on SQLite in the ordinary run, and again on a real server by `tests/with_postgresql.py`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_socket import socket_allow_hosts

from engage.store.area import Area, open_area
from engage.vocabulary.access import Viewer, Viewing
from tests import made_once
from tools import messages


AREA_YAML = """
code: zz
name: Nowhere
stands_at: 2026-04-07T08:40:00+01:00
linkage: prior
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
# A busy machine is no failure of a property; in CI the same examples are tried every time.
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")
NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
NO_WORD = "bcdfghjkmnpqrstvwxz"
_FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """The folder of collected static files must be there, or the server of static files warns (and warnings are errors)."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # A password is made to take half a second to try, and tests sign up thousands of people.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _what_is_random_spells_no_name()
    own = made_once.begin()
    if own:
        config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))


def _what_is_random_spells_no_name() -> None:
    """Tokens of forms and the nonce stay random, but of letters in which no name or id is written: a page has some five of them, and one page in
    hundreds held a three-letter name that it must not show."""
    from csp.middleware import CSPMiddleware
    from django.middleware import csrf
    from django.utils.crypto import get_random_string

    made = CSPMiddleware._make_nonce

    def nonce(self: CSPMiddleware, request: Any) -> str:
        if getattr(request, "_csp_nonce", None) is None:
            request._csp_nonce = get_random_string(24, NO_WORD)
        return made(self, request)

    csrf.CSRF_ALLOWED_CHARS = NO_WORD
    CSPMiddleware._make_nonce = nonce


# The journeys of the team's week take as long as all others.
_OF_CASEWORK = re.compile("by_keyboard|easter|eight_minutes|forms_of|meetings|referr|ten_steps|today")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """One worker runs all tests of a file, which share what was made for it; one all journeys of casework and one all others, each on one server;
    and one all that needs the borough, for which others would only wait. Journeys come first, once Django has put all others in its order: at the
    end they would keep one worker busy and the others idle."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    yield
    items.sort(key=lambda item: Path(item.path).parent.name != "journeys")


def _group(item: pytest.Item) -> str:
    path = Path(item.path)
    if path.parent.name == "journeys":
        return "journeys of casework" if _OF_CASEWORK.search(path.stem) else "journeys"
    return "borough" if item.get_closest_marker("borough") else item.nodeid.split("::")[0]


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine; within it are the browser, the site and the database."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The folder of a test that passed is emptied: each lays out an area of its own, and thousands fill a disk. Itself it stays, or another
    test would have a folder of the same name, under which much is remembered."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    elif report.when == "teardown" and _FAILED not in item.stash:
        folder = getattr(item, "funcargs", {}).get("tmp_path")
        if folder:
            # What a process that is ending still writes there is no fault of the test.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite the tests' database is a file, as an area's is: in memory it would know neither WAL nor waiting."""
    settings = connections["default"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "decided.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which the triggers of append-only tables refuse: for that
    moment, and only in the tests' database, they are taken off and put on again."""
    from engage.casework.week import keeping

    plain = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        triggers = _triggers()
        _run(off for off, _ in triggers)
        plain(case)
        _run(on for _, on in triggers)
        # Rows begin at their first number again, by which a day is known.
        keeping.forget()

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = plain


def _triggers() -> list[tuple[str, str]]:
    """The statements that take each trigger off its table and put it on again, as the database has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("select distinct tgrelid::regclass::text from pg_trigger where not tgisinternal")
            return [
                (f"alter table {table} disable trigger user", f"alter table {table} enable trigger user")
                for (table,) in cursor.fetchall()
            ]
        cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
        return [(f'drop trigger "{name}"', sql) for name, sql in cursor.fetchall()]


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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


@pytest.fixture(scope="session")
def _pseudo_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return messages.write_pseudo(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def pseudo_language(_pseudo_catalogue: Path, settings: Any) -> str:
    """The code of a language in which every text that went through the catalogue is visibly changed.

    Ask for a page with `headers={"accept-language": pseudo_language}`; `engage.vocabulary.pseudo.left_in_english` says
    what of the shown text escaped.
    """
    settings.LOCALE_PATHS = [_pseudo_catalogue]
    settings.LANGUAGES = [("en-gb", "English"), ("en-xa", "Pseudo")]
    return "en-xa"
