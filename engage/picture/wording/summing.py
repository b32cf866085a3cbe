"""What may a viewer know of how texts are worded? The counts of a build, summed over the texts that the viewer may read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from engage.picture.seeing import Sight
from engage.picture.wording.period import period, quarter_of, rounded
from engage.picture.wording.tables import ALL_TEXTS
from engage.picture.wording.vocabulary import load


_READ = """
    select access_base, theme, month_on, sum(texts) from worded
    where month_on >= ? and month_on < ? and known_from_on <= ? and (known_until_on is null or known_until_on > ?) group by 1, 2, 3
"""


@dataclass(frozen=True)
class Worded:
    """How many texts of each agency hold wordings of each theme (by theme, then agency), how many texts there are of each agency, the titles of the
    themes by code, and the first day that is counted and the first after the last. All counts are sums of quarters, each rounded by itself."""

    found: dict[str, dict[str, int]]
    texts: dict[str, int]
    titles: dict[str, str]
    from_on: date
    until_on: date


def worded(see: Sight, *, from_on: date, until_on: date, wordings: Path) -> Worded:
    """The counts of the quarters of the days given (the last not included) that are over, as known today and on no earlier day, of texts that the
    viewer may read whoever they are about: of registers, which a reason about one person opens, nothing. `wordings`: the area's folder of
    further wordings."""
    day = see.build.info.as_of
    first, after = period(from_on, until_on - timedelta(days=1), day)
    rows = see.build.pages().execute(_READ, [first.isoformat(), after.isoformat(), day.isoformat(), day.isoformat()])  # fmt: skip
    quarters: Counter[tuple[str, str, str]] = Counter()
    for base, theme, month, texts in rows:
        if see.may(base, "narrative", frozenset()):
            quarters[theme, see.bases[base][0], quarter_of(month)] += texts
    counts: Counter[tuple[str, str]] = Counter()
    for (theme, agency, _quarter), texts in quarters.items():
        counts[theme, agency] += rounded(texts)
    titles = dict(load(wordings).themes)
    # That there is an agency at all would tell of one text.
    agencies = sorted(agency for (theme, agency), texts in counts.items() if theme == ALL_TEXTS and texts)
    # A theme that the area took away since the build was counted all the same.
    themes = sorted({theme for theme, _agency in counts} - {ALL_TEXTS} | set(titles))
    found = {theme: {agency: counts[theme, agency] for agency in agencies} for theme in themes}
    return Worded(found, {agency: counts[ALL_TEXTS, agency] for agency in agencies}, titles, first, after)
