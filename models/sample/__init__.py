"""The sample division: invented people of an invented place, and the year that they play."""

from .demo import DemoPerson, demo_people

__all__ = ["DemoPerson", "demo_people"]
