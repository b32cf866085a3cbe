"""Does the check after `make demo` find somebody to look at, whatever the size of the town?"""

from __future__ import annotations

import pytest

from engage.cli import checking


PERSON = '<a href="/people/P0000ABCD/">Amelia</a>'


class Site:
    """Pages by address; every search that is not listed finds nobody."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.asked = pages, list[str]()

    def get(self, path: str) -> str:
        self.asked.append(path)
        return self.pages.get(path, "<h1>Nobody found</h1>")


@pytest.mark.parametrize("name", checking._USUAL_NAMES)
def test_one_usual_name_that_is_there_is_enough(name: str) -> None:
    site = Site({f"people/?q={name}": PERSON})

    checking.look_at_somebody(site)

    assert site.asked[-1] == "/people/P0000ABCD/"


def test_a_town_in_which_no_usual_name_is_found_fails_with_words() -> None:
    with pytest.raises(LookupError, match="link to one person"):
        checking.look_at_somebody(Site({}))
