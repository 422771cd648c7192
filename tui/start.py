"""What makes the program start at once: imported before everything else.

Python 3.11 and 3.12 compile six functions for each frozen dataclass when its class is made, a
millisecond a class; with Textual's there are 140, and a start uses few of them. Here each function is
compiled when it is first called. Later versions of Python compile them together and are left alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

_Function = Callable[..., Any]


def compile_when_called() -> None:
    """From now on the functions of a dataclass are compiled when they are first called."""
    build: Callable[..., _Function] | None = getattr(dataclasses, "_create_fn", None)
    if build is None or getattr(build, "is_late", False):
        return

    def late(name: str, *args: Any, **more: Any) -> _Function:
        return _StandIn(build, name, args, more).function()

    late.is_late = True  # type: ignore[attr-defined]
    dataclasses._create_fn = late  # type: ignore[attr-defined]


class _StandIn:
    """Stands for one function of a class until somebody calls it."""

    __slots__ = ("_args", "_build", "_made", "_more", "_name")

    def __init__(self, build: Callable[..., _Function], name: str, args: Any, more: Any) -> None:
        self._build, self._name, self._args, self._more = build, name, args, more
        self._made: _Function | None = None

    def function(self) -> _Function:
        """The function that stands in the class, and makes way for the real one."""

        def stand_in(*args: Any, **more: Any) -> Any:
            if self._made is None:
                self._made = self._build(self._name, *self._args, **self._more)
                self._made.__qualname__ = stand_in.__qualname__
            for kind in type(args[0]).__mro__:
                if kind.__dict__.get(self._name) is stand_in:
                    setattr(kind, self._name, self._made)
            return self._made(*args, **more)

        stand_in.__name__ = self._name
        return stand_in


compile_when_called()
