"""Does a setting that cannot be used end with a sentence and a remedy, and is every way to write an address read?"""

from __future__ import annotations

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
