"""What follows from what people said of two records? Plain functions, and the dataclasses that the doors give out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engage.identities.rules import JoinExplained
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


UNSURE = "unsure"
SAYS = ("same", "different", UNSURE)
Pair = tuple[str, str]


class JudgementRefused(EngageError):
    """The judgement cannot be taken: it has no reason, contradicts another, or is not this viewer's to take back."""

    exit_code = 5


@dataclass(frozen=True)
class Said:
    """One judgement: who said what of which two records, why and when; and when it was taken back, by whom and why."""

    seq: int
    left_record_id: str
    right_record_id: str
    says: str
    reason: str
    kind: str
    by: str
    agency: str
    at: datetime
    needs: int = 1
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""

    @property
    def pair(self) -> Pair:
        """The two records, the one whose id sorts first on the left."""
        return self.left_record_id, self.right_record_id


@dataclass(frozen=True)
class Effect:
    """What is followed of all that was said of one pair: same, different, disputed (judges disagree: nothing is followed),
    waiting (for a second judge) or none; and the judgement since which it has been so (`seq`, `at`)."""

    what: str
    seq: int
    at: datetime


@dataclass(frozen=True)
class PairWaiting:
    """Two records about which somebody is asked, and the weight of the pair in bits."""

    left_record_id: str
    right_record_id: str
    weight: float


@dataclass(frozen=True)
class Waiting:
    """One question of the queue. `asks_record_id` is the partial record that asks for up to five candidates at once, else None.

    The facts it may be put in order by, of all candidates together: `would_join` (records that a yes brings together, at most),
    `agencies` (that know one of the two and not the other), `under_18` of anybody of them on the day of the viewing (yes, perhaps, no
    when it is known of all, else ""). `needs` people have to say the same, `said_by` have judged."""

    key: str
    asks_record_id: str | None
    kind: str
    pairs: tuple[PairWaiting, ...]
    would_join: int
    agencies: tuple[str, ...]
    under_18: str
    needs: int
    said_by: int

    @property
    def record_ids(self) -> tuple[str, ...]:
        """The records that are asked about, each once."""
        pairs = ((pair.left_record_id, pair.right_record_id) for pair in self.pairs)
        return tuple(dict.fromkeys(record for pair in pairs for record in pair))


@dataclass(frozen=True)
class Named:
    """A record as it was recorded: the name and the birth ("" when not known), and how what is compared was `written`, by its plain
    form."""

    name: str
    birth: str
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Queue:
    """A page of questions, in the order of one named fact. `total` wait (when `has_more`, of those that were looked at, and more than
    these were proposed); `judged` pairs have been judged in this area. `names` are of the records of this page."""

    order: str
    waiting: tuple[Waiting, ...]
    total: int
    has_more: bool
    judged: int
    page: int
    pages: int
    names: Mapping[str, Named] = field(default_factory=dict)


ORDERS: dict[str, Sentence] = {
    "would_join": Sentence(N_("records that a yes would bring together, most first")),
    "agencies": Sentence(N_("agencies that know one of the two only, most first")),
    "under_18": Sentence(N_("whether one of the two is under 18, those first")),
    "kind": Sentence(N_("kind of question")),
}


@dataclass(frozen=True)
class PairToJudge:
    """Two records side by side, with what was said of them as far as this viewer may know: of a pair that two people judge blind,
    only their own judgement until they have judged (`is_blind`). `own` is what they said last and did not take back; `breaks` what a
    join would break, as far as they may know, by all records of the two people; `names` the two as recorded, where they may see it."""

    explained: JoinExplained
    kind: str
    needs: int
    said: tuple[Said, ...]
    is_blind: bool
    effect: str
    left_person_id: str
    right_person_id: str
    own: Said | None = None
    breaks: Sentence | None = None
    names: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreement:
    """How often two judges of one pair said the same. `kappa` is Cohen's (1960): agreement beyond chance, 1 at most; None below
    ten pairs. `by_kind`: kind, pairs judged by two, agreed."""

    pairs_judged_twice: int
    agreed: int
    kappa: float | None
    by_kind: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class ReliedOn:
    """A view or an export of a person whom a judgement had changed, or of their records, made while it stood. `subject` names those
    that it was of."""

    action: str
    subject: str
    by: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class JudgementTold:
    """One judgement with whether the viewer may take it back (nobody may what was taken back already), and the two records as
    recorded."""

    said: Said
    may_take_back: bool
    names: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True)
