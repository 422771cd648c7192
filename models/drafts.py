"""Drafts of unfinished forms: kept for their owner, read by nobody else (design, “Screens”).

Somebody may write the same form at two terminals. The one that is kept last is the draft then; what the other
terminal had kept is put aside, and stays until its owner has chosen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from . import text
from .database import Table
from .errors import BadText
from .journal import Receipt, Write, writes

MOST = 6 * text.NOTES + 20_000
"""Characters of a draft's body: what any field holds is kept, also where JSON writes each character in six.

The longest form is a session's notes."""

_ASIDE = " (aside) "
"""Between a form's name and a number: the draft of another terminal, put aside."""


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
def keep_draft(
    w: Write,
    form: str,
    subject: str,
    title: str,
    body: str,
    known: Collection[str] | None = None,
) -> Receipt:
    """Keep what the acting person typed so far, in place of what was kept of it before.

    `title` is made to fit rather than refused, since a draft must not be lost for it. `known` are the bodies
    that this terminal read or kept: any other is put aside rather than replaced, and the receipt's fact
    `elsewhere` says how many are (None: whatever there is is replaced). Raises BadText when the body is
    longer than any form.
    """
    w.require(w.me())
    if len(body) > MOST:
        raise BadText("Draft", f"{len(body):,} characters; {MOST:,} fit.")
    body = _storable(body)
    if known is not None:
        _put_aside(w.person_id, form, subject, {body, *map(_storable, known)})
    fields: dict[str, Any] = {
        "title": text.clean(title).text[: text.LINE] or form,
        "body": body,
        "saved_at": w.at,
    }
    DraftRow.insert(person_id=w.person_id, form=form, subject=subject, **fields).on_conflict(
        conflict_target=[DraftRow.person_id, DraftRow.form, DraftRow.subject],
        update={getattr(DraftRow, name): value for name, value in fields.items()},
    ).execute()
    aside = 0 if known is None else _aside(w.person_id, form, subject).count()
    return w.receipt("Kept.", elsewhere=aside)


def _storable(body: str) -> str:
    # No engine keeps NUL in a text, and PostgreSQL no half of a surrogate pair either.
    return body.replace("\0", "").encode("utf-8", "replace").decode()


def _put_aside(person_id: int, form: str, subject: str, known: Collection[str]) -> None:
    """Move a draft that this terminal does not know out of the way, over what it does know."""
    rows = _aside(person_id, form, subject)
    for row in rows:
        if row.body in known:
            row.delete_instance()
    there = _mine(person_id, form, subject).first()
    if there is None or there.body in known:
        return
    taken = {row.form for row in rows if row.body not in known}
    number = next(n for n in range(len(taken) + 1) if f"{form}{_ASIDE}{n}" not in taken)
    there.form = f"{form}{_ASIDE}{number}"
    there.save()


@writes("draft.drop")
def drop_draft(w: Write, form: str, subject: str, known: Collection[str] | None = None) -> Receipt:
    """Forget a draft of the acting person: it was sent, or thrown away; or was never there.

    With `known` only those bodies are forgotten; what another terminal kept becomes the draft.
    """
    w.require(w.me())
    kept = None if known is None else set(map(_storable, known))
    for row in (*_mine(w.person_id, form, subject), *_aside(w.person_id, form, subject)):
        if _ASIDE not in row.form if kept is None else row.body in kept:
            row.delete_instance()
    if _mine(w.person_id, form, subject).first() is None:
        latest = _aside(w.person_id, form, subject).order_by(DraftRow.saved_at.desc()).first()
        if latest is not None:
            latest.form = form
            latest.save()
    return w.receipt("The draft is gone.")


def read_draft(person_id: int, form: str, subject: str) -> Draft | None:
    """What a person left of a form; None when there is nothing. Only for that person's own eyes."""
    rows = _drafts(person_id).where((DraftRow.form == form) & (DraftRow.subject == subject))
    row = rows.tuples().first()
    return Draft(*row) if row else None


def drafts_aside(person_id: int, form: str, subject: str) -> tuple[Draft, ...]:
    """What the person's other terminals kept of a form, latest first. Only for that person's own eyes."""
    rows = _aside(person_id, form, subject).order_by(DraftRow.saved_at.desc(), DraftRow.id.desc())
    return tuple(Draft(form, subject, row.title, row.body, row.saved_at) for row in rows)


def drafts_of(person_id: int) -> tuple[Draft, ...]:
    """Everything a person left unfinished, latest first: offered at their next sign-in."""
    query = (
        _drafts(person_id)
        .where(~DraftRow.form.contains(_ASIDE))
        .order_by(DraftRow.saved_at.desc(), DraftRow.id.desc())
    )
    return tuple(Draft(*row) for row in query.tuples())


def _drafts(person_id: int) -> Any:
    return DraftRow.select(
        DraftRow.form, DraftRow.subject, DraftRow.title, DraftRow.body, DraftRow.saved_at
    ).where(DraftRow.person_id == person_id)


def _mine(person_id: int, form: str, subject: str) -> Any:
    return DraftRow.select().where(
        (DraftRow.person_id == person_id) & (DraftRow.form == form) & (DraftRow.subject == subject)
    )


def _aside(person_id: int, form: str, subject: str) -> Any:
    return DraftRow.select().where(
        (DraftRow.person_id == person_id)
        & DraftRow.form.startswith(f"{form}{_ASIDE}")
        & (DraftRow.subject == subject)
    )
