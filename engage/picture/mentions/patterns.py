"""How are names, plates, numbers and addresses written? The shapes that mentions are found by, made of a vocabulary's lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


_UPPER = "A-Z" + "".join(chr(at) for at in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(at).isupper())
# What goes on after a capital. "Khan's" is Khan, and an initial or a form of address (Mr, Mrs, Miss, Dr, Det, ...) may have a full stop.
_AFTER_CAPITAL = (
    rf"(?:(?:(?<=M)(?:[rsx]|rs|iss)|(?<=D)(?:r|et)|(?<=P)rof|(?<=R)ev|(?<=C)llr|(?<=S)gt|(?<=I)nsp)\.(?=[ ][{_UPPER}])"
    rf"|\.(?=[ ]?[{_UPPER}])|\w*(?:['\u2019](?!s\b)\w+|-\w+)*)"
)
CAPITAL = rf"[{_UPPER}]{_AFTER_CAPITAL}"
# In "SURNAME, Forename" stands one of these.
PAIR_OF_CAPITALS = re.compile(rf"[{_UPPER}][{_UPPER}'\u2019-]")
# A day of a month is written like the middle of a plate: "ON 14 MAY".
_NO_DAY = r"(?!(?:AT|BY|IN|OF|ON|RE|TO)\b)(?![A-Z]{2} ?[0-9]{2} ?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))"
PLATE = (
    rf"(?:{_NO_DAY}[A-Z]{{2}} ?[0-9]{{2}} ?[A-Z]{{3}}|[A-Z][0-9]{{1,3}} ?[A-Z]{{3}}|[A-Z]{{3}} ?[0-9]{{1,3}} ?[A-Z]|[A-Z]{{2}}Z ?[0-9]{{3,4}}"
    r"|(?=[A-Z0-9 ]*[?*])[A-Z0-9?*]{4} ?[A-Z0-9?*]{3})(?![\w?*])"
)
# In every plate, whole or half, stands one of these; few texts with figures have any.
LIKE_A_PLATE = re.compile(r"[A-Z?*](?:(?<=[?*])| ?[0-9])")
# The beginning of a plate of the form in use since 2001: where it was registered, and in which half of which year.
HALF_PLATE = re.compile(
    r"(?<![\w-])[A-Z]{2} ?(?:0[2-9]|1[0-9]|2[0-9]|5[1-9]|6[0-9]|7[0-9])(?: [A-Z]{1,2}(?![\w'\u2019]))?(?![\w-]| ?[0-9][A-Z]{2}\b)"
)
_PART = r"(?:[A-Z0-9?*]{2,7}|(?=[a-z]*[0-9])[a-z0-9?*]{2,7})(?![\w'?*])"
_PLATE_WORD = r"(?i:number ?plates?|plates?|reg(?:istration)?|index|vrm|vrn|part|partial|mark)"
# In each of those stands one of these.
PLATE_WORD = re.compile(rf"\b{_PLATE_WORD}\b")
_FILLER = r"(?i:with|bearing|an?|the|full|number|no\.?|ending|ends|beginning|begins|starting|starts|containing|including|of|is|as|in|read|reading)"
_BETWEEN = r"[ :,]{1,2}[\"'\u201c\u2018(\[]?"
POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
PHONE = re.compile(
    r"(?<![\w@+])(?:(?:\+44|0044)[ .-]?(?:\(0\))?(?:[ .()/-]{0,2}[0-9]){9,10}|\(?0(?=[ .()/-]{0,2}[1-9])(?:[ .()/-]{0,2}[0-9]){9,10})(?![0-9])"
    r"|(?<![\w@+])\(?070(?:[ .()/-]{0,2}[0-9]){8}(?![0-9])"
)
# What stands before a number that is nobody's telephone.
NO_PHONE = re.compile(
    r"\b(?:ref|reference|urn|log|incident|occurrence|occ|crime|dbs|nhs|case|badge|plate|licence|order|invoice|account|unique|upn)(?: (?:no|number|ref))?[ .:#]*$",
    re.IGNORECASE,
)
FIGURES_OF_A_PHONE = 10
# One of these stands in what tells a part of one.
OF_PART_OF_PHONE = ("end", "begin", "start")
PART_OF_PHONE = re.compile(
    r"\b(?:number|phone|mobile|mob|handset|tel|telephone|sim|burner|payg|pay-as-you-go|iphone|samsung|nokia)\b[^.;,\n]{0,30}?\b(?:ending|ended|ends|beginning|starting)(?: in| with)?:? ([0-9]{3,8})\b",
    re.IGNORECASE,
)
_APPLICATION = r"snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|telegram|facebook|fb|whatsapp|kik|psn|xbox|steam|roblox|fortnite|yubo|wizz|tinder|app|online"
# A name under which somebody writes: in it stand figures, a stroke, or a stop between letters.
_HANDLE = r"(?=[\w.-]*(?:[0-9_]|\w\.\w))\w[\w.-]{2,}\w"
_LEAD = rf"{_APPLICATION}|username|user ?name|handle|account"
# How they begin, up to a space.
LEAD = re.compile(rf"\b(?:{re.sub(r' [?][a-z]+', '', _LEAD)})", re.IGNORECASE)
_LED_TO = (
    rf"\b(?:{_LEAD})(?: name| account| username| handle)?"
    rf"(?: is| of| as| called|:|,)? ?[(\"'\u201c\u2018]?({_HANDLE})"
)
ACCOUNT = re.compile(rf"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@[\w.]{{2,}}\w|{_LED_TO}", re.IGNORECASE)
# The same in a text without that sign: to look for it would be to go over every word from each of its letters.
ACCOUNT_WITHOUT_AT = re.compile(_LED_TO, re.IGNORECASE)
# Where nothing leads to it: with a stroke in it, or with a stop between small letters where the text speaks of an application.
WITH_A_STROKE = re.compile(r"(?<![\w@.-])(?=[\w.]*[A-Za-z])\w[\w.]*_[\w.]*\w(?![\w@])")
WITH_A_STOP = re.compile(r"(?<![\w@./-])(?!www\.)[a-z][a-z0-9]+(?:\.[a-z0-9_]+)+(?![\w@/])")
NO_ACCOUNT = re.compile(r"\.(?:com|net|org|uk|pdf|docx?|jpe?g|png|txt|gov|nhs)$")
APPLICATION = re.compile(rf"\b(?:{_APPLICATION}|messages?|msgs?|messaged|dms?)\b", re.IGNORECASE)
# Words of which one at least tells of a plate lead to a part of one.
_LED = rf"(?:{_FILLER}[ ])*{_PLATE_WORD}(?:[ ](?:{_FILLER}|{_PLATE_WORD}))*{_BETWEEN}"
PART_OF_PLATE = re.compile(rf"\b{_LED}(?P<plate>{PLATE}|{_PART})")
_TAIL = (
    rf"(?:,?[ ]?[(\[]?(?:(?:{_FILLER}|{_PLATE_WORD}){_BETWEEN})*(?P<plate>{PLATE})"
    rf"|,?[ ]?[(\[]?{_LED}(?P<part>{_PART}))[)\]]?"
)
_SHORT_STREETS = frozenset(["St", "Rd", "Ave", "Ln", "Dr", "Cl", "Cres", "Ct", "Gdns"])
# No name of a street or a house is longer.
WORDS_OF_A_NAME = 3
_Tree = dict[str, "_Tree"]


@dataclass(frozen=True)
class Patterns:
    """The shapes that rest on lists of words, each made when it is first asked for."""

    lists: Mapping[str, frozenset[str]]

    @cached_property
    def run(self) -> re.Pattern[str]:
        """Words with capitals that follow one another, particles ("de", "al") and "&" between them."""
        particles = "|".join(sorted(self.lists["particles"]))
        # That it begins a word is asked after its capital: of other signs it need not be.
        return re.compile(
            rf"[{_UPPER}](?<!\w\w){_AFTER_CAPITAL}(?:(?:[ ](?:(?:{particles})[ -])?|[ ]?&[ ]|(?<=\.)){CAPITAL})*"
        )

    @cached_property
    def listed(self) -> re.Pattern[str]:
        """ "SURNAME, Forename"."""
        return re.compile(
            rf"\b(?P<last>[{_UPPER}][{_UPPER}'\u2019-]+(?:[ ][{_UPPER}'\u2019-]{{2,}})?), ?(?P<first>[{_UPPER}][^\W\d_]*[a-z]\w*(?:-\w+)?)\b"
        )

    @cached_property
    def saint(self) -> re.Pattern[str]:
        """A place that is called after somebody whose it is: "St Aidan's High", "Mario's Pizza Bar"."""
        venue = rf"(?:{_any(self.lists['venues'] | {'high'})})"
        return re.compile(
            rf"\b(?:S(?:t|T|aint)\.?[ ])?{CAPITAL}['\u2019]s(?:[ ]{CAPITAL}){{0,2}}[ ](?=[{_UPPER}])(?i:{venue})\b(?:[ ]{CAPITAL})?"
        )

    @cached_property
    def further(self) -> re.Pattern[str]:
        """Up to three more words with capitals."""
        return re.compile(rf"(?:[ ]{CAPITAL}){{1,3}}")

    @cached_property
    def quoted(self) -> re.Pattern[str]:
        """A name with a nickname in it: Robert "Rob" Dunn, Robert (Rob) Dunn."""
        inner = rf"[\"'\u2018\u201c(](?:{CAPITAL})[\"'\u2019\u201d)]"
        return re.compile(rf"\b(?P<first>{CAPITAL})[ ]{inner}[ ](?P<last>{CAPITAL})")

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What may stand between a plate and what it is the plate of."""
        joins = rf"an?|the|is|was|which|on|in|with|reg|registration|index|plate|vrm|vehicle|colour|bearing|{_any(self.lists['colours'])}"
        return re.compile(rf"[ ,(:)-]*(?:(?:{joins})[ ,(:)-]+)*", re.IGNORECASE)

    @cached_property
    def address(self) -> re.Pattern[str]:
        """A number and a street, with the flat before and the postcode after it."""
        dwelling = rf"(?:(?i:{_any(self.lists['dwellings'])})\b[ ]?[0-9]*[A-Za-z]?,?[ ])?"
        return re.compile(
            rf"\b(?P<first>{dwelling}[0-9]{{1,4}}[A-Za-z]?(?:-[0-9]{{1,4}})?,?[ ](?:{CAPITAL}(?:['\u2019]s)?[ ]){{1,{WORDS_OF_A_NAME}}}{self._street(all_of_them=True)})"
            rf"(?:,?[ ]{POSTCODE}\b)?"
        )

    @cached_property
    def on_street(self) -> re.Pattern[str]:
        """A kind of place, or a name, that stands on a street; or the street alone."""
        kind = rf"(?:\b(?:{_any(self.lists['before_a_kind_of_place'])})[ ])?\b(?:{_any(self.lists['kinds_of_place'])})"
        street = rf"(?:{CAPITAL}(?:['\u2019]s)?[ ]){{1,{WORDS_OF_A_NAME}}}"
        anywhere, after_on = self._street(all_of_them=False), self._street(all_of_them=True)
        name = rf"(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{0,4}})"
        return re.compile(
            rf"(?:(?P<kind>{kind})|{name})[ ](?:on|in|off|at),?[ ](?:the[ ])?(?P<street>{street}{after_on})(?![\w'])|(?P<alone>{street}{anywhere})(?![\w'])"
        )

    @cached_property
    def venue(self) -> re.Pattern[str]:
        """A word that tells that a name is that of a place."""
        return re.compile(rf"\b(?:{_any(self.lists['venues'])})\b", re.IGNORECASE)

    @cached_property
    def colour(self) -> re.Pattern[str]:
        """A colour at the end of what stands before a vehicle: "dark blue ", "silver or grey "."""
        colour = rf"(?:(?:{_any(self.lists['shades'])})[ -])?(?:{_any(self.lists['colours'])})"
        return re.compile(
            rf"\b{colour}(?:[ ]or[ ]{colour})?(?:[ -](?:in colour|coloured|colored))?[ ,]{{1,2}}$",
            re.IGNORECASE,
        )

    @cached_property
    def vehicle(self) -> re.Pattern[str]:
        """A maker, a model or a kind of vehicle, with the plate where one follows."""
        make, model = _written(self.lists["makes"]), _written(self.lists["models"])
        kind = rf"(?i:{_any(self.lists['kinds_of_vehicle'])})"
        return re.compile(
            rf"(?:(?P<make>{make})\b(?:[ ](?P<model>{model})\b)?|(?P<alone>{model})\b|(?P<kind>{kind})\b)"
            rf"(?:[ ](?:{kind})\b)?(?P<tail>{_TAIL})?"
        )

    @cached_property
    def plate(self) -> re.Pattern[str]:
        """A whole plate by itself."""
        return re.compile(rf"(?<![\w-])(?P<plate>{PLATE})(?![\w-])")

    def _street(self, *, all_of_them: bool) -> str:
        some = (
            self.lists["streets"]
            if all_of_them
            else self.lists["streets"] - self.lists["streets_after_a_number"]
        )
        names = {word.capitalize() for word in some}
        short = names & _SHORT_STREETS
        return rf"(?:(?:{_any(names - short)})\b|(?:{_any(short)})\b\.?)"


def _any(words: Iterable[str]) -> str:
    """Any of these, the longest first; what begins alike is written once, for else each would be tried at every word of a text."""
    tree: _Tree = {}
    for word in sorted(words):
        at = tree
        for sign in word:
            at = at.setdefault(sign, {})
        at[""] = {}
    return _after(tree)


def _after(tree: _Tree) -> str:
    """What may follow on the signs that lead there; nothing, where a word ends, comes last."""
    ways = [re.escape(sign) + _after(further) for sign, further in tree.items() if sign]
    if "" in tree:
        ways.append("")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _written(names: Iterable[str]) -> str:
    """A maker's or a model's name as it may be written: ford, Ford, FORD, Mercedes-Benz, i30."""
    ways = {
        way
        for name in names
        for way in (name, name.upper(), name.title(), name.capitalize(), name[:1] + name[1:].upper())
    }
    return _any(ways)
