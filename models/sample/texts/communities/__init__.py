"""The sample's communities, as their facilitators proposed them in June, and the priorities."""

from __future__ import annotations

from collections.abc import Mapping

from ..shapes import SampleCommunity
from . import for_elementary, for_everyone, for_high
from .priorities import PRIORITIES

__all__ = ["COMMUNITIES", "PRIORITIES"]

COMMUNITIES: Mapping[int, tuple[SampleCommunity, ...]] = {
    2026: for_elementary.THIS_YEAR + for_high.THIS_YEAR + for_everyone.THIS_YEAR,
    2025: for_elementary.LAST_YEAR + for_high.LAST_YEAR + for_everyone.LAST_YEAR,
}
"""By the calendar year in which the CofP year begins: 24 of 2026–27, 22 of 2025–26."""
