"""What day it is, in the division's time zone: the only place that asks the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .errors import CofpError

DEFAULT_ZONE = "America/Regina"


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises CofpError when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CofpError(f"“{name}” is no time zone; write one like {DEFAULT_ZONE}.") from error


@dataclass(frozen=True)
class Clock:
    """The division's clock. A sample division's clock stands on one day and only its hours move."""

    zone_name: str = DEFAULT_ZONE
    fixed: date | None = None
    """The day on which a sample division stands; None follows the system."""
    fixed_at: datetime | None = None
    """A moment (naive UTC) to stand still at; used while a year is played forward."""

    def now(self) -> datetime:
        """This moment as naive UTC, the form in which times are stored."""
        if self.fixed_at is not None:
            return self.fixed_at
        moment = datetime.now(UTC)
        if self.fixed is not None:
            local = moment.astimezone(zone(self.zone_name))
            stood = datetime.combine(self.fixed, local.timetz())
            moment = stood.astimezone(UTC)
        return moment.replace(tzinfo=None)

    def today(self) -> date:
        """The division's date at this moment."""
        return self.day_of(self.now())

    def day_of(self, at: datetime) -> date:
        """The division's date at a stored moment (naive UTC)."""
        return self.local(at).date()

    def local(self, at: datetime) -> datetime:
        """A stored moment (naive UTC) in the division's time zone."""
        return at.replace(tzinfo=UTC).astimezone(zone(self.zone_name))

    def seconds_to_midnight(self) -> float:
        """Seconds until the division's date next changes; a fixed clock says a day."""
        if self.fixed is not None or self.fixed_at is not None:
            return 86400.0
        local = self.local(self.now())
        midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
        return max(0.0, (midnight - local).total_seconds())


def monotonic() -> float:
    """Seconds of a clock that never goes back, for idle limits and waits."""
    from time import monotonic as seconds

    return seconds()
