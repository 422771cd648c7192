"""What an engine's failure means, in words for a person."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreReadOnly

TIMEOUT = 10.0
"""Seconds that a write waits for its turn before it gives up, having written nothing."""


def is_worth_another_try(error: Exception) -> bool:
    """Whether the whole unit may succeed when it is begun again."""
    cause = error.__cause__ or error.__context__ or error
    state = getattr(cause, "sqlstate", None) or getattr(
        getattr(error, "orig", None), "sqlstate", None
    )
    if state in ("40001", "40P01"):
        return True
    text = str(error).lower()
    return any(
        words in text
        for words in (
            "connection is lost",
            "server closed the connection",
            "terminating connection",
            "the connection is closed",
            "connection already closed",
        )
    )


def in_words(error: Exception, where: str) -> StoreError:
    """The same failure as one of this program's errors: what happened, why, what to do."""
    text = str(error).lower()
    if "locked" in text or "busy" in text or "lock timeout" in text or "statement timeout" in text:
        return StoreBusy(
            f"Another program kept {where} busy for {TIMEOUT:.0f} seconds; nothing was written. Try again."
        )
    if "full" in text or "no space" in text or ("i/o error" in text and _is_full(where)):
        return StoreFull(
            f"The disk that holds {where} is full; nothing was written. Free some space, then try again."
        )
    if "readonly" in text or "read-only" in text:
        return StoreReadOnly(
            f"{where} may not be written by this user; nothing was changed. Ask whoever runs the program."
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return StoreCorrupt(
            f"{where} is damaged or is no database of this program. Bring back the last backup (see README)."
        )
    if "unable to open" in text:
        return StoreError(f"{where} could not be opened: the folder is missing or may not be read.")
    if "connection" in text or "connect" in text or "resolve host" in text:
        return StoreError(
            f"The database server of {where} does not answer. Nothing was written; try again soon."
        )
    # The driver's own words may hold what somebody wrote: they are not shown.
    return StoreError(f"The store {where} failed ({type(error).__name__}); nothing was written.")


def _is_full(where: str) -> bool:
    """Whether the disk that holds a file has no room left; a full one shows as an I/O error too."""
    try:
        room = os.statvfs(Path(where).parent)
    except (OSError, ValueError):
        return False
    return room.f_bavail * room.f_frsize < 64 * 1024
