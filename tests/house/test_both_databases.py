"""Is a database that was not tried a failure where it counts?"""

import pytest

from tests import with_postgresql


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_postgresql_ci_fails_and_others_are_told_what_to_install(monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(with_postgresql, "programs_folder", lambda: None)
    assert with_postgresql.main([]) == code
    assert "apt-get install postgresql" in capsys.readouterr().err
