"""An invitation as a calendar file: what kind of meeting, when, where, its number and the link. No name of anybody is in it: calendars are read by many.

A file of the same meeting has the same `uid` and, after every change, a higher `sequence`: who opens it anew has the new time in the place of the old. Of a meeting that is not
held the file takes the entry out of the calendar (RFC 5546, method CANCEL).
"""

from __future__ import annotations

from icalendar import Calendar, Event

from engage.casework.meetings.queries import MeetingShown
from engage.casework.meetings.rules import NOT_HELD


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
    is_off = head.state == NOT_HELD
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Engage//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
