"""How do children's services, schools, health and the charity write down what they see?"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from engage.example.desk import Content, Desk, Row, sampled, truth_of_event
from engage.example.draw import chance, count, day_between, stream
from engage.example.errors import rate
from engage.example.people import Event, Person, Town
from engage.example.scene import life_of


Desks = dict[str, Desk]

RELATIONS = {
    "head": ("Mother", "Father"),
    "partner": ("Mother", "Father"),
    "grandparent": ("Grandmother", "Grandfather"),
}
TERMS = (("Autumn", 9, 1, 140), ("Spring", 1, 3, 122), ("Summer", 4, 20, 116))
MISSED = {
    "ordinary": 0.06,
    "school": 0.32,
    "exploited": 0.2,
    "self_harm": 0.18,
    "gang": 0.2,
    "substance": 0.18,
}


def open_registers(desks: Desks) -> None:
    """All pupils, and the people whom health and children's services have on their registers in any case."""
    town = desks["education.pupil"].town
    rng = stream(town.seed, "registers")
    for person in town.people.values():
        _enrol(rng, desks["education.pupil"], person)
    everybody = list(town.people)
    for person_id in sampled(rng, everybody, rate("held_without_event", "health", part="records")):
        created = town.from_on - timedelta(days=rng.randint(5, 4000))
        created = max(created, town.people[person_id].born_on)
        if created < town.until_on:
            received = max(town.from_on, created) + timedelta(days=rng.randint(0, 30))
            desks["health.patient"].open(person_id, created, min(received, town.until_on), register="Acute")
    for person_id in sampled(
        rng, list(town.children), rate("held_without_event", "childrens_services", part="records")
    ):
        created = max(town.from_on - timedelta(days=rng.randint(5, 900)), town.people[person_id].born_on)
        desks["childrens_services.child"].open(person_id, created, max(created, town.from_on))


def _enrol(rng: Random, desk: Desk, person: Person) -> None:
    town = desk.town
    for number, school in enumerate((person.earlier_school, person.school)):
        if school:
            years = (town.until_on - person.born_on).days / 365.25
            created = (
                town.from_on
                if number == 0
                else day_between(rng, town.from_on, town.from_on + timedelta(days=40))
            )
            desk.open(
                person.person_id,
                created,
                created + timedelta(days=rng.randint(1, 20)),
                school=town.places[school].name,
                year_group=max(0, min(13, int(years + 0.35) - 5)),
                is_current=number == 1,
            )


def record(desks: Desks, event: Event) -> None:
    """Write one event into the tables of its agency."""
    {
        "contact": _contact,
        "care_episode": _care_episode,
        "return_interview": _return_interview,
        "exclusion": _exclusion,
        "attendance": _attendance,
        "casework": _charity,
        "parent_log": _charity,
    }[event.table](desks, event)


def _put(content: Content, event: Event, table: str, row: Row) -> str:
    ref = content.ref(table)
    content.tables[table].append({"ref": ref, **row, "received_on": event.received_on})
    if event.told and "text" in row:
        content.told.append((table, ref, event.told))
    return ref


def _child(desks: Desks, event: Event) -> str:
    desk, person_id = desks["childrens_services.child"], event.parts[0].person_id
    known = bool(desk.refs[person_id])
    person = desk.town.people[person_id]
    school = desk.town.places[person.school].name if person.school else ""
    ref = desk.of(person_id, event.at.date(), event.received_on, school=school)
    if not known:
        _family(desk, person, ref, event.received_on)
    return ref


def _family(desk: Desk, child: Person, ref: str, received_on: date) -> None:
    """The people at home, as the child's record lists them: each is a record of its own."""
    rng = stream(desk.town.seed, "family", child.person_id)
    for person in desk.scene.at_home[child.home_id]:
        grown = person.relation in RELATIONS and (
            person.relation == "grandparent" or person.person_id in (child.mother, child.father)
        )
        born_by_then = person.born_on <= received_on
        if person.person_id == child.person_id or not born_by_then or not chance(rng, 0.85 if grown else 0.3):
            continue
        relation = RELATIONS[person.relation][person.sex == "M"] if grown else _other_relation(person)
        family = Desk(desk.town, desk.scene, desk.content, "childrens_services.family")
        family.open(person.person_id, received_on, received_on, child=ref, relation=relation)


def _other_relation(person: Person) -> str:
    if person.relation == "child":
        return "Brother" if person.sex == "M" else "Sister"
    return (
        "Stepfather" if person.sex == "M" else "Stepmother" if person.relation == "partner" else "Other adult"
    )


def _contact(desks: Desks, event: Event) -> None:
    child = _child(desks, event)
    content = desks["childrens_services.child"].content
    row = {
        "child": child,
        "on": event.at.date(),
        **event.fields,
        "text": event.told.text if event.told else "",
    }
    ref = _put(content, event, "childrens_services.contact", row)
    _truth(content, event, ("childrens_services.contact", ref), ("childrens_services.child", child))


def _care_episode(desks: Desks, event: Event) -> None:
    child = _child(desks, event)
    content = desks["childrens_services.child"].content
    row = {"child": child, "on": event.at.date(), **event.fields}
    ref = _put(content, event, "childrens_services.care_episode", row)
    _truth(content, event, ("childrens_services.care_episode", ref), ("childrens_services.child", child))


