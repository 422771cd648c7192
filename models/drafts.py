"""Drafts of unfinished forms: kept for their owner, read by nobody else (design, “Screens”)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from . import text
from .database import Table
from .errors import BadText
from .journal import Receipt, Write, writes

MOST = 2 * text.NOTES
"""Characters of a draft's body; the longest form is a session's notes."""


class DraftRow(Table):
    id = pw.AutoField()
    person_id = pw.BigIntegerField()
    form = pw.TextField()
    subject = pw.TextField()
    title = pw.TextField()
    body = pw.TextField()
    saved_at = pw.DateTimeField()

    class Meta:
        table_name = "draft"


@dataclass(frozen=True)
class Draft:
    """An unfinished form as its owner left it."""

    form: str
    """Which form, such as 'session.notes'."""
    subject: str
    """What it is about, such as a meeting's id as text."""
    title: str
    """What to call it when it is offered: “Notes of Fri 9 Oct”."""
    body: str
    """What was typed, as the form wrote it: JSON text."""
    saved_at: datetime
    """Naive UTC."""


@writes("draft.keep")
def keep_draft(w: Write, form: str, subject: str, title: str, body: str) -> Receipt:
    """Keep what the acting person typed so far, in place of what was kept of it before.

    `title` is made to fit rather than refused, since a draft must not be lost for it. Raises
    BadText when the body is longer than any form.
    """
    w.require(w.me())
    if len(body) > MOST:
        raise BadText("Draft", f"{len(body):,} characters; {MOST:,} fit.")
    fields: dict[str, Any] = {
        "title": text.clean(title).text[: text.LINE] or form,
        # No engine keeps NUL in a text, and PostgreSQL no half of a surrogate pair either.
        "body": body.replace("\0", "").encode("utf-8", "replace").decode(),
        "saved_at": w.at,
    }
    DraftRow.insert(person_id=w.person_id, form=form, subject=subject, **fields).on_conflict(
        conflict_target=[DraftRow.person_id, DraftRow.form, DraftRow.subject],
        update={getattr(DraftRow, name): value for name, value in fields.items()},
    ).execute()
    return w.receipt("Kept.")


@writes("draft.drop")
def drop_draft(w: Write, form: str, subject: str) -> Receipt:
    """Forget a draft of the acting person: it was sent, or thrown away; or was never there."""
    w.require(w.me())
    DraftRow.delete().where(
        (DraftRow.person_id == w.person_id)
        & (DraftRow.form == form)
        & (DraftRow.subject == subject)
    ).execute()
    return w.receipt("The draft is gone.")


def read_draft(person_id: int, form: str, subject: str) -> Draft | None:
    """What a person left of a form; None when there is nothing. Only for that person's own eyes."""
    rows = _drafts(person_id).where((DraftRow.form == form) & (DraftRow.subject == subject))
    row = rows.tuples().first()
    return Draft(*row) if row else None


def drafts_of(person_id: int) -> tuple[Draft, ...]:
    """Everything a person left unfinished, latest first: offered at their next sign-in."""
    query = _drafts(person_id).order_by(DraftRow.saved_at.desc(), DraftRow.id.desc())
    return tuple(Draft(*row) for row in query.tuples())


def _drafts(person_id: int) -> Any:
    return DraftRow.select(
        DraftRow.form, DraftRow.subject, DraftRow.title, DraftRow.body, DraftRow.saved_at
    ).where(DraftRow.person_id == person_id)
