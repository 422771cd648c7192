"""Days as a facilitator types them: “4 Dec”, “Fri 4 Dec 2026”, “2026-12-04”."""

from __future__ import annotations

import re
from datetime import date

from ..errors import BadText
from ..text import fold
from ..years import Year

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")


def read_day(value: str, field: str, year: Year) -> date:
    """The day that a text means, in the CofP year unless it names one; raises BadText."""
    wanted = fold(value).replace(",", " ").replace(".", " ")
    iso = _ISO.match(wanted.strip())
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return _in_words(wanted.split(), year)
    except ValueError as error:
        raise BadText(field, "write a day like 4 Dec or 2026-12-04.") from error


def _in_words(parts: list[str], year: Year) -> date:
    """The day of “fri 4 dec 2026”, in any order; raises ValueError when it is none."""
    numbers = [int(part) for part in parts if part.isdecimal()]
    months = [
        index
        for part in parts
        for index, month in enumerate(_MONTHS, 1)
        if len(part) >= 3 and part.startswith(month)
    ]
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        raise ValueError("no day")
    [month] = months
    days = [number for number in numbers if number <= 31]
    named = [number for number in numbers if number > 31]
    if len(days) != 1:
        raise ValueError("no day of a month")
    which = named[0] if named else year.id if month >= 6 else year.id + 1
    return date(which, month, days[0])
