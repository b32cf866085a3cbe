"""An invitation as a calendar file: what kind of meeting, when, where, its number and the link. No name of anybody is in it: calendars are read by many."""

from __future__ import annotations

from icalendar import Calendar, Event

from engage.casework.meetings.queries import MeetingShown


def invitation(shown: MeetingShown, link: str, sent_at: object) -> bytes:
    """The file. `link`: the address of the meeting's page, which shows nothing without signing in."""
    head = shown.head
    event = Event()
    event.add("uid", f"engage-meeting-{head.number}")
    event.add("dtstamp", sent_at)
    event.add("sequence", head.version)
    event.add("dtstart", head.starts_at)
    event.add("dtend", head.ends_at)
    event.add("summary", f"{shown.kind.title}, {head.number}")
    event.add("location", head.place)
    event.add("description", link)
    event.add("class", "PRIVATE")
    if head.state == "not_held":
        event.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//Engage//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
