"""Who was missing in the same hours of a night: a line that is worked out from two records, by the rules of the pages on missing children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engage.networks.charts.gathering import Two
from engage.networks.charts.rules import AWAY, INFERRED, PERSON, Question, Record, ends_of
from engage.picture.missing.gathering import ChildRecords, Gathered, gather
from engage.picture.missing.rules import Episode
from engage.picture.missing.together import Away, Pair, nights_of, pairs, surely_away
from engage.picture.seeing import Sight


def missing_together(see: Sight, question: Question) -> dict[Two, frozenset[Record]]:
    """Of each two children who were missing in the same hours of one of these nights, the reports of both."""
    first = question.from_on
    if first is None:
        return {}
    made = gather(see, max((see.viewing.as_of - first).days + 1, 1))
    children = [child for child in made.children.values() if made.name(child.person_id)]
    away = [Away(child.person_id, child.episodes, ()) for child in children]
    found = pairs(away, first_on=first, now=made.now, night=made.stated.night)
    by_id = {child.person_id: child for child in children}
    return {
        ends_of((PERSON, pair.one), (PERSON, pair.other)): frozenset(_records(pair, by_id, made, question))
        for pair in found
        if any(question.names_night(night.on) for night in pair.nights)
    }


def _records(
    pair: Pair, by_id: Mapping[str, ChildRecords], made: Gathered, question: Question
) -> Iterator[Record]:
    for night in pair.nights:
        if question.names_night(night.on):
            for person in (pair.one, pair.other):
                for episode in by_id[person].episodes:
                    if _was_away(episode, made, night.on):
                        since = episode.since
                        yield Record(
                            since.record_id, since.agency, night.on, "", AWAY, INFERRED, whose=person
                        )


def _was_away(episode: Episode, made: Gathered, on: date) -> bool:
    hours = surely_away(episode, made.now)
    return hours is not None and any(night.on == on for night in nights_of(*hours, made.stated.night))
