"""A draft of a session's notes: the text, and the version that it was begun from."""

from __future__ import annotations

import json
from dataclasses import dataclass

from models.drafts import Draft

FORM = "session.notes"


@dataclass(frozen=True)
class Kept:
    """Notes that were typed and not saved."""

    version: int
    """The version that they were begun from."""
    body: str

    def as_draft(self) -> str:
        """As a draft holds them."""
        return json.dumps({"version": self.version, "body": self.body}, ensure_ascii=False)


def kept_in(draft: Draft | None) -> Kept | None:
    """What a draft holds; None where there is none, or it is no draft of notes."""
    if draft is None:
        return None
    try:
        held = json.loads(draft.body)
        return Kept(int(held["version"]), str(held["body"]))
    except (ValueError, TypeError, KeyError):
        return None
