"""What of cases may a viewer see? Every case passes the one access door: that there is one, and apart from it each thing written in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from engage.casework.cases import concern, entries, former, narrowing, referred
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.rules import OF_PEOPLE, QUESTION, RELATIONSHIP_OF, EntryShown, Head, Part, readers
from engage.casework.forms.reading import kept_from
from engage.casework.lifecycles.states import KINDS, PERSON_OF_CONCERN, lifecycle
from engage.casework.tasks.models import AgreedAction
from engage.governance.relationships import barred
from engage.identities import assignments
from engage.identities.guards.barring import barred_from_people
from engage.picture.barring import NO_BARS, Bars, bars_of
from engage.picture.search.called import Called, called
from engage.picture.seeing import Sight, reasons_about
from engage.store.area import Area
from engage.vocabulary.access import Decision, Fact, Outcome, Subject


Found = TypeVar("Found")
NOTHING: Mapping[str, frozenset[str]] = {}


@dataclass
class Desk:
    """One viewing of cases: what it may see of these is decided here, once for each combination of what access is decided on."""

    see: Sight
    _today: dict[str, str] = field(default_factory=dict)
    _in_many: dict[str, bool] = field(default_factory=dict)
    _of_heads: dict[tuple[str, bool], Decision] = field(default_factory=dict)
    _looked_up: dict[str, Any] = field(default_factory=dict)

    def once(self, called: str, look_up: Callable[[], Found]) -> Found:
        """What others look up once for all of this viewing, by what they call it."""
        if called not in self._looked_up:
            self._looked_up[called] = look_up()
        found: Found = self._looked_up[called]
        return found

    def heads(self, rows: Sequence[Case]) -> list[Head]:
        """The heads of those cases of which the viewer may know, under today's ids of their subjects."""
        self._learn_today(row.subject for row in rows if row.kind in OF_PEOPLE and row.subject)
        shown = self._heads(rows)
        bars = self._bars(shown)
        hidden = self._hidden_among(shown)
        return [one for one in shown if one.number not in hidden and self.of_head(one, bars).is_allowed]

    def may_refer_to(self, row: Case) -> bool:
        """A referral about the same goes into this case: the viewer may know of it, or it is a question for others and they are not told so."""
        (head,) = self._heads([row])
        return self.of_head(head, self._bars([head])).is_allowed

    def head(self, row: Case) -> Head | None:
        """The head of one case; None where the viewer may not know of it."""
        return next(iter(self.heads([row])), None)

    def of_head(self, head: Head, bars: Mapping[int, frozenset[str]]) -> Decision:
        """Whether the viewer may know that there is this case, who has it and how far it is. It rests on who leads it and whether they are barred, so it is asked once for each."""
        barred = bars.get(head.number, frozenset())
        key = (head.agency, self.see.viewing.viewer.user_id in barred)
        if key not in self._of_heads:
            subject = Subject(head.subject, parts=frozenset(), barred=barred)
            self._of_heads[key] = self.decide(subject, Fact(head.agency, "case"))
        return self._of_heads[key]

    def decide(self, subject: Subject, fact: Fact) -> Decision:
        """The access door, for this viewing."""
        viewing = self.see.viewing
        return self.see.policy.decide(
            viewer=viewing.viewer, subject=subject, fact=fact, purpose=viewing.purpose
        )

    def subject_of(self, head: Head, parts: Iterable[Part]) -> Subject:
        """The subject of a case as access needs to know it: who takes part, and who is barred."""
        return self.subjects_of([head], {head.number: tuple(parts)})[head.number]

    def subjects_of(self, heads: Sequence[Head], parts: Mapping[int, tuple[Part, ...]]) -> dict[int, Subject]:
        """The subject of each of these cases as access needs to know it, by the case's number. Whoever only referred reads what is written no more than whoever takes no part:
        their own referral is shown apart from it (referrer.py)."""
        bars = self._bars(heads)
        return {
            head.number: Subject(
                head.subject,
                parts=readers(parts.get(head.number, ())),
                barred=bars[head.number],
            )
            for head in heads
        }

    def kept_back(self, area: Area, parts: Iterable[Part]) -> Mapping[str, frozenset[str]]:
        """By form, the questions of which the answer is not for the viewer, because of how their agency takes part in a case."""
        mine = {part.part for part in parts if part.agency == self.see.viewing.viewer.agency}
        return kept_from(area, mine) if mine else {}

    def entries(
        self, subject: Subject, rows: Iterable[CaseEntry], kept_back: Mapping[str, frozenset[str]] = NOTHING
    ) -> list[EntryShown]:
        """What was written, each as far as the viewer may see it; what they may not even know of is left out. `kept_back`: by form, the answers that are not for them."""
        known = list(rows)
        replaced_by = {row.replaces: row.seq for row in known if row.replaces}
        decided = ((row, self.decide(subject, entries.fact_of(row))) for row in known)
        shown = [
            entries.shown(row, d, replaced_by.get(row.seq), kept_back.get(row.form, frozenset()))
            for row, d in decided
            if d.outcome is not Outcome.NOTHING
        ]
        apart = entries.of_another_case(known)
        return [entries.without_content(one) if one.number in apart else one for one in shown]

    def names(self, heads: Iterable[Head]) -> dict[str, Called]:
        """How each person is called whom these cases are about, as far as the viewer may know, by today's id."""
        ids = sorted({one.subject for one in heads if one.kind in OF_PEOPLE and one.subject})
        pages = self.see.build.pages()
        return dict(called(pages, ids, self.see, reasons_about(pages, ids, see=self.see))) if ids else {}

    def hidden_questions(self) -> QuerySet[Case]:
        """The cases of which it is not settled whether they may be called those of people of concern, and that are not the viewer's to decide. Whoever referred sees that
        it waits."""
        viewer = self.see.viewing.viewer
        theirs = Q(opened_by=viewer.user_id) | referred.is_by(viewer.user_id, concern.REFERRAL, "seq")
        if viewer.role in concern.deciders() and viewer.agency:
            theirs |= self.in_part_of(viewer.agency, "seq")
        return concern.standing(Case.objects.all(), QUESTION).exclude(theirs)

    def _hidden_among(self, heads: Iterable[Head]) -> set[int]:
        asked = {one.number for one in heads if one.stands == QUESTION}
        if not asked:
            return set()
        # Where no list has looked them up, these alone are asked about: to go along all of them takes longer.
        few = self.__dict__.get("_few_hidden")
        return set(self.hidden_questions().filter(seq__in=asked).values_list("seq", flat=True)) if few is None else asked & set(few)  # fmt: skip

    def without_hidden(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        """These rows without those of such cases; `column` holds the case's number. They are looked up once for all lists of a page; where they are many each list asks anew."""
        few = self._few_hidden
        if few is None:
            return rows.exclude(**{f"{column}__in": self.hidden_questions().values("seq")})
        return rows.filter(narrowing.none_of(few, column)) if few else rows

    @cached_property
    def _few_hidden(self) -> list[int] | None:
        return narrowing.few(self.hidden_questions().values_list("seq", flat=True))

    @cached_property
    def led_by(self) -> Mapping[str, bool]:
        """Every agency that leads a case, and whether the viewer may know of the cases that it leads."""
        subject = Subject("", parts=frozenset())
        return {
            code: self.decide(subject, Fact(code, "case")).is_allowed
            for code in narrowing.agencies_of(Case.objects)
        }

    @cached_property
    def owned_by(self) -> Mapping[str, bool]:
        """Every agency that owns an action, and whether the viewer, whose agency takes part, may know of its actions."""
        subject = Subject("", parts=frozenset({self.see.viewing.viewer.agency}))
        codes = narrowing.agencies_of(AgreedAction.objects)
        return {code: self.decide(subject, Fact(code, "meeting")).is_allowed for code in codes}

    def in_part_of(self, agency: str, column: str) -> Q:
        """The condition of a list that is narrowed to the cases in which an agency takes part; `column` holds the case's number.

        Of an agency in few cases these are looked up first, and of one in many each row of the list is asked for itself: nearly all of them fit, and a page reads few.
        """
        if agency not in self._in_many:
            self._in_many[agency] = narrowing.is_in_many(agency)
        how = narrowing.one_by_one if self._in_many[agency] else narrowing.together
        return how(agency, self.see.viewing.at, column)

    @cached_property
    def hidden_cases(self) -> frozenset[int]:
        """The cases about whom or what the viewer declared a relationship to: they are in no list and no count."""
        bars = self.see.bars
        if bars is NO_BARS:
            return frozenset()
        ids = assignments.ids_ever(self.see.build, *bars.people)
        people = list(Case.objects.filter(kind__in=OF_PEOPLE, subject__in=ids).values_list("seq", "subject"))
        people += [(case, subject) for case, subject in former.of_kinds(OF_PEOPLE) if subject in ids]
        now = self.now({subject for _case, subject in people})
        found = {case for case, subject in people if now[subject] in bars.people}
        others = Case.objects.exclude(kind__in=OF_PEOPLE)
        found |= {row.seq for row in others if self._is_barred(row.kind, row.subject, row.called)}
        before = former.of_kinds(set(KINDS) - OF_PEOPLE)
        return frozenset(found | {case for case, subject in before if bars.hides_place(subject, "")})

    def _is_barred(self, kind: str, subject: str, called: str, bars: Bars | None = None) -> bool:
        """The viewer (or whose bars these are) declared a relationship to whom or what a case is about, or it names a firm that they did."""
        bars = self.see.bars if bars is None else bars
        if bars is NO_BARS:
            return False
        if kind in OF_PEOPLE:
            return subject in bars.people
        return bars.hides_place(subject, called) or bars.names_firm(called)

    def now(self, person_ids: Collection[str]) -> dict[str, str]:
        """Today's id of each of these persons."""
        self._learn_today(person_ids)
        return {person: self._today.get(person, person) for person in person_ids}

    def _learn_today(self, person_ids: Iterable[str]) -> None:
        unknown = set(person_ids) - self._today.keys()
        if unknown:
            self._today.update(assignments.today(self.see.build, unknown))

    def _heads(self, rows: Sequence[Case]) -> list[Head]:
        of_concern = [row.seq for row in rows if row.kind == PERSON_OF_CONCERN]
        stands = concern.stands_of(of_concern) if of_concern else {}
        before = former.subjects_of([row.seq for row in rows])
        self._learn_today(one for row in rows if row.kind in OF_PEOPLE for one in before.get(row.seq, ()))
        return [
            head_of(
                row, self._named_today(row.kind, row.subject), stands.get(row.seq, ""),
                frozenset(self._named_today(row.kind, one) for one in before.get(row.seq, ())),
            )
            for row in rows
        ]  # fmt: skip

    def _named_today(self, kind: str, subject: str) -> str:
        return self._today.get(subject, subject) if kind in OF_PEOPLE else subject

    def barred_from(self, kind: str) -> Mapping[str, frozenset[str]]:
        """Who declared a relationship to the subjects of cases of a kind, by the subject: to a person (today's id) under whichever id it was."""
        if kind in OF_PEOPLE:
            return self._barred_people
        # All of a kind are looked up once: few people declare any.
        of = RELATIONSHIP_OF[kind]
        return self.once(f"barred from a {of}", lambda: barred(of))

    def barred_about(self, head: Head) -> frozenset[str]:
        """Who declared a relationship to whom or what a case is about, or was taken to be about."""
        said = self.barred_from(head.kind)
        return frozenset().union(*(said.get(one, ()) for one in {head.subject, *head.before}))

    def is_kept_from(self, user: str, head: Head) -> bool:
        """That worker would be kept from a case: they declared a relationship to whom or what it is about, or was taken to be about, or to a firm that it names."""
        if user in self.barred_about(head):
            return True
        bars = (
            bars_of(self.see.build, user, self.see.today.laid_ids) if head.kind not in OF_PEOPLE else NO_BARS
        )
        return any(self._is_barred(head.kind, one, head.called, bars) for one in {head.subject, *head.before})

    @cached_property
    def _barred_people(self) -> Mapping[str, frozenset[str]]:
        return barred_from_people(self.see.build)

    def _bars(self, heads: Sequence[Head]) -> dict[int, frozenset[str]]:
        """Who declared a relationship to whom or what each of these cases is about, by the case's number."""
        said = {one.kind: self.barred_from(one.kind) for one in heads}
        if self.see.bars is NO_BARS and not any(said.values()):
            return {one.number: frozenset() for one in heads}
        mine = frozenset({self.see.viewing.viewer.user_id})
        found: dict[int, frozenset[str]] = {}
        for one in heads:
            about = {one.subject, *one.before}
            is_mine = any(self._is_barred(one.kind, subject, one.called) for subject in about)
            found[one.number] = frozenset().union(*(said[one.kind].get(subject, ()) for subject in about), mine if is_mine else ())  # fmt: skip
        return found


def head_of(
    row: Case, subject: str | None = None, stands: str = "", before: frozenset[str] = frozenset()
) -> Head:
    """The head that a row is: under its subject's id of today, where it is given, with how it stands and whom it was about before."""
    state = lifecycle(row.kind).state(row.state)
    return Head(
        row.seq, row.kind, row.subject if subject is None else subject, row.called, state, row.version, row.agency, row.worker, row.worker_name, row.opened_by, row.opened_by_name,
        row.opened_by_agency, row.opened_at, row.moved_at, stands, before,
    )  # fmt: skip
