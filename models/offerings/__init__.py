"""Offerings in: a sheet of proposals that a division gathered, compared, then taken in at once."""

from __future__ import annotations

from .apply import import_offerings
from .compare import OfferingsPlan, PlannedOffering, plan_offerings, waits_for_publishing
from .sheet import OPTIONAL, REQUIRED, Sheet, SheetRow, read_offerings

__all__ = [
    "OPTIONAL",
    "REQUIRED",
    "OfferingsPlan",
    "PlannedOffering",
    "Sheet",
    "SheetRow",
    "import_offerings",
    "plan_offerings",
    "read_offerings",
    "waits_for_publishing",
]
