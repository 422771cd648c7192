"""The planted faults: what each changes, and the tests that ought to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: a text of the source that stands there exactly once, and what is put in its place."""

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]
    """The files whose tests ought to turn red."""


FAULTS = (
    Fault(
        "registering is not checked against the table",
        "models/join/places.py",
        "            w.require(\n                place if is_served else"
        " at_place(people[person_id], community_id, w.this_year.id)\n            )\n",
        "            w._was_required = True\n",
        ("tests/test_join.py",),
    ),
    Fault(
        "a window does not hold its last day (< for <=)",
        "models/years.py",
        "return self.opens <= on <= self.closes",
        "return self.opens <= on < self.closes",
        ("tests/test_years.py",),
    ),
    Fault(
        "a window is over a day too early",
        "models/years.py",
        "return on > self.closes",
        "return on >= self.closes",
        ("tests/test_actions.py",),
    ),
    Fault(
        "what failed in the middle is not rolled back",
        "models/database/__init__.py",
        "        if self.connection().in_transaction:\n            super().rollback()\n",
        "        self.connection().commit()\n",
        ("tests/test_journal.py",),
    ),
    Fault(
        "whoever moves up a list is missing in the journal",
        "models/join/places.py",
        """        w.journal(
            person_id=person_id,
            community_id=community_id,
            action="join.wait",
            left=person.community_id,
        )
""",
        "",
        ("tests/test_journal.py",),
    ),
    Fault(
        "the last in the list moves up first",
        "models/join/places.py",
        "            .order_by(WaitingRow.id)\n            .limit(1)\n",
        "            .order_by(WaitingRow.id.desc())\n            .limit(1)\n",
        ("tests/test_join.py",),
    ),
    Fault(
        "a place that is given up stays taken",
        "models/join/places.py",
        """    CommunityRow.update(taken=CommunityRow.taken - 1).where(
        CommunityRow.id == community_id
    ).execute()
    fill(w, [community_id])
""",
        "    fill(w, [community_id])\n",
        ("tests/test_join.py",),
    ),
    Fault(
        "lists go on moving after Join has closed",
        "models/join/places.py",
        '    if not judge("join.join", SOMEBODY, w.this_year, w.on).is_allowed:\n        return 0\n',
        "",
        ("tests/test_join.py",),
    ),
    Fault(
        "a person approves their own request",
        "models/actions/who.py",
        "    lambda s: s.principal_of,\n    is_self,\n)",
        "    lambda s: s.principal_of,\n)",
        ("tests/test_actions.py",),
    ),
    Fault(
        "one person gives both words",
        "models/actions/states.py",
        "    if standing.person_id in (target.principal_by, target.division_by):\n",
        "    if False:\n",
        ("tests/test_actions.py",),
    ),
    Fault(
        "the operation id is ignored",
        "models/journal.py",
        "    row = _OPERATION.first(actor.op)\n",
        "    row = _OPERATION.first(new_op())\n",
        ("tests/test_journal.py",),
    ),
    Fault(
        "text is not cleaned on its way in",
        "models/text.py",
        "return _bounded(clean(value).text, field, limit, required)",
        "return _bounded(value.strip(), field, limit, required)",
        ("tests/test_promote.py",),
    ),
    Fault(
        "the day on which a change may be asked for is a day late",
        "models/actions/when.py",
        "window.closes + timedelta(days=1),\n                before,",
        "window.closes + timedelta(days=2),\n                before,",
        ("tests/test_actions.py",),
    ),
    Fault(
        "a write that never asked the table goes through",
        "models/journal.py",
        "        if not write._was_required:\n",
        "        if False:\n",
        ("tests/test_journal.py",),
    ),
)
