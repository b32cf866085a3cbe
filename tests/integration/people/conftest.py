"""A drawn area that the site serves, and people who may sign in to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from engage.store.area import Area
from tests.spec.picture.drawing import World


@pytest.fixture
def world(area: Area, db: None, settings: Any) -> World:
    """An area whose records are drawn, served by the site of this test once `served()` is called."""
    settings.ENGAGE_AREA = str(area.folder)
    settings.ENGAGE_DEMO = False
    settings.ENGAGE_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return World(area)


@pytest.fixture
def ana(world: World) -> World:
    """Ana, known to four agencies; the police guard one thing, the specialist nurse another. Dee: in a register alone. Zoe: nothing
    but signposts for most."""
    world.people("""
        id | agency             | person | name       | born       | address      | postcode | phone       | cohort   | sensitivity       | upn           | handling
        ---+--------------------+--------+------------+------------+--------------+----------+-------------+----------+-------------------+---------------+---------
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 1 Reed Close | QX1 1AA  |             | case     |                   |               |
        2  | police             | ANA    | Anna Petal | 2010-03-01 |              |          | 07000123456 | case     |                   |               |
        3  | education          | ANA    | Ana Petal  | 2010-01-03 |              |          |             | register |                   |               |
        4  | health             | ANA    | Ana Petal  | 2010-03-01 |              |          |             | register | health-specialist |               |
        5  | police             | BEN    | Ben Reed   |            | 1 Reed Close | QX1 1AA  |             | case     |                   |               |
        7  | education          | DEE    | Dee Ashby  | 2011-05-02 | 9 Mill Lane  | QX9 9ZZ  |             | register |                   | A999000000015 |
        8  | police             | ZOE    | Zoe Hidden | 2009-09-09 |              |          |             | case     |                   |               | C
        9  | health             | ZOE    | Zoe Hidden | 2009-09-09 |              |          |             | case     | health-specialist |               |
    """)
    world.events("""
        id | agency             | who                        | kind         | title        | when       | how   | text           | handling | received   | sensitivity       | cohort   | grade
        ---+--------------------+----------------------------+--------------+--------------+------------+-------+----------------+----------+------------+-------------------+----------+------
        e1 | childrens_services | childrens_services/1 child | contact      | Front door   | 2026-01-02 |       | text-of-e1     |          | 2026-01-05 |                   |          |
        e2 | police             | police/2 victim            | crime        | =Theft()     | 2026-02-01 |       | @text-of-e2    | P        | 2026-02-03 |                   |          | 2BP
        e3 | police             | police/2 subject           | intelligence | title-of-e3  | 2026-02-09 |       | text-of-e3     | C        | 2026-02-10 |                   |          | 1AC
        e4 | health             | health/4 patient           | attendance   | title-of-e4  | 2026-02-20 |       | text-of-e4     |          | 2026-02-21 | health-specialist | register |
        e5 | education          | education/3 pupil          | absence      | Spring term  |            |       | <b>late</b>    |          | 2026-03-01 |                   | register |
        e6 | police             | police/2 subject           | missing      | Not home     | 2025-05-01 | month | text-of-e6     |          | 2026-03-02 |                   |          |
        e7 | police             | police/8 subject           | intelligence | title-of-e7  | 2026-02-09 |       | text-of-e7     | C        | 2026-02-10 |                   |          | 1AC
        e8 | health             | health/9 patient           | attendance   | title-of-e8  | 2026-02-20 |       | text-of-e8     |          | 2026-02-21 | health-specialist |          |
    """)
    world.ties("""
        agency             | from                 | kind      | to
        -------------------+----------------------+-----------+---------
        childrens_services | childrens_services/1 | sister of | police/5
    """)
    world.proposed("childrens_services/1", "police/5")
    world.served()
    return world


@pytest.fixture
def sign_in(world: World) -> Callable[..., Client]:
    """A browser in which somebody of an agency and a role has signed in."""

    def browser(
        role: str = "social_worker", agency: str = "childrens_services", username: str = "mara"
    ) -> Client:
        first, last = username.title(), "Quill"
        model = get_user_model()
        user = model.objects.create_user(
            username, password="x", first_name=first, last_name=last, agency=agency, role=role
        )
        client = Client()
        client.force_login(user)
        return client

    return browser
