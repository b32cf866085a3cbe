"""What of meetings may a viewer see? Every meeting passes the one access door: that there is one, and apart from it each case on its agenda.

Whoever arranges or chairs a meeting and whoever is invited takes part, for the whole or for a case. Who declared a relationship to the subject of a case does not see that
there is such an item; where all items are such, there is no meeting for them. Whoever was left out by name sees none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from engage.casework.cases import rules as cases
from engage.casework.cases.listing import name_among
from engage.casework.cases.models import Case
from engage.casework.cases.seeing import Desk
from engage.casework.lifecycles.states import PLACE
from engage.casework.meetings import models
from engage.casework.meetings.book import Book, InviteeRow, WordRow, books
from engage.casework.meetings.holders import title_of
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.nameless import (
    check_heading,
    check_nameless,
    given_names,
    given_of,
    without_names,
)
from engage.casework.meetings.rules import (
    Agenda,
    AgendaPart,
    Invitee,
    Item,
    MeetingNotShown,
    Said,
    log_name,
)
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.search.called import Called
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Subject, Viewing
from engage.vocabulary.words import N_


GUARDIAN = "guardian"


@dataclass
class MeetingDesk:
    """One viewing of meetings."""

    desk: Desk
    _heads: dict[int, cases.Head] = field(default_factory=dict)
    _subjects: dict[int, Subject] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)
    _given: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def viewing(self) -> Viewing:
        """Who looks."""
        return self.desk.see.viewing

    def shown(self, rows: Sequence[models.Meeting], *, is_brief: bool = False) -> list[Book]:
        """Those of these meetings of which the viewer may know, with the items that are theirs to know; where `is_brief`, without what was said besides inviting and leaving out."""
        found = books(rows, is_brief=is_brief)
        self._learn(case for book in found for case in book.cases)
        return [cut for book in found if (cut := self._cut(book)) is not None]

    def _cut(self, book: Book) -> Book | None:
        subject = Subject("", parts=self._with_named(book, book.agencies), barred=book.kept_out)
        if not self._may(subject, book):
            return None
        items = tuple(item for item in book.items if self._may_item(book, item))
        if book.items and not items:
            return None
        taken_off = tuple(item for item in book.taken_off if self._may_item(book, item))
        is_cut = (items, taken_off) != (book.items, book.taken_off)
        return replace(book, items=items, taken_off=taken_off, is_cut=is_cut)

    def _may_item(self, book: Book, item: Item) -> bool:
        head = self._heads.get(item.case)
        # What has become a question since it was put on the agenda is on none.
        if head is None or head.stands == cases.QUESTION:
            return False
        known = self._subjects[head.number]
        barred = known.barred | book.kept_out_of(item.case)
        return self._may(replace(known, parts=self.parts(book, item.case), barred=barred), book)

    def parts(self, book: Book, case: int | None) -> frozenset[str]:
        """The agencies that take part in a case of a meeting, or in the whole (None), for the viewer."""
        return self._with_named(book, book.parts(case))

    def _with_named(self, book: Book, parts: frozenset[str]) -> frozenset[str]:
        """Whoever chairs it and whoever called it are there as persons, also where their agency is left out."""
        return parts | {self.viewing.viewer.agency} if self._is_named(book) else parts

    def read_of(self, book: Book) -> frozenset[int | None]:
        """The cases that are or were on its agenda, and None for the whole, of which the viewer reads what was said: not of the whole where they or their agency are left out of it and are there for a case alone."""
        viewer = self.viewing.viewer
        is_out = book.is_out(viewer.agency, None) and not self._is_named(book)
        return book.cases if is_out or viewer.user_id in book.kept_out_of(None) else book.cases | {None}

    def _is_named(self, book: Book) -> bool:
        return self.viewing.viewer.user_id in (book.head.chair, book.head.organiser)

    def _may(self, subject: Subject, book: Book) -> bool:
        return self.desk.decide(subject, Fact(book.head.agency, "meeting")).is_allowed

    def _learn(self, numbers: Iterable[int]) -> None:
        unknown = set(numbers) - self._asked
        if unknown:
            self._asked |= unknown
            heads = self.desk.heads(list(Case.objects.filter(pk__in=unknown)))
            self._heads |= {head.number: head for head in heads}
            self._subjects |= self.desk.subjects_of(heads, {})

    def heads(self, book: Book) -> list[cases.Head]:
        """The cases on an agenda, as the viewer may know them, in its order."""
        self._learn(item.case for item in book.items)
        return [self._heads[item.case] for item in book.items if item.case in self._heads]

    def titles(self, book: Book, *, names_children: bool = True) -> dict[int, str]:
        """How the subject of each item is called: a person by name, a place by how it was called. Where no child is named, a person's case has its number alone."""
        return self.titles_of([(book, names_children)])

    def titles_of(self, books: Iterable[tuple[Book, bool]]) -> dict[int, str]:
        """The same of several meetings, of each with whether children are named in it. The number of queries does not grow with them."""
        named: list[cases.Head] = []
        nameless: list[cases.Head] = []
        for book, names_children in books:
            (named if names_children else nameless).extend(self.heads(book))
        names = self.desk.names(named)
        told = {head.number: "" for head in nameless}
        others = [head for head in nameless if head.kind not in cases.OF_PEOPLE]
        self._learn_given(others)
        struck = without_names(
            self.desk.see, [(one.called or one.subject, self.given_near([one])) for one in others]
        )
        told |= {head.number: text for head, text in zip(others, struck, strict=True)}
        return told | {head.number: _title(head, names) for head in named}

    def given_near(self, heads: Iterable[cases.Head]) -> frozenset[str]:
        """The given names of children near the places that these cases are about, looked up once for each."""
        some = list(heads)
        self._learn_given(some)
        near = (self._given.get(head.subject, frozenset()) for head in some if head.kind == PLACE)
        return frozenset().union(*near)

    def _learn_given(self, heads: Iterable[cases.Head]) -> None:
        unknown = {one.subject for one in heads if one.kind == PLACE and one.subject} - self._given.keys()
        if unknown:
            self._given |= given_names(self.desk.see, unknown)

    def check_nameless(self, kind: Kind, texts: Iterable[str], heads: Iterable[cases.Head]) -> None:
        """Nobody is named in these texts who is not to be named in a meeting of this kind on these cases. Raises MeetingRefused."""
        if not kind.names_children:
            check_nameless(self.desk.see, texts, self.given_near(heads))

    def check_heading(self, called: str, place: str, heads: Sequence[cases.Head]) -> None:
        """Nobody is named in how a meeting on these cases is called, or where it is. Raises MeetingRefused."""
        names = (one.name for one in self.desk.names(heads).values()) if called else ()
        given = self.given_near(heads) | given_of(name for name in names if name)
        check_heading(self.desk.see, called, place, given)

    def invitees(self, book: Book, area: Area, kind: Kind) -> list[Invitee]:
        """Everybody of whom something was said, with what was said as far as the viewer may read it, in the order of proposals. Who has to do only with cases that are not
        the viewer's to know of is not among them: their name alone would tell that there is one more."""
        some = (self._invitee(book, row, area, kind) for row in book.invitees)
        return [one for one in some if one.scopes]

    def _invitee(self, book: Book, row: InviteeRow, area: Area, kind: Kind) -> Invitee:
        scopes = book.scopes(row.seq)
        on = {item.case for item in book.items} | {None}
        on -= self.kept_from(book, row)
        words = tuple(self._said(book, word) for word in book.words_of[row.seq] if word.case in on)
        scopes = tuple(one for one in scopes if one.case in on)
        return Invitee(
            row.seq, row.agency, row.member, row.holder, title_of(area, row.agency, row.member, row.holder), row.user, row.user_name, row.contact,
            row.member in kind.statute, scopes, words,
        )  # fmt: skip

    def kept_from(self, book: Book, row: InviteeRow) -> frozenset[int | None]:
        """Of which cases (None: of the whole) the viewer is not told that this seat, which is of their agency or reached through it, is left out with a seal: that would tip them off, who
        take part in something else or on another seat."""
        if row.agency != self.viewing.viewer.agency or row.user_name or self._is_named(book):
            return frozenset()
        return frozenset(case for case, one in book.stands(row.seq).items() if one.is_sealed)

    def _said(self, book: Book, word: WordRow) -> Said:
        """A word; the text of a sealed one for the chair and for guardians alone, decided at the door of access."""
        text = word.text if not word.is_sealed or self.may_unseal(book) else None
        return Said(
            word.says, word.case, text, word.is_sealed, word.who, word.role, word.said_by, word.said_by_name, word.agency, word.said_at
        )  # fmt: skip

    def may_unseal(self, book: Book) -> bool:
        """The viewer chairs it, or is a guardian of an agency that takes part and is left out of nothing of it."""
        viewer = self.viewing.viewer
        is_guardian = viewer.agency not in book.ever_out and self._is_guardian
        to = {book.head.chair} | ({viewer.user_id} if is_guardian else set())
        parts = self._with_named(book, book.agencies)
        return self._may(Subject("", parts=parts, sealed_to=frozenset(to), barred=book.kept_out), book)

    @cached_property
    def _is_guardian(self) -> bool:
        return access.can(viewer=self.viewing.viewer, what=GUARDIAN)

    def is_chair(self, book: Book) -> bool:
        """The viewer chairs it."""
        return book.head.chair == self.viewing.viewer.user_id


