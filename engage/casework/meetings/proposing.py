"""Who is proposed for a meeting? Everybody who holds records of a subject, every seat that law asks for or that always is, and besides them the seats that nobody fills.

In a settled order: who must be there by statute first, then by kind of member and name. Never by a count: how much an agency holds is told to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from engage.casework.cases.models import Case
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.lifecycles.states import PEER_GROUP, PLACE
from engage.casework.meetings import holders
from engage.casework.meetings.bodies import is_sealed_out
from engage.casework.meetings.book import AS_INVITED, NOTHING, Book, Stands
from engage.casework.meetings.holders import NAMED, PART, STANDING, STATUTE, Holder, title_of
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.period import since
from engage.casework.meetings.placing import with_placements
from engage.casework.meetings.rules import INVITED, Invitee, Scope
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.peers.standing import words_of
from engage.casework.referrals.bodies import referred_in
from engage.identities import assignments
from engage.networks.groups.adopting import adopted
from engage.networks.groups.standing import standing
from engage.picture.seeing import Sight
from engage.store.area import Area


Key = tuple[str, str, str]


def held_by_case(see: Sight, area: Area, heads: Sequence[Head], from_on: date) -> dict[int, list[Holder]]:
    """For each of these cases everybody who recorded anything about its subject since a day, whoever a placement names, and every agency that takes part in a case of the same subject."""
    members = _members(see, heads)
    people = {one.subject for one in heads if one.kind in OF_PEOPLE and one.subject}
    found = with_placements(
        see, area, holders.of_people(see, area, people.union(*members.values()), from_on), from_on
    )
    at = holders.of_places(see, area, {one.subject for one in heads if one.kind == PLACE}, from_on)
    made: dict[int, list[Holder]] = {}
    for head in heads:
        if head.kind in OF_PEOPLE:
            some = list(found.get(head.subject, ()))
        elif head.kind == PLACE:
            some = list(at.get(head.subject, ()))
        else:
            some = _together(holder for who in members.get(head.number, ()) for holder in found.get(who, ()))
        made[head.number] = some
    for case, more in _parts(see, area, heads).items():
        known = {one.agency for one in made[case]}
        made[case] += [one for one in more if one.holder or one.agency not in known]
    return made


def _members(see: Sight, heads: Iterable[Head]) -> dict[int, frozenset[str]]:
    """Who is in each peer group today, by the number of its case: whom named people put in it, and besides them whom records tie to the group that a lead adopted. Whoever was taken
    out is not in it."""
    groups = [one for one in heads if one.kind == PEER_GROUP]
    if not groups:
        return {}
    said, tied = words_of(one.number for one in groups), _tied(see, groups)
    everybody = {row.person for rows in said.values() for row in rows}.union(*tied.values())
    now = assignments.today(see.build, everybody)
    found = {}
    for one in groups:
        last = {now.get(row.person, row.person): row.is_in for row in said[one.number]}
        people = {now.get(who, who) for who in tied.get(one.number, ())}
        is_in = {who for who, is_member in last.items() if is_member}
        found[one.number] = frozenset(is_in | (people - last.keys()))
    return found


def _tied(see: Sight, groups: Iterable[Head]) -> dict[int, frozenset[str]]:
    """Members of the adopted group that a case is about, and the children who are linked to it, by the number of the case."""
    numbered = {one.number: int(one.subject) for one in groups if one.subject.isdigit()}
    known = adopted(see) if numbered else {}
    now = standing() if known else {}
    return {
        case: frozenset((*now[group].members, *now[group].linked))
        for case, group in numbered.items()
        if group in known and group in now
    }


def _together(some: Iterable[Holder]) -> list[Holder]:
    """Each holder of several people once: what is known of whom is not told, so neither day nor worker is."""
    made: dict[Key, Holder] = {}
    for one in some:
        made.setdefault(one.key, replace(one, last_contact_on=None, worker=""))
    return list(made.values())


def _parts(see: Sight, area: Area, heads: Sequence[Head]) -> dict[int, list[Holder]]:
    """The agencies that take part in any case of the same subject, also one that was opened under an earlier id of a person, and the bodies whose partners referred there by a link."""
    cases_of = _cases_of(see, heads)
    numbers = {case for some in cases_of.values() for case in some} | {one.number for one in heads}
    parts, bodies = parts_of(numbers), referred_in(numbers)
    made = {}
    for head in heads:
        mine = cases_of.get((head.kind in OF_PEOPLE, head.subject), set()) | {head.number}
        agencies = sorted({part.agency for case in mine for part in parts.get(case, ())})
        referred = sorted({body for case in mine for body in bodies.get(case, ())})
        made[head.number] = [
            *(Holder(code, _seat(area, code), PART) for code in agencies),
            *(Holder(through, _seat(area, ""), NAMED, holder=body) for through, body in referred),
        ]
    return made


def _cases_of(see: Sight, heads: Iterable[Head]) -> dict[tuple[bool, str], set[int]]:
    """The cases about each of these subjects, by whether it is a person and today's id or the key."""
    people = {one.subject for one in heads if one.kind in OF_PEOPLE and one.subject}
    others = {one.subject for one in heads if one.kind not in OF_PEOPLE and one.subject}
    ever = assignments.ids_ever(see.build, *people)
    found: dict[tuple[bool, str], set[int]] = defaultdict(set)
    of_people = list(Case.objects.filter(kind__in=OF_PEOPLE, subject__in=ever).values_list("pk", "subject"))
    now = assignments.today(see.build, {subject for _pk, subject in of_people})
    for pk, subject in of_people:
        found[True, now.get(subject, subject)].add(pk)
    for pk, subject in Case.objects.exclude(kind__in=OF_PEOPLE).filter(subject__in=others).values_list("pk", "subject"):  # fmt: skip
        found[False, subject].add(pk)
    return found