def _return_interview(desks: Desks, event: Event) -> None:
    child = _child(desks, event)
    content = desks["childrens_services.child"].content
    row = {
        "child": child,
        "on": event.at.date(),
        **event.fields,
        "text": event.told.text if event.told else "",
    }
    ref = _put(content, event, "childrens_services.return_interview", row)
    _truth(content, event, ("childrens_services.return_interview", ref), ("childrens_services.child", child))


def _exclusion(desks: Desks, event: Event) -> None:
    desk = desks["education.pupil"]
    refs = desk.refs[event.parts[0].person_id]
    if refs:
        ref = _put(
            desk.content,
            event,
            "education.exclusion",
            {"pupil": refs[-1], "on": event.at.date(), **event.fields},
        )
        _truth(desk.content, event, ("education.exclusion", ref), ("education.pupil", refs[-1]))


def _attendance(desks: Desks, event: Event) -> None:
    clinic = event.kind == "SH"
    desk = desks["health.clinic_client" if clinic else "health.patient"]
    register = "Acute" if event.kind == "ED" else "Community"
    more = {} if clinic else {"register": register}
    patient = desk.of(event.parts[0].person_id, event.at.date(), event.received_on, **more)
    row = {"patient": patient, "on": event.at.date(), "time": event.at.time(), **event.fields}
    ref = _put(desk.content, event, "health.attendance", row)
    if event.told:
        note = {"attendance": ref, "text": event.told.text, "kind": event.fields["service"]}
        _put(desk.content, event, "health.note", note)
    _truth(desk.content, event, ("health.attendance", ref), (desk.table, patient))


def _charity(desks: Desks, event: Event) -> None:
    """A line of the charity's sheet is a record of the person it is about: each time written anew, and seldom in full."""
    desk = desks["charity.casework"]
    table = f"charity.{event.table}"
    line = Desk(desk.town, desk.scene, desk.content, table)
    part = event.parts[-1]  # the carer, in the parents' log
    text = event.told.text if event.told else ""
    rng = stream(desk.town.seed, table, desk.content.given.get(table, 0))
    child = desk.town.people[event.parts[0].person_id]
    more: Row = {
        "on": event.at.date(),
        "text": text,
        **event.fields,
        "child_name": child.known_as or child.forename,
    }
    ref = line.open(part.person_id, event.at.date(), event.received_on, **more)
    row = desk.content.tables[table][-1]
    if table == "charity.casework" and chance(rng, rate("surname_missing", "charity", part="records")):
        row["surname"] = ""
        at = next(
            i for i in range(len(desk.content.identities) - 1, -1, -1) if desk.content.identities[i][1] == ref
        )
        desk.content.identities[at] = (table, ref, part.person_id, "partial")
    if event.told:
        desk.content.told.append((table, ref, event.told))
    _truth(desk.content, event, (table, ref), (table, ref), last=True)


def _truth(
    content: Content, event: Event, record: tuple[str, str], source: tuple[str, str], *, last: bool = False
) -> None:
    part = event.parts[-1] if last else event.parts[0]
    content.events.append(truth_of_event(event, part, record, source))


def finish(desks: Desks) -> None:
    """Attendance at school term by term, and the meaning of health's codes."""
    desk = desks["education.pupil"]
    town, content = desk.town, desk.content
    for person_id, refs in ((person, refs) for person, refs in desk.refs.items() if refs):
        rng = stream(town.seed, "attendance", person_id)
        for term in terms(town):
            _term(rng, town, content, (person_id, refs[-1]), term)
    for code, words in desk.scene.facts["reasons"].items():
        content.tables["health.reason"].append({"code": code, "words": words})


def terms(town: Town) -> list[tuple[str, str, date, date, int]]:
    """The whole terms of the two years: school year, name, first and last day, sessions."""
    found = []
    for year in range(town.from_on.year - 1, town.until_on.year + 1):
        for name, month, first, sessions in TERMS:
            starts = date(year, month, first)
            ends = starts + timedelta(days=sessions // 2 * 7 // 5 + 10)
            if starts >= town.from_on and ends < town.until_on:
                school_year = year if month == 9 else year - 1
                found.append((f"{school_year}/{(school_year + 1) % 100:02d}", name, starts, ends, sessions))
    return sorted(found, key=lambda term: term[2])


def _term(
    rng: Random, town: Town, content: Content, pupil: tuple[str, str], term: tuple[str, str, date, date, int]
) -> None:
    school_year, name, _, ends, sessions = term
    child = town.children.get(pupil[0])
    usual = MISSED.get(life_of(child, ends), 0.11) if child else 0.06
    share = min(0.9, max(0.0, rng.gauss(usual, usual / 1.8)))
    missed = min(sessions, count(rng, min(29.0, share * sessions)))
    unauthorised = round(missed * (0.55 if usual > 0.07 else 0.22) * rng.random() * 1.4)
    received = ends + timedelta(days=rng.randint(4, 12))
    content.tables["education.attendance"].append(
        {
            "pupil": pupil[1], "school_year": school_year, "term": name, "ends_on": ends, "possible": sessions,
            "authorised": missed - min(missed, unauthorised), "unauthorised": min(missed, unauthorised),
            "received_on": min(received, town.until_on),
        }
    )  # fmt: skip
