"""Where does a text name somebody or something? Told from the text alone: what the records hold comes after, for all texts at once.

What cannot be decided from the text is found in several ways ("Long Street" after "Amy Cole on"), each as sure as the text makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from engage.picture.mentions import hints, patterns
from engage.picture.mentions.hints import WORD, Hints
from engage.picture.mentions.naming import Names
from engage.picture.mentions.patterns import Patterns
from engage.picture.mentions.rules import (
    ACCOUNT,
    CERTAIN,
    IF_KNOWN,
    IF_NEAR,
    NAME,
    NOWHERE,
    PHONE,
    PLACE,
    VEHICLE,
    Found,
    Span,
)


_FIGURE = re.compile(r"[0-9]")
_BY_PLACE = itemgetter(1, 2)
_ARTICLE = re.compile(r"(?:a|an|the|his|her|their|another|same|\d+)\W+$", re.IGNORECASE)
# Models of one sign are called so: A Class, 3 Series.
_AFTER_ONE_SIGN = frozenset(["class", "series"])
# How far before a maker's name a colour may begin.
_COLOUR = 40
_SMALL_PLATE = re.compile(r"\b[a-z]{2}[0-9]{2}(?: ?[a-z]{3})?\b", re.IGNORECASE)
_SPACED_PLATE = re.compile(r"\b([^\W_]+)[ ,(]{1,2}[a-z]{2} [0-9]{2} [a-z]{3}\b", re.IGNORECASE)
# How far from a vehicle the beginning of a plate may stand.
_BESIDE = 60
# Roads of which every town has one: in a text without capitals no name.
_NO_STREET = re.compile(
    r"(?:the )?(?:ring|slip|side|back|service|access|link|dual|main|high|coast) \w+$", re.IGNORECASE
)


class MentionFinder:
    """Finds what may be mentions by a vocabulary's lists. Safe to share: it changes nothing of itself when it looks."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        self._lists, self._patterns, self._hints = lists, Patterns(lists), Hints(lists)
        self._names = Names(lists, self._patterns)

    def find(self, text: str) -> tuple[Found, ...]:
        """All that may be mentions, in the order of the text. They may overlap: which of them stand is told by the records."""
        read = self._with_capitals(text)
        hinted = self._hints.of(read)
        found = list(_numbers(read, hinted)) if hinted & (hints.FIGURES | hints.ACCOUNT) else []
        if hinted & (hints.FIGURES | hints.PLATE | hints.VEHICLE):
            found += self._joined(read, self._vehicles(read, hinted, _spans(found)))
        taken = _spans(found)
        if hinted & hints.STREET and hinted & hints.STREET_NAME:
            found += [
                one for one in self._on_streets(read, is_cased=read is text) if _is_free(one[1:3], taken)
            ]
            taken = _spans(one for one in found if one.sure == CERTAIN)
        found += self._names.find(read, taken, hinted, is_cased=read is text)
        return tuple(sorted(found, key=_BY_PLACE))

    def _with_capitals(self, text: str) -> str:
        """A text that is written in small or in large letters alone as it would be with capitals: every word that may be a name has one."""
        if not text.islower() and not text.isupper():
            return text
        small = text.lower()
        if len(small) != len(text):
            return text
        never = self._lists["never_names"] - self._lists["streets"]
        small = WORD.sub(
            lambda found: found[0] if found[0] in never else found[0][:1].upper() + found[0][1:], small
        )
        small = _SPACED_PLATE.sub(self._plate_of_vehicle, small)
        return _SMALL_PLATE.sub(lambda found: found[0].upper(), small) if len(small) == len(text) else text

    def _plate_of_vehicle(self, found: re.Match[str]) -> str:
        """ "White Corsa Po 66 Trx" as it would be with capitals; "yp 14 and" is none."""
        is_vehicle = (
            found[1].lower() in self._hints.vehicle_words
            or found[1].lower() in self._lists["kinds_of_vehicle"]
        )
        return found[0][: len(found[1])] + found[0][len(found[1]) :].upper() if is_vehicle else found[0]

    def _vehicles(self, text: str, hinted: int, taken: list[Span]) -> Iterator[Found]:
        here: list[Span] = []
        for one in self._described(text, hinted) if hinted & hints.VEHICLE else ():
            colour = self._patterns.colour.search(text[max(0, one.start() - _COLOUR) : one.start()])
            start = one.start() - len(colour[0]) if colour else one.start()
            if _is_free((start, one.end()), taken) and self._is_vehicle(
                text, one, has_colour=colour is not None
            ):
                here.append((start, one.end()))
                plate = next((one.span(name) for name in ("plate", "part") if one[name]), NOWHERE)
                end = one.start("tail") if one["tail"] else one.end()
                # "A white van" is one only next to its plate.
                sure = IF_NEAR if one["kind"] and not one["tail"] else CERTAIN
                yield Found(VEHICLE, start, one.end(), sure, plate, (start, end))
        if hinted & (hints.FIGURES | hints.PLATE):
            for pattern in self._patterns_of_plates(text, hinted):
                for one in pattern.finditer(text):
                    if _is_free(one.span("plate"), [*taken, *here]) and not one["plate"].isdigit():
                        here.append(one.span())
                        yield Found(VEHICLE, *one.span(), CERTAIN, one.span("plate"))
        if hinted & hints.FIGURES and patterns.LIKE_A_PLATE.search(text):
            yield from self._half_plates(text, [*taken, *here])

    def _patterns_of_plates(self, text: str, hinted: int) -> Iterator[re.Pattern[str]]:
        if patterns.LIKE_A_PLATE.search(text):
            yield self._patterns.plate
        if hinted & hints.PLATE_WORD:
            yield patterns.PART_OF_PLATE

    def _half_plates(self, text: str, taken: list[Span]) -> Iterator[Found]:
        """Beginnings of plates of which nothing says that they are, beside a vehicle or a word for its plate."""
        for one in patterns.HALF_PLATE.finditer(text):
            near = (
                f"{text[max(0, one.start() - _BESIDE) : one.start()]} {text[one.end() : one.end() + _BESIDE]}"
            )
            words = {
                word.lower()
                for word in WORD.findall(near)
                if not (word.islower() and word in self._lists["vehicles_also_words"])
            }
            if _is_free(one.span(), taken) and not self._hints.of_vehicles.isdisjoint(words):
                yield Found(VEHICLE, *one.span(), CERTAIN, one.span())

    def _described(self, text: str, hinted: int) -> Iterator[re.Match[str]]:
        """Where makers, models or, beside a plate, kinds of vehicles are named. To look for them everywhere would be to try a thousand
        words at every word."""
        words = set(WORD.findall(text.lower()))
        heads = words & self._hints.vehicle_words
        if words.isdisjoint(_AFTER_ONE_SIGN):
            heads = {head for head in heads if len(head) > 1}
        if hinted & (hints.FIGURES | hints.PLATE):
            heads |= words & self._lists["kinds_of_vehicle"]
        if not heads:
            return
        at, ordinary = 0, self._lists["vehicles_also_words"]
        for found in WORD.finditer(text):
            word = found[0].lower()
            if found.start() < at or word not in heads or (word == found[0] and word in ordinary):
                continue
            one = self._patterns.vehicle.match(text, found.start())
            if one:
                at = one.end()
                yield one

    def _joined(self, text: str, found: Iterator[Found]) -> list[Found]:
        """A plate and the vehicle that is described next to it are one."""
        made: list[Found] = []
        for one in sorted(found, key=lambda one: one.start):
            before = made[-1] if made else None
            if (
                before
                and (before.first == NOWHERE) != (one.first == NOWHERE)
                and self._patterns.between.fullmatch(text, before.end, one.start)
            ):
                plate = one.first if before.first == NOWHERE else before.first
                described = one.last if before.last == NOWHERE else before.last
                made[-1] = Found(VEHICLE, before.start, one.end, CERTAIN, plate, described)
            else:
                made.append(one)
        return [one for one in made if one.sure == CERTAIN]

    def _is_vehicle(self, text: str, found: re.Match[str], *, has_colour: bool) -> bool:
        """A colour, a plate, or maker and model together tell of a vehicle; an ordinary word alone does not."""
        if found["kind"]:
            return has_colour or bool(found["tail"])
        if found["tail"] or has_colour or (found["make"] and found["model"]):
            return True
        name = found["make"] or found["alone"]
        is_after_article = _ARTICLE.search(text, max(0, found.start() - 10), found.start()) is not None
        return is_after_article and name.lower() not in self._lists["vehicles_also_words"]

    def _on_streets(self, text: str, *, is_cased: bool) -> Iterator[Found]:
        here: list[Span] = []
        for one in self._patterns.address.finditer(text) if _FIGURE.search(text) else ():
            here.append(one.span())
            yield Found(PLACE, *one.span(), CERTAIN, one.span("first"))
        for one in self._patterns.on_street.finditer(text):
            if not _is_free(one.span(), here):
                continue
            if one["alone"]:
                start = self._names.runs.begins(text, one.start(), one.end())
                if self._is_no_street(text, start, one.end(), is_cased):
                    continue
                # Amy Lane may be somebody; Amy Road is a street.
                last = text[start : one.end()].rsplit(None, 1)[-1].lower()
                sure = IF_KNOWN if last in self._lists["also_words"] else CERTAIN
                yield Found(PLACE, start, one.end(), sure, NOWHERE, (start, one.end()))
            elif one["kind"]:
                yield Found(PLACE, *one.span(), CERTAIN, NOWHERE, one.span("street"))
            else:
                yield from self._named_on_street(text, one)

    def _is_no_street(self, text: str, start: int, end: int, is_cased: bool) -> bool:
        """It is any ring road, or the name goes on: "Larch Road Community Centre"."""
        if not is_cased:
            return _NO_STREET.match(text[start:end]) is not None
        further = self._patterns.further.match(text, end)
        return further is not None and self._names.runs.is_venue(text[start : further.end()])

    def _named_on_street(self, text: str, found: re.Match[str]) -> Iterator[Found]:
        """ "Blue Anchor on Long Street" is one place where it is a place's name; of "Amy on Long Street" the street is one."""
        start = self._names.runs.begins(text, *found.span("name"))
        name = (start, found.end("name"))
        if self._names.runs.is_venue(text[start : found.end("name")]):
            yield Found(PLACE, start, found.end(), CERTAIN, name, found.span("street"))
        else:
            yield Found(NAME, start, found.end(), IF_KNOWN, name, found.span("street"))
            yield Found(PLACE, *found.span("street"), IF_KNOWN, NOWHERE, found.span("street"))


