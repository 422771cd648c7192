"""Writing the list to a file: where to, under which name, never over another file."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from platformdirs import user_downloads_path

from models import text
from models.errors import StoreError

_MOST = 1000
"""Files of one name and day before the program gives up looking for a free one."""


def folder() -> Path:
    """The person's downloads where there are any, else their home folder."""
    downloads = user_downloads_path()
    return downloads if downloads.is_dir() else Path.home()


def file_name(of: str, on: date) -> str:
    """“unregistered-argyle-2026-09-22.csv”: letters, digits and dashes, whatever the school is called."""
    plain = re.sub("[^a-z0-9]+", "-", text.fold(of))[:40].strip("-")
    return "-".join(part for part in ("unregistered", plain, on.isoformat()) if part) + ".csv"


def write(table: str, of: str, on: date, into: Path | None = None) -> Path:
    """Write a table to a new file that only this person reads; returns where it is.

    Raises StoreError when it cannot be written. A byte order mark lets spreadsheets read the accents.
    """
    place = into or folder()
    name = place / file_name(of, on)
    try:
        for number in range(1, _MOST):
            path = name if number == 1 else name.with_stem(f"{name.stem}-{number}")
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
                out.write(table)
            return path
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StoreError(f"The list could not be written to {place}: {why}.") from error
    raise StoreError(f"There are too many lists in {place} already. Please put some away.")
