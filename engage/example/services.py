"""What do children's services, schools, health and the charity see of one child?"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from engage.example.draw import chance, weighted
from engage.example.people import Child, Event, Part, Told
from engage.example.scene import Scene, at, child_part, life_of
from engage.example.telling import tell


REASONS = {
    "self_harm": ("ED12", "ED13", "ED14"),
    "substance": ("ED10", "ED11", "ED01"),
    "exploited": ("ED10", "ED15", "ED16", "ED01", "ED14", "ED06", "ED02"),
    "gang": ("ED15", "ED01", "ED06"),
}
DISPOSALS = ("Discharged", "Discharged", "Admitted", "GP follow-up", "Left before treatment")


def _add(scene: Scene, rng: Random, child: Child, day: date, words: tuple[str, str, str]) -> Event:
    agency, table, kind = words
    part = child_part(child, "client", scene.group_of(rng, child, day))
    event = Event(agency, table, kind, at(rng, day, 8, 19), scene.received(rng, agency, day), [part])
    scene.town.events.append(event)
    return event


def _story(scene: Scene, rng: Random, child: Child, day: date, frame: str) -> Told:
    group = scene.group_of(rng, child, day)
    cast = scene.cast(rng, child.person_id, group, scene.somewhere(rng, group))
    most = 4 if frame in ("contact", "referral", "charity") else 2
    return tell(rng, cast, frame, life_of(child, day), rng.randint(1, most))


def contact(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A contact at the front door."""
    event = _add(scene, rng, child, day, ("childrens_services", "contact", "CONTACT"))
    event.fields = {
        "kind": "contact",
        "source": rng.choice(scene.facts["contact_sources"]),
        "outcome": rng.choice(scene.facts["contact_outcomes"]),
    }
    event.told = _story(scene, rng, child, day, "contact")


def referral(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A referral, with a decision within a day or so."""
    event = _add(scene, rng, child, day, ("childrens_services", "contact", "CONTACT"))
    event.fields = {
        "kind": "referral",
        "source": rng.choice(scene.facts["contact_sources"]),
        "outcome": rng.choice(("Assessment", "Assessment", "Strategy discussion", "Early help")),
    }
    event.told = _story(scene, rng, child, day, "referral")


def episodes_of_care(scene: Scene, rng: Random, child: Child) -> None:
    """The placements of a child who is looked after, one after another."""
    person = scene.town.people[child.person_id]
    starts = scene.town.from_on + timedelta(days=rng.randint(-400, 500))
    for number in range(rng.randint(1, 3)):
        ends = starts + timedelta(days=rng.randint(60, 420))
        home = scene.town.places.get(person.care_home) if not number else None
        kind = "Residential" if home else rng.choice(scene.facts["placements"])
        if starts <= scene.town.until_on:
            event = _add(scene, rng, child, starts, ("childrens_services", "care_episode", "CARE"))
            event.fields = {
                "ends_on": ends if ends < scene.town.until_on else None,
                "placement": kind,
                "place": home.name if home else "",
                "postcode": home.postcode if home else "",
                "reason": rng.choice(
                    ("Family in acute stress", "Absent parenting", "Family dysfunction", "Neglect")
                ),
            }
        starts = ends


def exclusion(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A suspension, or now and then a permanent exclusion."""
    event = _add(scene, rng, child, _school_day(day), ("education", "exclusion", "EXCL"))
    permanent = chance(rng, 0.05)
    event.fields = {
        "kind": "Permanent exclusion" if permanent else "Suspension",
        "sessions": 0 if permanent else rng.choice((2, 4, 6, 10)),
        "reason": rng.choice(scene.facts["exclusion_reasons"]),
    }


def _school_day(day: date) -> date:
    while day.weekday() > 4 or day.month == 8:
        day += timedelta(days=1 if day.month != 8 else 32 - day.day)
    return day


def emergency(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A visit to the emergency department, some with a safeguarding note."""
    life = life_of(child, day)
    event = _add(scene, rng, child, day, ("health", "attendance", "ED"))
    event.at = at(rng, day, 0, 23)
    code = rng.choice(REASONS[life]) if life in REASONS and chance(rng, 0.5) else f"ED{rng.randint(1, 9):02d}"
    event.fields = {"service": "ED", "reason": code, "disposal": rng.choice(DISPOSALS)}
    if chance(rng, 0.35 if life != "ordinary" else 0.02):
        event.told = _story(scene, rng, child, day, "safeguarding_note")


def grown_up_emergency(scene: Scene, rng: Random, person_id: str, day: date) -> None:
    """A grown-up's visit to the emergency department."""
    event = _add(scene, rng, Child(person_id), day, ("health", "attendance", "ED"))
    event.fields = {
        "service": "ED",
        "reason": f"ED{rng.randint(1, 9):02d}",
        "disposal": rng.choice(DISPOSALS),
    }


def _service(
    scene: Scene, rng: Random, child: Child, day: date, words: tuple[str, str, tuple[str, ...]]
) -> Event:
    kind, service, reasons = words
    event = _add(scene, rng, child, day, ("health", "attendance", kind))
    event.fields = {"service": service, "reason": rng.choice(reasons), "disposal": "Seen"}
    if event.fields["reason"] in ("CM03", "SH04"):
        event.fields["disposal"] = "Did not attend"
    return event


def mental_health(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """An appointment with the children's mental-health service."""
    _service(scene, rng, child, day, ("CAMHS", "CAMHS", ("CM01", "CM02", "CM02", "CM03", "CM04")))


def school_nurse(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A talk with the school nurse, some written up."""
    event = _service(scene, rng, child, day, ("SCHOOLNURSE", "SCHOOL NURSE", ("SN01", "SN02")))
    if chance(rng, 0.5):
        event.told = _story(scene, rng, child, day, "school_nurse")


def clinic(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A visit to the sexual-health clinic, which registers its own patients."""
    _service(scene, rng, child, day, ("SH", "SEXUAL HEALTH", ("SH01", "SH02", "SH03", "SH04")))


def casework(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A line of the charity's casework sheet."""
    event = _add(scene, rng, child, day, ("charity", "casework", "CHARITY"))
    event.fields = {
        "worker": rng.choice(scene.facts["workers"]),
        "how": weighted(rng, {"met": 4, "phone": 3, "group": 3, "text": 1}),
    }
    event.told = _story(scene, rng, child, day, "charity")


def parent_log(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A line of the parents' log: a carer talks about the child."""
    event = _add(scene, rng, child, day, ("charity", "parent_log", "CHARITY"))
    event.parts[0].role = "subject"
    carer = scene.reporter(rng, child.person_id)
    if carer and not scene.town.people[child.person_id].care_home:
        event.parts.append(Part(carer, "reporting person"))
    event.fields = {"worker": rng.choice(scene.facts["workers"])}
    event.told = _story(scene, rng, child, day, "parent_log")
