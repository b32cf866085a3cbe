"""Does a setting that cannot be used end with a sentence and a remedy, and is every way to write an address read?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engage.config import environment


@pytest.mark.parametrize(
    ("address", "host", "name"),
    [
        ("postgresql://ana@db.example:5433/town", "db.example", "town"),
        ("postgresql://ana:a%40b@%2Frun%2FPG/town", "/run/PG", "town"),
        ("postgresql://ana@/town?host=/run/pg", "/run/pg", "town"),
    ],
)
def test_a_database_is_named_by_host_or_by_the_folder_of_its_socket(address: str, host: str, name: str):
    found = environment.database(address, "decided.sqlite3")
    assert (found["HOST"], found["NAME"], found["USER"]) == (host, name, "ana")


def test_without_an_address_it_is_the_areas_own_file():
    assert environment.database("", "decided.sqlite3")["NAME"] == "decided.sqlite3"


@pytest.mark.parametrize("wrong", ["mysql://db/town", "town.example/5432"])
def test_another_kind_of_database_is_refused_with_what_to_write(wrong: str):
    with pytest.raises(environment.SettingWrong) as caught:
        environment.database(wrong, "decided.sqlite3")
    assert "DATABASE_URL" in caught.value.sentence.text
    assert "postgresql://" in caught.value.remedy.text


def test_a_number_or_a_yes_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENGAGE_PROXIES", "two")
    with pytest.raises(environment.SettingWrong):
        environment.whole_number("ENGAGE_PROXIES", 0)
    with pytest.raises(environment.SettingWrong):
        environment.truth("ENGAGE_PROXIES")


@pytest.mark.parametrize(
    ("has_sign_in", "starts_tls", "is_tls", "refused"),
    [
        (False, False, False, ""),
        (False, True, False, ""),
        (True, True, False, ""),
        (True, False, True, ""),
        (True, False, False, "without TLS"),
        (False, True, True, "one of the two"),
        (True, True, True, "one of the two"),
    ],
)
def test_a_sign_in_goes_to_a_mail_server_by_tls_alone(has_sign_in, starts_tls, is_tls, refused):
    def check() -> None:
        environment.check_mail(has_sign_in=has_sign_in, starts_tls=starts_tls, is_tls=is_tls)

    if not refused:
        check()
        return
    with pytest.raises(environment.SettingWrong, match=refused) as caught:
        check()
    assert "ENGAGE_EMAIL_SSL=1" in caught.value.remedy.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ENGAGE_EMAIL_USER": "ana", "ENGAGE_EMAIL_PASSWORD": "secret-word"}, "without TLS"),
        ({"ENGAGE_EMAIL_USER": "ana", "ENGAGE_EMAIL_SSL": "1"}, "465 True False"),
        ({"ENGAGE_EMAIL_USER": "ana", "ENGAGE_EMAIL_TLS": "1", "ENGAGE_EMAIL_PORT": "587"}, "587 False True"),
        ({}, "25 False False"),
    ],
)
def test_the_settings_are_refused_at_start_or_speak_tls(given: dict[str, str], said: str):
    told = "from engage.config import settings as s; print(s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_EMAIL")}
    done = subprocess.run(
        [sys.executable, "-c", told], env={**plain, **given}, capture_output=True, text=True, check=False
    )
    assert said in done.stdout + done.stderr
    assert "secret-word" not in done.stdout + done.stderr
