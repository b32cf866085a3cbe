"""What is known of one word wherever it stands: how it is looked up, and whether it is written as a name is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


# Won't is will not, and can't is cannot; then what is written in haste.
_SAID_SO = {
    "n't": "not", "n\u2019t": "not", "wo": "will", "ca": "can",
    **dict.fromkeys((
        "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "wont", "cant", "aint", "ai",
    ), "not"),
    "wiv": "with", "n": "and", "&": "and", "ppl": "people", "peeps": "people", "nite": "night", "sum1": "someone", "sumone": "someone",
    "some1": "someone", "mins": "minutes", "hrs": "hours", "wk": "week", "wks": "weeks", "bday": "birthday", "abt": "about", "pic": "picture",
    "pics": "pictures", "vid": "video", "vids": "videos", "msg": "message", "msgs": "messages", "msgd": "messaged", "convo": "conversation",
    "sch": "school", "sec": "secondary", "amts": "amounts", "wknd": "weekend", "wkend": "weekend", "veh": "vehicle", "vehs": "vehicles",
    "addr": "address", "mob": "mobile", "susp": "suspected", "unk": "unknown", "approx": "about", "@": "at", "randoms": "strangers",
}  # fmt: skip
_SAID_SO |= {word.capitalize(): said for word, said in _SAID_SO.items()}
# A code has so many signs at most. Of how many words, and of how many words that begin a phrase, it is kept what they are: of more than come again in a large town's texts.
_LETTERS, FORMS_KEPT = 3, 50_000


# What is known of a word wherever it stands: how it is looked up, whether it has a capital and is written as a name, and the phrases that it
# is by itself; within a sentence a word with a capital is part of a name and only some of them. Last, the words of which one must come next
# for a phrase of several to begin, with how many words such have at most. A plain tuple, for it is unpacked at every word of a text.
Form = tuple[str, bool, bool, tuple[str, ...], tuple[str, ...], Mapping[str, int]]


class Forms(dict[str, Form]):
    """What is known of each word, found out when it is first asked for."""

    def __init__(self, known: Callable[[str], Form]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, text: str) -> Form:
        if len(self) >= FORMS_KEPT:
            self.clear()
        return self.setdefault(text, self._known(text))


def said_as(text: str) -> str:
    """How a word is looked up: whatever sum of money is £."""
    return "£" if text[0] == "£" else _SAID_SO.get(text, text).lower()


def is_written_name(texts: Sequence[str]) -> bool:
    """Words with capitals, and not only short ones in capitals: BMW, GHB, SIM."""
    is_code = all(len(text) <= _LETTERS and text.isupper() for text in texts)
    return not is_code and all(text[0].isupper() for text in texts)
