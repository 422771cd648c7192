"""The screens of Participate: the step itself, one session, and the notes that members read."""

from .reading import NotesScreen
from .session import SessionScreen
from .step import ParticipateScreen

__all__ = ["NotesScreen", "ParticipateScreen", "SessionScreen"]
