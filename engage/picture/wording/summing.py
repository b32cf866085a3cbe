"""What may a viewer know of how texts are worded? The counts of a build, summed over the texts that the viewer may read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engage.picture.seeing import Sight
from engage.picture.wording.tables import ALL_TEXTS
from engage.picture.wording.vocabulary import load


_READ = """
    select access_base, theme, sum(texts) from worded
    where month_on >= ? and month_on < ? and known_from_on <= ? and (known_until_on is null or known_until_on > ?) group by 1, 2
"""


@dataclass(frozen=True)
class Worded:
    """How many texts of each agency hold wordings of each theme (by theme, then agency), how many texts there are of each agency, and the
    titles of the themes by code."""

    found: dict[str, dict[str, int]]
    texts: dict[str, int]
    titles: dict[str, str]


def worded(see: Sight, *, from_on: date, until_on: date, wordings: Path) -> Worded:
    """The counts of the months that begin within the days given (the last not included), of texts that the viewer may read whoever they are
    about: of registers, which a reason about one person opens, nothing. `wordings`: the area's folder of further wordings."""
    day = see.viewing.as_of.isoformat()
    rows = see.build.pages().execute(_READ, [from_on.isoformat(), until_on.isoformat(), day, day])
    counts: Counter[tuple[str, str]] = Counter()
    for base, theme, texts in rows:
        if see.may(base, "narrative", frozenset()):
            counts[theme, see.bases[base][0]] += texts
    titles = dict(load(wordings).themes)
    agencies = sorted(agency for theme, agency in counts if theme == ALL_TEXTS)
    # A theme that the area took away since the build was counted all the same.
    themes = sorted({theme for theme, _agency in counts} - {ALL_TEXTS} | set(titles))
    found = {theme: {agency: counts[theme, agency] for agency in agencies} for theme in themes}
    return Worded(found, {agency: counts[ALL_TEXTS, agency] for agency in agencies}, titles)
