"""How is what follows from a build, and from what people decided, worked out once and kept for as long as it must come out the same?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from engage.store.warehouse import Build


T = TypeVar("T")


@dataclass(eq=False)
class Remembered(Generic[T]):
    """What was worked out of each build, in the memory of this process, the `most` that were asked for last. It goes with the build. Nobody changes what they are given."""

    most: int
    by_build: WeakKeyDictionary[Build, OrderedDict[Hashable, T]] = field(default_factory=WeakKeyDictionary)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def given(self, build: Build, key: Callable[[], Hashable], make: Callable[[], T]) -> T:
        """What was made under this key, else made now. `key` is everything that it follows from besides the build, and is asked for once more when it is made: where people decided
        something meanwhile, what was worked out belongs under neither key, and is not kept."""
        now = key()
        with self._lock:
            kept = self.by_build.setdefault(build, OrderedDict())
            if now in kept:
                kept.move_to_end(now)
                return kept[now]
        made = make()
        if key() == now:
            with self._lock:
                kept[now] = made
                while len(kept) > self.most:
                    kept.popitem(last=False)
        return made
