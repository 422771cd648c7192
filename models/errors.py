"""What callers may catch, each with words for a person: what happened, why, what to do, who can help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class CofpError(Exception):
    """The root of everything that this program raises on purpose.

    `str(error)` is one or two plain sentences, fit for a screen and for one line on stderr.
    """


@dataclass
class Refused(CofpError):
    """The rules do not allow it: which rule, when that changes, and who can help."""

    rule: str
    """The rule in one sentence: 'The join window closed on Fri 25 Sep.'"""
    changes_on: date | None = None
    """The day on which the answer changes, where one is known."""
    help: str = ""
    """Who can help, or what to do instead, in one sentence."""
    action: str = ""
    """The id of the action refused, for the journal and the tests."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.rule, self.help) if part)


class NotFound(CofpError):
    """What was asked for is not there (any more)."""


class Conflict(CofpError):
    """Somebody else changed it meanwhile, or it stands already; look again, then decide."""


class BadText(CofpError):
    """A text may not enter: names the field and its limit."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        """The field's name, as the form shows it."""
        self.why = why
        """What is wrong and what would be right."""


class BadFile(CofpError):
    """A file cannot be taken in; the sentence names the place in it and the way out."""


class StoreError(CofpError):
    """The store cannot be used as it is."""


class StoreBusy(StoreError):
    """Another process kept the store for too long; nothing was written. Try again."""


class StoreFull(StoreError):
    """The disk is full; nothing was written."""


class StoreReadOnly(StoreError):
    """The database file, or its folder, may not be written."""


class StoreCorrupt(StoreError):
    """The database file is damaged, or is no database."""


class StoreNewer(StoreError):
    """A newer program wrote this file; it was left untouched."""


class ClockBehind(StoreError):
    """The computer's clock stands before what the journal already holds."""


class SignInFailed(CofpError):
    """The name, PIN or code was not right, or sign-in is paused; says how long."""