def _seat(area: Area, code: str) -> str:
    return seats().of_agency(area.agencies[code].kind if code in area.agencies else "")


def proposals(desk: MeetingDesk, area: Area, kind: Kind, book: Book) -> list[Invitee]:
    """Everybody who is to be invited or left out, and what was said of each so far."""
    see = desk.desk.see
    heads = desk.heads(book)
    from_on = since(see.viewing, kind.period_months)
    found = holders.by_case(held_by_case(see, area, heads, from_on))
    scopes: dict[Key, dict[int | None, Holder]] = _without_sealed(book, found)
    for one in _of_seats(area, kind):
        scopes.setdefault(one.key, {})[None] = one
    said: dict[Key, list[Invitee]] = defaultdict(list)
    for guest in desk.invitees(book, area, kind):
        said[guest.agency, guest.member, guest.holder].append(guest)
    made = [_proposed((area, kind, book), (key, some), said[key]) for key, some in scopes.items()]
    made += [one for key, some in said.items() for one in some if key not in scopes or one.user_name]
    return ordered(made)


def _without_sealed(
    book: Book, found: Mapping[Key, Mapping[int | None, Holder]]
) -> dict[Key, dict[int | None, Holder]]:
    """These without what a body is proposed for from which it is left out with a seal on another seat, under which it stands."""
    own = {(one.agency, one.member, one.holder): one.seq for one in book.invitees if not one.user_name}
    kept = {
        key: {case: one for case, one in some.items() if not is_sealed_out(book, key, case, but=own.get(key, 0))}
        for key, some in found.items()
    }  # fmt: skip
    return {key: some for key, some in kept.items() if some}


def _of_seats(area: Area, kind: Kind) -> Iterable[Holder]:
    """Every agency that holds a seat which law asks for, or which always is."""
    for seat in dict.fromkeys((*kind.statute, *kind.standing)):
        basis = STATUTE if seat in kind.statute else STANDING
        for agency in area.agencies.values():
            if agency.kind in seats().by_code[seat].agencies:
                yield Holder(agency.code, seat, basis)


def _proposed(
    of: tuple[Area, Kind, Book], held: tuple[Key, Mapping[int | None, Holder]], guests: Sequence[Invitee]
) -> Invitee:
    """Somebody proposed: for what nothing was said of yet, and for what it was. What is said of a worker by name is not said of the agency; but it is invited with whoever of it is."""
    (area, kind, book), (key, found) = of, held
    agency, member, holder = key
    said = next((one for one in guests if not one.user_name), None)
    stands = book.stands(said.number) if said else {}
    by_name = {scope.case for one in guests if one.user_name for scope in one.scopes if scope.holds == INVITED}  # fmt: skip
    scopes = {case: Scope(case, one, *_before(case, stands, by_name)) for case, one in found.items()}
    known = {scope.case: scope for scope in said.scopes} if said else {}
    place = area.agencies.get(agency)
    contact = " ".join(part for part in (place.contact, place.phone) if part) if place else ""
    base = said or Invitee(0, agency, member, holder, title_of(area, *key), contact=contact)
    return replace(
        base, is_statutory=member in kind.statute, scopes=tuple({**known, **scopes}.values()), contact=base.contact or contact
    )  # fmt: skip


def _before(case: int | None, said: Mapping[int | None, Stands], by_name: Collection[int | None]) -> Stands:
    """What was said of a case, or of the whole: an invitation to the whole is one to what is put on later, and nobody is left out of what was not there yet. `by_name`: of what a worker
    of theirs is invited to."""
    if found := said.get(case):
        return found
    whole = said.get(None, NOTHING)
    is_invited = whole.state == INVITED or case in by_name or None in by_name
    return AS_INVITED if is_invited else NOTHING


def ordered(some: Iterable[Invitee]) -> list[Invitee]:
    """Who must be there by statute first, then by kind of member and name."""
    return sorted(
        some,
        key=lambda one: (
            not one.is_statutory,
            seats().place(one.member),
            one.title.lower(),
            one.holder.lower(),
            one.user_name,
        ),
    )


def absent(kind: Kind, some: Iterable[Invitee]) -> list[str]:
    """The seats that the kind names and that nobody is proposed for: so that their absence is seen."""
    filled = {one.member for one in some}
    return [code for code in kind.seats if code not in filled]
