"""Under a prefix the site answers whether or not the proxy took the prefix off."""

from __future__ import annotations

import pytest

from engage.config.wsgi import under_prefix


def _seen(prefix: str, path: str) -> tuple[str, str]:
    seen: dict[str, object] = {}
    environ = {"PATH_INFO": path}
    under_prefix(lambda env, _start: seen.update(env) or [], prefix)(environ, lambda *_: None)
    return str(seen.get("SCRIPT_NAME", "")), str(seen["PATH_INFO"])


@pytest.mark.parametrize(
    ("prefix", "path", "expected"),
    [
        ("/engage", "/engage/people/", ("/engage", "/people/")),
        ("/engage", "/people/", ("/engage", "/people/")),
        ("/engage", "/engage", ("/engage", "/")),
        ("/engage", "/engagements/", ("/engage", "/engagements/")),
        ("", "/people/", ("", "/people/")),
    ],
)
def test_the_site_sees_the_path_without_the_prefix(prefix: str, path: str, expected: tuple[str, str]) -> None:
    assert _seen(prefix, path) == expected
