"""Review: approving proposals and publishing the offerings, the narrow path of it."""

from __future__ import annotations

from typing import Any

from .actions.targets import AtProposal
from .communities import MembershipRow, make_community
from .errors import Conflict, NotFound
from .journal import Receipt, Write, writes
from .people import PersonRow
from .promote import put_news
from .submit import ProposalAuthorRow, ProposalRow, ProposalTagRow, move
from .words import count
from .years import YearRow


@writes("proposal.approve")
def approve(w: Write, proposal_id: int) -> Receipt:
    """Approve a submitted proposal (D3)."""
    row: Any = ProposalRow.get_or_none(ProposalRow.id == proposal_id)
    if row is None:
        raise NotFound("That proposal is not there any more.")
    w.require(AtProposal(row.state, _authors(proposal_id)))
    move(row, "approved")
    w.journal(proposal=proposal_id, title=row.title)
    return w.receipt(f"“{row.title}” is approved.", proposal_id)


@writes("offerings.publish")
def publish(w: Write) -> Receipt:
    """Make every approved proposal a community of this year, all at once (D3, A3).

    Again after it: whatever was approved since joins the offerings. Raises Conflict when there is nothing to
    publish, or when a facilitator is in another community by now.
    """
    w.require()
    year = w.this_year
    rows = list(
        ProposalRow.select()
        .where(
            (ProposalRow.year == year.id)
            & (ProposalRow.state == "approved")
            & ProposalRow.community.is_null()
        )
        .order_by(ProposalRow.id)
    )
    if not rows:
        raise Conflict("There is nothing new to publish: no proposal is approved and not yet out.")
    places = 0
    for row in rows:
        places += row.capacity
        authors = sorted(_authors(row.id))
        _check_in_none(authors, year.id, row.title)
        tags = ProposalTagRow.select(ProposalTagRow.kind, ProposalTagRow.value).where(
            ProposalTagRow.proposal == row.id
        ).order_by(ProposalTagRow.id)  # fmt: skip
        names = (
            "title", "description", "question", "audience", "audience_words", "place", "needs",
            "whats_new", "capacity",
        )  # fmt: skip
        fields = {name: getattr(row, name) for name in names}
        fields |= {
            "year": year.id,
            "place_school": row.place_school_id,
            "continues": row.continues_id,
        }
        ident = make_community(fields, list(tags.tuples()), authors, w.on, w.at)
        ProposalRow.update(community=ident).where(ProposalRow.id == row.id).execute()
        w.journal(community_id=ident, title=row.title)
    if not year.is_published:
        YearRow.update(published_at=w.at).where(YearRow.id == year.id).execute()
    words = f"Offerings are out: {count(len(rows), 'community', 'communities')}, {count(places, 'place')}"
    put_news(
        w, words if not year.is_published else words.replace("Offerings are out", "New offerings")
    )
    return w.receipt(f"{words}.", year.id, communities=len(rows), places=places)


def _authors(proposal_id: int) -> frozenset[int]:
    query = ProposalAuthorRow.select(ProposalAuthorRow.person).where(
        (ProposalAuthorRow.proposal == proposal_id) & ProposalAuthorRow.accepted
    )
    return frozenset(ident for (ident,) in query.tuples())


def _check_in_none(people: list[int], year_id: int, title: str) -> None:
    taken = (
        MembershipRow.select(PersonRow.name)
        .join(PersonRow, on=(MembershipRow.person == PersonRow.id))
        .where((MembershipRow.year == year_id) & MembershipRow.person.in_(people))
        .scalar()
    )
    if taken is not None:
        raise Conflict(
            f"{taken} is in another community already, so “{title}” cannot be published with them as facilitator."
        )
