"""Join: browse the offerings, take a place, switch, wait, and ask for a change after the window."""

from .screen import JoinScreen

__all__ = ["JoinScreen"]
