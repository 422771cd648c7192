"""Which schools are near: for the offerings that meet close to one's own."""

from __future__ import annotations

import math

from ..people import School, schools


def nearest_schools(school_id: int, most: int = 200) -> tuple[int, ...]:
    """Schools by distance from one, itself first; those without a position come after, by name."""
    everything = schools(with_office=True)
    home = next((s for s in everything if s.id == school_id), None)

    def far(school: School) -> tuple[int, float, str]:
        if school.id == school_id:
            return (0, 0.0, "")
        if home is None or None in (
            home.latitude,
            school.latitude,
            home.longitude,
            school.longitude,
        ):
            return (2, 0.0, school.name)
        return (1, kilometres(home, school), school.name)

    return tuple(s.id for s in sorted(everything, key=far)[:most])


def kilometres(one: School, other: School) -> float:
    """The distance between two schools whose positions are known (great circle, km)."""
    lat1, lat2 = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    d_lon = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    inner = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(d_lon)
    return 6371.0 * math.acos(min(1.0, max(-1.0, inner)))
