"""How many texts hold such wordings? Counted where the texts are, by the store's own expressions: no text leaves it and none is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from engage.picture.laying.versions import with_base
from engage.picture.wording.tables import ALL_TEXTS
from engage.picture.wording.vocabulary import Wordings, load
from engage.store.steps import Step


_COUNTED = """
    create or replace table worded as
    select theme, month_on, count(*) as texts, known_from_on, known_until_on, access_base
    from (
        select unnest([{all_texts}, {themes}]) as theme, b.access_base, n.known_from_on::varchar as known_from_on,
            n.known_until_on::varchar as known_until_on, date_trunc('month', coalesce(e.happened_from_at, n.received_on))::date::varchar as month_on
        from narrative n
        {with_base}
        left join event e on e.record_id = n.event_record_id and e.version = n.version
    )
    where theme is not null group by all order by all
"""


def steps(wordings: Path | None) -> Iterator[Step]:
    """The table `worded`. `wordings`: the area's folder of further wordings."""
    yield Step("worded", call=partial(_count, wordings=wordings))


def _count(connection: Any, wordings: Path | None) -> None:
    known = load(*([wordings] if wordings else []))
    # To make every pattern ready takes a tenth of a second, also where there is no text.
    has_texts = connection.execute("select 1 from narrative limit 1").fetchone() is not None
    connection.execute(_sql(known, known.themes if has_texts else ()))


def _sql(known: Wordings, codes: Iterable[str]) -> str:
    """Patterns stand in the statement itself, where the store makes each ready once and not for every text."""
    themes = [
        f"case when regexp_matches(n.text, {_quoted(known.expression_of(code))}) then {_quoted(code)} end"
        for code in codes
    ]
    return _COUNTED.format(
        all_texts=_quoted(ALL_TEXTS), themes=", ".join(themes) or "null", with_base=with_base("n")
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