def _title(head: cases.Head, names: Mapping[str, Called]) -> str:
    return name_among(head, names) or ("" if head.kind in cases.OF_PEOPLE else head.subject)


def without_why(one: Invitee) -> Invitee:
    """Somebody as those who take part are shown them: that they were invited or left out, and not who holds records of whom."""
    said = (scope for scope in one.scopes if scope.state)
    return replace(
        one, scopes=tuple(replace(scope, holder=replace(scope.holder, basis="")) for scope in said)
    )


def has_to_do(agency: str) -> Q:
    """Meetings with which an agency has to do: asked of each row, since a page reads few of them."""
    invited = Exists(models.Invitee.objects.filter(meeting=OuterRef("pk"), agency=agency))
    return Q(agency=agency) | Q(chair_agency=agency) | Q(invited)


def meeting_desk(viewing: Viewing, build: Build) -> MeetingDesk:
    """One viewing of meetings."""
    return MeetingDesk(Desk(sight(viewing, build)))


def meeting_seen(viewing: Viewing, build: Build, number: int) -> tuple[MeetingDesk, Book]:
    """The meeting of that number, where the viewer may know of it. Raises MeetingNotShown, which the log tells of."""
    desk = meeting_desk(viewing, build)
    shown = desk.shown(list(models.Meeting.objects.filter(pk=number)))
    if not shown:
        raise not_shown(viewing, number)
    return desk, shown[0]


def not_shown(viewing: Viewing, number: int) -> MeetingNotShown:
    """The error of whoever asked for a meeting that is not there or not theirs to see; the log tells that they asked."""
    governance.record_view(
        viewing=viewing, action="meeting.view", subject=log_name(number), fields=[], decision="nothing"
    )
    return MeetingNotShown(
        N_("There is no meeting under this address, or none that you may see for the purpose you gave."),
        remedy=N_("Go back to the list of meetings, and check the purpose."),
    )


def agenda(kind: Kind, book: Book, titles: Mapping[int, str]) -> Agenda:
    """The agenda in the order of its kind; an item whose section the kind has no more stands in the last."""
    known = {section.code for section in kind.sections}
    last = kind.sections[-1].code
    parts = tuple(
        AgendaPart(
            section.code,
            section.title,
            tuple(
                item
                for item in book.items
                if (item.section if item.section in known else last) == section.code
            ),
            "actions" in section.takes,
        )
        for section in kind.sections
    )
    return Agenda(parts, titles)
