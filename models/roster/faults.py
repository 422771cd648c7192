"""The sentence that rejects a whole file: the place, what is wrong there, and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NoReturn

from ..errors import BadFile
from ..text import clean


def shown(value: str, most: int = 48) -> str:
    """A value of the file as a message may show it: cleaned, short, in quotes."""
    text = clean(value).text
    return f"“{text[: most - 1]}…”" if len(text) > most else f"“{text}”"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely meant, whatever its case; None when none is near."""
    lowered = {k.lower().replace("_", "").replace(" ", ""): k for k in known}
    asked = word.lower().replace("_", "").replace(" ", "")
    found = difflib.get_close_matches(asked, lowered, n=1, cutoff=0.8)
    return lowered[found[0]] if found else None


def fault(where: str, line: int | None, why: str, *, column: str = "") -> NoReturn:
    """Raise the one sentence that rejects the whole file."""
    place = where if line is None else f"{where} line {line:,}"
    said = f"{place}, {column}: {why}" if column else f"{place}: {why}"
    # Names of files and columns come from the file too: nothing of it may steer a terminal.
    raise BadFile(clean(said).text)
