"""What text may enter the store: cleaned, bounded, in one normal form (NFC).

Control characters would reach the terminal raw, and bidirectional or invisible formatting characters make
one text look like another, so both are taken out; what real names and emoji need (joiners between letters
or emoji, variation selectors, the tags of a subdivision flag) stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .errors import BadText

LINE = 200
"""Characters in a one-line field unless its own limit says otherwise."""
TITLE = 120
NAME = 120
EMAIL = 254
PARAGRAPH = 4_000
NOTES = 200_000

_NEWLINES = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufdd0-\ufdef\ufffe\uffff]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_ZWNJ, _ZWJ = "\u200c", "\u200d"


@dataclass(frozen=True)
class Cleaned:
    """A text fit for the store, and how many characters were taken out of it."""

    text: str
    removed: int

    @property
    def note(self) -> str:
        """What to tell the person, empty when nothing was taken out."""
        if not self.removed:
            return ""
        many = "character was" if self.removed == 1 else "characters were"
        return f"{self.removed} invisible {many} taken out."


def _joins(text: str, index: int) -> bool:
    """Whether the joiner or selector at `index` stands where a script or an emoji needs it."""
    char = text[index]
    before = text[index - 1] if index else ""
    after = text[index + 1] if index + 1 < len(text) else ""
    if "\ufe00" <= char <= "\ufe0f":
        # A selector belongs to one visible character before it.
        return bool(before) and unicodedata.category(before)[0] in "LNPS"
    if char == _ZWNJ:
        return bool(before and after) and all(
            unicodedata.category(c)[0] in "LM" for c in before + after
        )
    if char == _ZWJ:
        # Between letters (Indic, Arabic scripts), or between emoji (selectors and skin tones included).
        return bool(before and after) and all(
            unicodedata.category(c) in ("Lo", "Mn", "Mc", "So", "Sk") for c in before + after
        )
    return False


def clean(value: str, *, lines: bool = False) -> Cleaned:
    """Take out what must not enter: see the module's words. `lines` keeps new lines (as \\n)."""
    if value.isascii() and value.isprintable():
        return Cleaned(value.rstrip() if lines else " ".join(value.split()), 0)
    text = unicodedata.normalize("NFC", value)
    text = _NEWLINES.sub("\n" if lines else " ", text)
    text = text.replace("\t", "    " if lines else " ")
    removed = 0
    if _SUSPECT.search(text):
        kept: list[str] = []
        flags = {i for match in _FLAG.finditer(text) for i in range(match.start(), match.end())}
        for index, char in enumerate(text):
            if _SUSPECT.match(char) and index not in flags and not _joins(text, index):
                removed += 1
            else:
                kept.append(char)
        text = unicodedata.normalize("NFC", "".join(kept))
    if lines:
        rows = (row.rstrip() for row in text.split("\n"))
        return Cleaned("\n".join(rows).strip("\n"), removed)
    return Cleaned(" ".join(text.split()), removed)


def line(value: str, field: str, limit: int = LINE, *, required: bool = True) -> str:
    """A one-line text for the named field; raises BadText when empty (if required) or too long."""
    return _bounded(clean(value).text, field, limit, required)


def paragraph(value: str, field: str, limit: int = PARAGRAPH, *, required: bool = False) -> str:
    """A text that may have lines, for the named field; raises BadText likewise."""
    return _bounded(clean(value, lines=True).text, field, limit, required)


def _bounded(text: str, field: str, limit: int, required: bool) -> str:
    if required and not text.strip():
        raise BadText(field, "please write something here.")
    if len(text) > limit:
        raise BadText(field, f"{len(text):,} characters; {limit:,} fit. Please shorten it.")
    return text


_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
                        "’": "'", "‘": "'", "–": "-", "—": "-"})  # fmt: skip


def fold(value: str) -> str:
    """The form in which texts are searched and sorted: no case, no accents, single spaces."""
    lowered = value.casefold()
    if lowered.isascii():
        return " ".join(lowered.split())
    # Decomposing may bring capitals to light (𝑨 is an A), and folding something to decompose.
    plain = unicodedata.normalize("NFKD", lowered.translate(_PLAIN)).casefold().translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words(query: str, most: int = 8) -> tuple[str, ...]:
    """The folded words of a search; a row matches when it contains every one of them."""
    return tuple(fold(query[:LINE]).split()[:most])


def cell(value: str) -> str:
    """A text as a cell of a table for spreadsheets: one that would begin a formula is defused."""
    return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") else value
