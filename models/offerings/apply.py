"""Bringing a sheet of offerings in: compared again inside the transaction, then whole or not at all."""

from __future__ import annotations

from typing import Any

from ..errors import Refused
from ..journal import Receipt, Write, writes
from ..submit import (
    Proposal,
    ProposalAuthorRow,
    ProposalRow,
    ProposalTagRow,
    insert_proposal,
    move,
)
from ..words import count
from .compare import compare
from .sheet import Sheet


@writes("offerings.import")
def import_offerings(w: Write, sheet: Sheet, *, accept_refused: bool = False) -> Receipt:
    """Bring a division's sheet in as approved proposals, to be published all at once (D3).

    Raises Refused when rows cannot be taken in and nobody agreed to leave them out.
    """
    w.require()
    plan, work = compare(sheet, w.this_year)
    if plan.refused and not accept_refused:
        first = plan.refused[0]
        raise Refused(
            f"{count(len(plan.refused), 'row')} cannot be taken in; nothing was changed. "
            f"The first is {first.file} line {first.line:,}: {first.reason}",
            None,
            "Correct the file, or bring in the rest (--accept-refused).",
            w.action,
        )
    for ident, proposal in work.changed:
        _remove(ident)
        _insert(w, proposal)
    for proposal in work.new:
        _insert(w, proposal)
    w.journal(
        file=plan.source_name, added=len(plan.added), changed=len(plan.changed),
        refused=len(plan.refused),
    )  # fmt: skip
    return w.receipt(
        plan.words, None, added=len(plan.added), changed=len(plan.changed),
        unchanged=plan.unchanged, refused=len(plan.refused),
    )  # fmt: skip


def _insert(w: Write, proposal: Proposal) -> None:
    ident = insert_proposal(w, proposal, "submitted")
    row: Any = ProposalRow.get_by_id(ident)
    move(row, "approved")
    w.journal(proposal=ident, title=proposal.title)


def _remove(ident: int) -> None:
    """Take out a proposal that is not published: the sheet's new form of it takes its place."""
    for table in (ProposalTagRow, ProposalAuthorRow):
        table.delete().where(table.proposal == ident).execute()
    ProposalRow.delete().where(ProposalRow.id == ident).execute()
