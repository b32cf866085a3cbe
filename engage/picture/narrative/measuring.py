"""How right is what was read in texts, measured against a known answer?

The answer is text.csv: agency, file, record_id, code, polarity. A theme counts once for each text. A text of which the answer says that
it is "ambiguous" of a theme is neither right nor wrong. Measured with, never read with.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from engage.picture.narrative.rules import POLARITIES
from engage.vocabulary.rates import Rate
from engage.vocabulary.words import N_, EngageError, Sentence


AMBIGUOUS = "ambiguous"
_COLUMNS = ("agency", "file", "record_id", "code", "polarity")
# A theme of one text: agency, file, the source's id, theme.
Key = tuple[str, str, str, str]


class AnswerWrong(EngageError):
    """There is no answer in the folder that says what texts speak of, or it lacks a column."""


@dataclass(frozen=True)
class TextMeasures:
    """`themes` for each theme of the answer, `micro` over all, `macro` the mean of their F1; `polarities`: of the texts in which a theme
    is not so (anymore, for this child), in what share of them that was said."""

    micro: Rate
    themes: Mapping[str, Rate]
    polarities: Mapping[str, float]

    @property
    def macro(self) -> float:
        """The mean of the themes' F1: a rare theme counts as much as a usual one."""
        return fmean(rate.f1 for rate in self.themes.values())


def read_answer(folder: Path) -> dict[str, set[Key]]:
    """What texts speak of, by polarity, from text.csv in `folder` or its subfolder `truth`. Raises AnswerWrong."""
    file = next((f for f in (folder / "text.csv", folder / "truth" / "text.csv") if f.is_file()), None)
    if file is None:
        raise AnswerWrong(
            Sentence(N_("%(folder)s has no text.csv."), {"folder": str(folder)}),
            remedy=N_("Name the folder of an answer that says what texts speak of."),
        )
    found: dict[str, set[Key]] = {polarity: set() for polarity in (*POLARITIES, AMBIGUOUS)}
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise AnswerWrong(
                Sentence(
                    N_("%(file)s lacks the column %(column)s."), {"file": str(file), "column": missing[0]}
                ),
                remedy=Sentence(N_("Its columns are %(columns)s."), {"columns": ", ".join(_COLUMNS)}),
            )
        for row in reader:
            found.setdefault(row["polarity"], set()).add(
                (row["agency"], row["file"], row["record_id"], row["code"])
            )
    return found


def measure(
    told: Iterable[tuple[str, str, str, str, str]], answer: Mapping[str, Collection[Key]]
) -> TextMeasures:
    """Hold what was read (agency, file, source id, theme, polarity) against the answer."""
    said: dict[str, set[Key]] = {polarity: set() for polarity in POLARITIES}
    for agency, file, source, theme, polarity in told:
        said[polarity].add((agency, file, source, theme))
    present = set(answer["present"])
    open_to_both = set(answer[AMBIGUOUS]) - present
    right, wrong, missed = (
        Counter(key[3] for key in some)
        for some in (
            said["present"] & present,
            said["present"] - present - open_to_both,
            present - said["present"],
        )
    )
    themes = sorted({key[3] for some in answer.values() for key in some})
    others = {
        polarity: set(answer[polarity]) - present - open_to_both
        for polarity in POLARITIES
        if polarity != "present"
    }
    return TextMeasures(
        Rate(right.total(), wrong.total(), missed.total()),
        {theme: Rate(right[theme], wrong[theme], missed[theme]) for theme in themes},
        {polarity: len(some & said[polarity]) / len(some) for polarity, some in others.items() if some},
    )
