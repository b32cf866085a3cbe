"""A small area without a build, and people who may sign in to it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


PASSWORD = "a long enough pass phrase"


@pytest.fixture
def served(tmp_path: Path, settings: Any) -> Path:
    """The folder of an area that the site of this test serves."""
    folder = tmp_path / "area"
    folder.mkdir()
    (folder / "area.yaml").write_text(
        textwrap.dedent("""
            code: qx
            name: Quayborough
            stands_at: "2026-04-07T08:40:00+01:00"
            agencies:
              police: {title: Quay Police, kind: police}
              cs: {title: Children's social care, kind: childrens_services}
            demo_users:
              - {username: mara, name: Mara Quill, agency: cs, role: social_worker}
        """),
        encoding="utf-8",
    )
    settings.ENGAGE_AREA = str(folder)
    settings.ENGAGE_DEMO = False
    settings.ENGAGE_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return folder


@pytest.fixture
def sign_in(served: Path, db: None) -> Callable[..., Client]:
    """A browser in which somebody of an agency and a role has signed in."""

    def browser(role: str = "social_worker", agency: str = "cs", username: str = "mara") -> Client:
        model = get_user_model()
        user = model.objects.create_user(
            username, password=PASSWORD, first_name="Mara", last_name="Quill", agency=agency, role=role
        )
        client = Client()
        client.force_login(user)
        return client

    return browser