def _may_have(text: str, parts: Sequence[str]) -> bool:
    """Whether it is worth looking for what has one of these parts in it, however it is written. Letters other than the English may be
    capitals of English ones."""
    small = text.lower()
    return not text.isascii() or any(part in small for part in parts)


def _numbers(text: str, hinted: int) -> Iterator[Found]:
    """Phones and accounts."""
    figures = len(_FIGURE.findall(text))
    for one in patterns.PHONE.finditer(text) if figures >= patterns.FIGURES_OF_A_PHONE else ():
        if not patterns.NO_PHONE.search(text, max(0, one.start() - _COLOUR), one.start()):
            yield Found(PHONE, *one.span(), CERTAIN, one.span())
    if figures and _may_have(text, patterns.OF_PART_OF_PHONE):
        for one in patterns.PART_OF_PHONE.finditer(text):
            yield Found(PHONE, *one.span(), CERTAIN, NOWHERE, one.span(1))
    yield from _accounts(text, hinted)


def _accounts(text: str, hinted: int) -> Iterator[Found]:
    here: list[Span] = []
    for pattern in _patterns_of_accounts(text, hinted):
        is_led_to = pattern.groups > 0
        for one in pattern.finditer(text):
            span = one.span(1) if is_led_to and one[1] else one.span()
            if _is_free(span, here) and ("@" in one[0] or not patterns.NO_ACCOUNT.search(text[slice(*span)])):
                here.append(span)
                yield Found(ACCOUNT, *span, CERTAIN, span)


def _patterns_of_accounts(text: str, hinted: int) -> Iterator[re.Pattern[str]]:
    if "@" in text:
        yield patterns.ACCOUNT
    elif hinted & hints.LEAD:
        yield patterns.ACCOUNT_WITHOUT_AT
    if "_" in text:
        yield patterns.WITH_A_STROKE
    if "." in text[:-1] and patterns.APPLICATION.search(text):
        yield patterns.WITH_A_STOP


def _spans(found: Iterator[Found] | list[Found]) -> list[Span]:
    return [one[1:3] for one in found]


def _is_free(span: Span, taken: list[Span]) -> bool:
    for start, end in taken:  # noqa: SIM110 - asked of every word with a capital, mostly of nothing
        if start < span[1] and span[0] < end:
            return False
    return True