class Relied(Sequence[ReliedOn]):
    """Every view and export that relied on a judgement, newest first; and how many records it `moved` while it stood, of those that the
    viewer may see. When it moved none, nothing relied on it."""

    moved: int
    looks: tuple[ReliedOn, ...]

    def __getitem__(self, place: Any) -> Any:
        return self.looks[place]

    def __len__(self) -> int:
        return len(self.looks)


@dataclass(frozen=True)
class Judged:
    """What a judgement did at once: what was said, its effect (as of Effect), how many records moved, and the persons these came from
    and to: of records that the viewer may see."""

    seq: int
    says: str
    effect: str
    moved: int
    persons: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawn:
    """What taking a judgement back did at once to records that the viewer may see, and every view and export that had relied on it."""

    seq: int
    moved: int
    persons: tuple[str, ...]
    relied_on: Relied


@cache
def kinds() -> dict[str, tuple[dict[str, Any], ...]]:
    """The rows of kinds.yaml by code, as dated."""
    rows: dict[str, tuple[dict[str, Any], ...]] = defaultdict(tuple)
    for row in read_yaml((Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8")):
        rows[row["code"]] += (row,)
    return dict(rows)


def judges_needed(kind: str, on: date) -> int:
    """How many people have to say the same of a pair of that kind on that day."""
    for row in kinds()[kind]:
        if row["from"] <= on and (row.get("until") is None or on < row["until"]):
            return int(row["judges"])
    return 1


def effects(said: Iterable[Said]) -> dict[Pair, Effect]:
    """What is followed of each pair that was judged, earliest first.

    Of one judge the last word counts. When as many judges as the kind of pair needs say the same, and none says the
    opposite, it is followed; when two say opposite things nothing is until they agree. "unsure" speaks for neither. Where more than
    one has to say the same, only words count that were given blind: not what a judge says anew after having seen another's word.
    """
    by_pair: dict[Pair, list[Said]] = defaultdict(list)
    for one in sorted(said, key=lambda s: s.seq):
        by_pair[one.pair].append(one)
    found = {
        pair: _effect(of_pair)
        for pair, of_pair in by_pair.items()
        if any(one.withdrawn_at is None for one in of_pair)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].seq))


def _effect(of_pair: list[Said]) -> Effect:
    standing = [one for one in of_pair if one.withdrawn_at is None]
    lasting = [_lasting([one for one in standing if one.by == by]) for by in {one.by for one in standing}]
    firm = sorted((one for one in lasting if one.says != UNSURE), key=lambda s: s.seq)
    last = standing[-1]
    if len({one.says for one in firm}) == 2:
        return Effect("disputed", last.seq, last.at)
    needs = max(one.needs for one in standing)
    counted = [one for one in firm if needs == 1 or _is_blind(one, of_pair)]
    if len(counted) >= needs:
        return Effect(counted[0].says, counted[needs - 1].seq, counted[needs - 1].at)
    return Effect("waiting" if firm else "none", last.seq, last.at)


def _lasting(words: list[Said]) -> Said:
    """The word by which a judge stands: the last one, or the first of those before it that say the same without a break."""
    first = words[-1]
    for one in reversed(words):
        if one.says != first.says:
            break
        first = one
    return first


def _is_blind(word: Said, of_pair: Iterable[Said]) -> bool:
    """The judge could not have known another's word when giving this one: who has judged is shown what others said."""
    before = [one for one in of_pair if one.seq < word.seq and one.says != UNSURE]
    own = [one for one in before if one.by == word.by]
    return not any(
        mine.withdrawn_at is None or other.at <= mine.withdrawn_at
        for mine in own
        for other in before
        if other.by != word.by
    )


def followed(found: Mapping[Pair, Effect]) -> list[tuple[Pair, str]]:
    """The pairs that are followed, with same or different, earliest first."""
    return [(pair, effect.what) for pair, effect in found.items() if effect.what in ("same", "different")]
