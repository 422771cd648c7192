"""The table of actions: every action × every role × every target × every day, against a second telling.

What is expected is written here from the programme's own rules, role by role and day by day; nothing of it
is taken from the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actions import ACTIONS, NOT_STAFF, Verdict, available, fits, judge, reach, require
from models.actions.targets import (
    AtCode,
    AtCommunity,
    AtMeeting,
    AtPerson,
    AtPlace,
    AtProposal,
    AtRequest,
    AtSchool,
    Target,
    approvals_missing,
)
from models.actions.who import SOMEBODY
from models.errors import Refused
from models.people import NOBODY, OPERATOR, Standing
from models.years import Step, Window, Year, days, laid_out

A_DAY = timedelta(days=1)
ARGYLE, BALFOUR, CORONATION, OFFICE = 1, 2, 3, 9
HERE, THERE = 7, 8
"""Two communities: the one at hand, and another one."""
YOU = 50
"""The person at hand."""
_LAID_OUT = laid_out(2026)
YEAR = replace(
    _LAID_OUT,
    windows={**_LAID_OUT.windows, Step.SUBMIT: Window(date(2026, 6, 15), date(2026, 9, 11))},
    is_published=True,
)
"""2026–27 as the rule lays it out, but Submit opens on 15 June: a bound that the division has moved."""
UNPUBLISHED = replace(YEAR, is_published=False)
DAYS = [*days(2026), *(date(2027, 6, 1) + n * A_DAY for n in range(10))]
"""Every day of the year, and some beyond, while the next year is not laid out yet."""
MEETING_ON = date(2026, 10, 9)

# -- every role -------------------------------------------------------------------------------------


def person(ident: int, school: int = ARGYLE, kind: str = "teacher", **more: object) -> Standing:
    return replace(
        Standing(ident, f"Person {ident}", school, "Argyle School", "elementary", kind),
        **more,  # type: ignore[arg-type]
    )


def of(*schools: int) -> frozenset[int]:
    return frozenset(schools)


ROLES: dict[str, Standing] = {
    "nobody": NOBODY,
    "operator": OPERATOR,
    "teacher": person(51),
    "aide": person(52, kind="aide"),
    "member": person(53, community_id=HERE, role="member"),
    "facilitator": person(54, community_id=HERE, role="facilitator"),
    "facilitator elsewhere": person(67, community_id=THERE, role="facilitator"),
    "lead": person(55, lead_of=of(ARGYLE)),
    "lead elsewhere": person(56, CORONATION, lead_of=of(CORONATION)),
    "core leader": person(58, core_leader_of=of(ARGYLE)),
    "core leader elsewhere": person(57, BALFOUR, core_leader_of=of(BALFOUR)),
    "administrator": person(59, kind="administrator", administrator_of=of(ARGYLE)),
    "administrator elsewhere": person(60, CORONATION, administrator_of=of(CORONATION)),
    "principal": person(61, kind="administrator", principal_of=of(ARGYLE)),
    "principal elsewhere": person(62, CORONATION, principal_of=of(CORONATION)),
    "principal of two": person(68, CORONATION, principal_of=of(ARGYLE, CORONATION)),
    "division": person(63, OFFICE, kind="office", is_division=True),
    "principal and division": person(66, principal_of=of(ARGYLE), is_division=True),
    "gone teacher": person(69, is_active=False),
    "gone principal": person(65, principal_of=of(ARGYLE), is_active=False),
    "gone division": person(64, OFFICE, is_division=True, is_active=False),
    "you": person(YOU),
    "you, Lead": person(YOU, lead_of=of(ARGYLE)),
    "you, Principal": person(YOU, principal_of=of(ARGYLE)),
    "you, Division": person(YOU, is_division=True),
}
EVERYONE = frozenset(ROLES)
GONE = {"gone teacher", "gone principal", "gone division"}
STAFF = EVERYONE - GONE - {"nobody", "operator"}
SELF = {"you", "you, Lead", "you, Principal", "you, Division"}
DIVISION_ITSELF = {"division", "principal and division", "you, Division"}
DIVISION = DIVISION_ITSELF | {"operator"}
PRINCIPALS = {"principal", "principal of two", "principal and division", "you, Principal"}
"""Those of Argyle, the school at hand."""
LEADS = {"lead", "core leader", "you, Lead"}
SEES = DIVISION | PRINCIPALS | LEADS | {"administrator"}
ELSEWHERE = {"lead elsewhere", "core leader elsewhere", "principal elsewhere"}


def standing_of(role: str, target: Target | None) -> Standing:
    """The role as it stands before that target: you are what the target says of you."""
    standing = ROLES[role]
    at = target if isinstance(target, AtPerson) else getattr(target, "person", None)
    if role in SELF and isinstance(at, AtPerson):
        standing = replace(
            standing, is_active=at.is_active, community_id=at.community_id, role=at.role
        )
    return standing


# -- every target -----------------------------------------------------------------------------------


def you(**more: object) -> AtPerson:
    return replace(AtPerson(YOU, ARGYLE, "elementary", True), **more)  # type: ignore[arg-type]


IN_NONE = you()
A_MEMBER = you(community_id=THERE, role="member")
FACILITATES = you(community_id=THERE, role="facilitator")
LEFT = you(is_active=False)
WAITS = you(waits_for=HERE)

PEOPLE: dict[str, Target] = {
    "in none": IN_NONE, "a member": A_MEMBER, "facilitates": FACILITATES, "waits": WAITS, "left": LEFT,
}  # fmt: skip
PLACES: dict[str, Target] = {
    "free": AtPlace(IN_NONE, HERE, True, 1),
    "full": AtPlace(IN_NONE, HERE, True, 0),
    "cancelled": AtPlace(IN_NONE, HERE, False, 1),
    "theirs": AtPlace(you(community_id=HERE, role="member"), HERE, True, 1),
    "elsewhere": AtPlace(A_MEMBER, HERE, True, 1),
    "elsewhere, full": AtPlace(A_MEMBER, HERE, True, 0),
    "elsewhere, cancelled": AtPlace(A_MEMBER, HERE, False, 1),
    "facilitates elsewhere": AtPlace(FACILITATES, HERE, True, 1),
    "facilitates it": AtPlace(you(community_id=HERE, role="facilitator"), HERE, True, 1),
    "facilitates elsewhere, full": AtPlace(FACILITATES, HERE, True, 0),
    "waits here": AtPlace(WAITS, HERE, True, 0),
    "waits elsewhere": AtPlace(you(waits_for=THERE), HERE, True, 1),
    "left": AtPlace(LEFT, HERE, True, 1),
}
REQUESTS: dict[str, Target] = {
    "open": AtRequest(A_MEMBER, "open", None, None),
    "has the Principal's word": AtRequest(A_MEMBER, "open", 61, None),
    "has the division's word": AtRequest(A_MEMBER, "open", None, 63),
    "no Principal": AtRequest(replace(A_MEMBER, has_principal=False), "open", None, None),
    "to a full one": AtRequest(A_MEMBER, "open", None, None, places_left=0),
    "of somebody gone": AtRequest(replace(A_MEMBER, is_active=False), "open", None, None),
    "of somebody without a place": AtRequest(
        replace(A_MEMBER, community_id=None, role=""), "open", None, None
    ),
    "to a cancelled one": AtRequest(A_MEMBER, "open", None, None, to_running=False),
    "settled": AtRequest(A_MEMBER, "approved", 61, 63),
}
MEETING = AtMeeting(HERE, True, MEETING_ON, of(54), of(53, YOU))
MEETINGS: dict[str, Target] = {
    "nothing written": MEETING,
    "written": replace(MEETING, has_news=True),
    "published": replace(MEETING, is_published=True),
    "published and changed": replace(MEETING, is_published=True, has_news=True),
    "cancelled": replace(MEETING, is_running=False),
    "a member's action": replace(MEETING, action_owner=53),
    "required": replace(MEETING, is_required=True),
    "something kept": replace(MEETING, is_written=True),
}
PROPOSALS: dict[str, Target] = {
    state: AtProposal(state, of(51, YOU))
    for state in ("draft", "submitted", "changes asked for", "approved", "declined", "merged")
}
CODES: dict[str, Target] = {
    "ordinary": AtCode(YOU, ARGYLE, True, False, False, False),
    "a leader": AtCode(YOU, ARGYLE, True, False, True, False),
    "the Principal": AtCode(YOU, ARGYLE, True, True, False, False),
    "Division Personnel": AtCode(YOU, OFFICE, True, False, False, True),
    "left": AtCode(YOU, ARGYLE, False, False, False, False),
}
TARGETS: dict[type | None, Mapping[str, Target | None]] = {
    None: {"": None},
    AtPerson: PEOPLE,
    AtPlace: PLACES,
    AtRequest: REQUESTS,
    AtSchool: {"Argyle": AtSchool(ARGYLE, "elementary", True)},
    AtMeeting: MEETINGS,
    AtCommunity: {
        "running": AtCommunity(HERE, True, of(54)), "cancelled": AtCommunity(HERE, False, of(54)),
    },
    AtProposal: PROPOSALS,
    AtCode: CODES,
}  # fmt: skip

# -- what is expected -------------------------------------------------------------------------------

EVER = (date.min, date.max)
THE_YEAR = (date(2026, 6, 1), date(2027, 5, 31))
JOIN = (date(2026, 9, 21), date(2026, 9, 25))
UNTIL_JOIN_CLOSES = (date(2026, 6, 1), date(2026, 9, 25))
FROM_JOIN = (date(2026, 9, 21), date(2027, 5, 31))
AFTER_JOIN = (date(2026, 9, 26), date(2027, 5, 31))
SUBMIT = (date(2026, 6, 15), date(2026, 9, 11))
FROM_THE_MEETING = (MEETING_ON, date(2027, 5, 31))

Who = frozenset[str] | set[str] | Mapping[str, frozenset[str] | set[str]]


@dataclass(frozen=True)
class Expected:
    """Who, from which day to which, and to which of the targets above."""

    who: Who
    """Roles; or roles by target where they differ."""
    between: tuple[date, date] = EVER
    to: frozenset[str] | set[str] | None = None
    """Names of targets; None means all."""
    published: bool = False
    """Whether the offerings have to be out."""

    def roles(self, target: str) -> frozenset[str] | set[str]:
        return self.who.get(target, set()) if isinstance(self.who, Mapping) else self.who

    def holds(self, role: str, target: str, on: date) -> bool:
        fits = self.to is None or target in self.to
        return fits and role in self.roles(target) and self.between[0] <= on <= self.between[1]


def but_left(targets: Mapping[str, Target]) -> set[str]:
    return set(targets) - {"left"}


FACILITATOR = {"facilitator"}
# A Principal's word, the division's word: whose is still missing. Nobody answers their own.
_PRINCIPAL_ONLY = {"principal", "principal of two"}
_ANSWERS = _PRINCIPAL_ONLY | {"principal and division", "division"}

EXPECTED: dict[str, Expected] = {
    # The year's frame, roster, roles: Division Personnel and the operator, at any time.
    "year.lay_out": Expected(DIVISION),
    "year.set": Expected(DIVISION),
    "division.set": Expected(DIVISION),
    "school.set_level": Expected(DIVISION),
    "roster.import": Expected(DIVISION),
    "people.appoint": Expected(DIVISION),
    "news.post": Expected(DIVISION, THE_YEAR),
    "people.say_teaches": Expected(SELF, to=but_left(PEOPLE)),
    # Sign-in, and what is one's own.
    "access.make_code": Expected(
        {
            # A Lead for ordinary staff of their own school, a Principal for all below them there,
            # Division Personnel for anyone below them, the operator for all; nobody for themselves.
            "ordinary": (DIVISION | PRINCIPALS | LEADS) - SELF,
            "a leader": (DIVISION | PRINCIPALS) - SELF,
            "the Principal": DIVISION - SELF,
            "Division Personnel": {"operator"},
        }
    ),
    "access.choose_pin": Expected(EVERYONE),
    "access.change_pin": Expected(SELF, to=but_left(PEOPLE)),
    "access.sign_in": Expected(EVERYONE),
    "access.signed_in": Expected(SELF, to=but_left(PEOPLE)),
    "draft.keep": Expected(SELF, to=but_left(PEOPLE)),
    "draft.drop": Expected(SELF, to=but_left(PEOPLE)),
    "notice.seen": Expected(SELF, to=but_left(PEOPLE)),
    # Proposals: in Submit's window by their authors, or by the division for them.
    "proposal.submit": Expected(
        {
            state: DIVISION | SELF | {"teacher"}
            for state in ("draft", "changes asked for")
        }, SUBMIT,
    ),
    "offerings.import": Expected(DIVISION, THE_YEAR),
    "proposal.approve": Expected(DIVISION, THE_YEAR, {"submitted"}),
    "offerings.publish": Expected(DIVISION, THE_YEAR),
    # Join: in its window staff join, switch and leave freely.
    "join.browse": Expected(EVERYONE, published=True),
    "join.keep": Expected(
        SELF, UNTIL_JOIN_CLOSES,
        set(PLACES) - {"cancelled", "elsewhere, cancelled", "left"}, published=True,
    ),
    "join.join": Expected(SELF, JOIN, {"free", "waits elsewhere"}, published=True),
    "join.switch": Expected(SELF, JOIN, {"elsewhere"}, published=True),
    "join.leave": Expected(SELF, JOIN, {"theirs"}),
    "join.wait": Expected(SELF, JOIN, {"full", "elsewhere, full"}, published=True),
    "join.stop_waiting": Expected(SELF, THE_YEAR, {"waits"}),
    "join.see_unregistered": Expected(SEES),
    "join.see_schools": Expected(DIVISION),
    # From the day on which Join opens, once there is something to join.
    "join.follow": Expected(SEES, FROM_JOIN, published=True),
    "join.follow_schools": Expected(DIVISION, FROM_JOIN, published=True),
    # Leads register others; † duties are the Principal's too; after the window with a reason, without Leads.
    "join.register": Expected(
        (DIVISION_ITSELF | PRINCIPALS | LEADS) - SELF, JOIN, {"free", "waits elsewhere"},
        published=True,
    ),
    "join.register_late": Expected(
        (DIVISION_ITSELF | PRINCIPALS) - SELF, AFTER_JOIN, {"free", "waits elsewhere"},
        published=True,
    ),
    "join.expect": Expected(DIVISION_ITSELF | PRINCIPALS, THE_YEAR, but_left(PEOPLE)),
    "join.remind": Expected(SEES - SELF, UNTIL_JOIN_CLOSES, {"in none", "waits"}, published=True),
    # After it a change is a request that two approve.
    "join.ask_change": Expected(
        SELF, AFTER_JOIN, {"elsewhere", "elsewhere, full"}, published=True
    ),
    "join.release_gone": Expected(DIVISION, THE_YEAR),
    "join.withdraw_request": Expected(
        SELF, THE_YEAR, set(REQUESTS) - {"settled", "of somebody gone"}
    ),
    "join.approve_change": Expected(
        {
            "open": _ANSWERS,
            "has the Principal's word": {"division", "principal and division"},
            "has the division's word": _PRINCIPAL_ONLY | {"principal and division"},
            "no Principal": {"division", "principal and division"},
        }, THE_YEAR,
    ),
    "join.decline_change": Expected(_ANSWERS, THE_YEAR, set(REQUESTS) - {"settled"}),
    # Participate: its facilitators hold the sessions, from the day of the meeting on.
    "meeting.add": Expected(FACILITATOR, THE_YEAR, {"running"}),
    "meeting.change": Expected(FACILITATOR, THE_YEAR, set(MEETINGS) - {"cancelled"}),
    "meeting.remove": Expected(FACILITATOR, THE_YEAR, {"nothing written"}),
    "session.hold": Expected(FACILITATOR),
    "session.attend": Expected(FACILITATOR, FROM_THE_MEETING),
    "session.attend_all": Expected(FACILITATOR, FROM_THE_MEETING),
    "session.write": Expected(FACILITATOR, FROM_THE_MEETING),
    "session.publish": Expected(FACILITATOR, FROM_THE_MEETING, {"written", "published and changed"}),
    "session.add_action": Expected(FACILITATOR, FROM_THE_MEETING),
    "session.tick_action": Expected(
        {name: FACILITATOR | ({"member"} if name == "a member's action" else set())
         for name in MEETINGS}, THE_YEAR,
    ),
    "session.read": Expected(
        SELF | {"member", "facilitator"}, to={"published", "published and changed"}
    ),
}  # fmt: skip


def test_every_action_has_a_second_telling() -> None:
    assert set(EXPECTED) == set(ACTIONS)


_A_DAY_IN_WORDS = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}\b")


def name_of(role: str, target: str, on: date) -> str:
    return f"{role} / {target or '–'} / {on}"


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_every_role_every_target_every_day(action_id: str) -> None:
    expected = EXPECTED[action_id]
    wrong: list[str] = []
    for target_name, target in TARGETS[ACTIONS[action_id].on].items():
        for role in ROLES:
            verdicts = walk(action_id, role, target, YEAR)
            for on, verdict in zip(DAYS, verdicts, strict=True):
                if verdict.is_allowed != expected.holds(role, target_name, on):
                    wrong.append(f"{name_of(role, target_name, on)}: {verdict.refusal}")
            check_changes(verdicts, f"{role} / {target_name}")
            check_words(action_id, verdicts)
    assert wrong == []


def walk(action_id: str, role: str, target: Target | None, year: Year) -> list[Verdict]:
    """What the table says on each day."""
    standing = standing_of(role, target)
    return [judge(action_id, standing, year, on, target) for on in DAYS]


def check_changes(verdicts: Sequence[Verdict], where: str) -> None:
    """Hold that `changes_on` is the first day on which the answer changes, and is never left out."""
    if len({v.refusal.rule if v.refusal else "" for v in verdicts}) == 1:
        # One answer all year: it must not promise another.
        assert all(v.refusal is None or v.refusal.changes_on is None for v in verdicts), where
        return
    for (on, here), (after, there) in pairwise(zip(DAYS, verdicts, strict=True)):
        if here.refusal is None:
            continue
        changes = here.refusal.changes_on
        if changes == after:
            assert there.refusal != here.refusal, f"{where} / {on}"
        elif changes is not None:
            assert changes > after and there.refusal == here.refusal, f"{where} / {on}"
        else:
            assert there.refusal is not None, f"{where} / {on}: allowed the next day, and unsaid"


def check_words(action_id: str, verdicts: Sequence[Verdict]) -> None:
    """Hold that every refusal names the rule, and the date or who can where that is the rule."""
    for verdict in {v.refusal.rule: v for v in verdicts if v.refusal is not None}.values():
        refusal = verdict.refusal
        assert refusal is not None and refusal.action == action_id
        assert refusal.rule.endswith(".") and refusal.rule[0].isupper()
        assert refusal.help == "" or refusal.help.endswith((".", "!"))
        if refusal.rule == NOT_STAFF:
            assert not verdict.is_theirs and "Division Personnel" in refusal.help
        elif not verdict.is_theirs:
            assert refusal.rule.startswith("Only ")
            assert ACTIONS[action_id].who.words in refusal.rule
        elif refusal.changes_on is not None:
            assert _A_DAY_IN_WORDS.search(refusal.rule), refusal.rule


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_what_changes_before_the_offerings_are_out(action_id: str) -> None:
    for target_name, target in TARGETS[ACTIONS[action_id].on].items():
        for role in ("you", "lead", "principal", "division"):
            check_changes(walk(action_id, role, target, UNPUBLISHED), f"{role} / {target_name}")


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_before_the_offerings_are_out_nothing_is_done_with_them(action_id: str) -> None:
    expected = EXPECTED[action_id]
    for target_name, target in TARGETS[ACTIONS[action_id].on].items():
        for role in ROLES:
            standing = standing_of(role, target)
            for on in (date(2026, 9, 11), *(JOIN[0] + n * A_DAY for n in range(6)), MEETING_ON):
                wanted = expected.holds(role, target_name, on) and not expected.published
                verdict = judge(action_id, standing, UNPUBLISHED, on, target)
                assert verdict.is_allowed == wanted, name_of(role, target_name, on)


def may_ever(action_id: str, role: str) -> bool:
    """Whether somebody of this role may do it to any target on any day."""
    expected = EXPECTED[action_id]
    return any(
        role in expected.roles(name) and (expected.to is None or name in expected.to)
        for name in TARGETS[ACTIONS[action_id].on]
    )


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_without_a_target_whoever_may_ever_do_it_is_not_shut_out(action_id: str) -> None:
    """What a menu shows before anything is chosen never hides what could be done there."""
    for role, standing in ROLES.items():
        for on in DAYS[::7]:
            verdict = judge(action_id, standing, YEAR, on)
            if may_ever(action_id, role) and not (role in SELF and action_id == "session.read"):
                assert verdict.is_theirs, name_of(role, "", on)
            if role in GONE | {"nobody"} and not may_ever(action_id, role):
                assert not verdict.is_allowed, name_of(role, "", on)


BEFORE_YEARS = {
    "year.lay_out", "division.set", "school.set_level", "roster.import", "people.appoint",
    "access.make_code",
}  # fmt: skip


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_before_the_first_year_only_the_operator_sets_things_up(action_id: str) -> None:
    for name, target in TARGETS[ACTIONS[action_id].on].items():
        for role in ROLES:
            verdict = judge(action_id, standing_of(role, target), None, date(2026, 6, 1), target)
            allowed = role == "operator" and action_id in BEFORE_YEARS and name != "left"
            assert verdict.is_allowed == allowed, name_of(role, name, date(2026, 6, 1))
            if verdict.refusal is not None and name != "left":
                assert verdict.refusal.rule == "No year has been set up yet."


# -- refusals ---------------------------------------------------------------------------------------


def rule(action_id: str, role: str, target: Target | None, on: date) -> Refused:
    refusal = judge(action_id, standing_of(role, target), YEAR, on, target).refusal
    assert refusal is not None
    return refusal


def test_outside_the_window_the_refusal_says_when_and_who_can_help() -> None:
    free, elsewhere = PLACES["free"], PLACES["elsewhere"]
    early = rule("join.join", "you", free, JOIN[0] - A_DAY)
    assert (early.rule, early.changes_on) == ("Join opens on Mon 21 Sep.", JOIN[0])
    late = rule("join.join", "you", free, JOIN[1] + A_DAY)
    assert late.rule == "Join closed on Fri 25 Sep." and late.changes_on is None
    assert "Principal" in late.help and "Division Personnel" in late.help
    switch = rule("join.switch", "you", elsewhere, JOIN[1] + A_DAY)
    assert "Ask for a change" in switch.help
    for target, word in ((free, "join.join"), (elsewhere, "join.switch")):
        alone = replace(target, person=replace(target.person, has_principal=False))
        help = rule(word, "you", alone, JOIN[1] + A_DAY).help
        assert "Division Personnel" in help and "Principal" not in help
    others = rule("join.register", "lead", free, JOIN[1] + A_DAY)
    assert "Principal or Division Personnel can, with a reason" in others.help
    too_soon = rule("join.ask_change", "you", elsewhere, JOIN[1])
    assert too_soon.changes_on == JOIN[1] + A_DAY and "simply switch" in too_soon.help
    notes = rule("session.write", "facilitator", MEETING, MEETING_ON - A_DAY)
    assert (notes.changes_on, "Fri 9 Oct" in notes.rule) == (MEETING_ON, True)
    ended = rule("meeting.add", "facilitator", AtCommunity(HERE, True, of(54)), date(2027, 6, 1))
    assert "ended on Mon 31 May" in ended.rule


def test_a_state_refusal_says_what_to_do_instead() -> None:
    on = JOIN[0]
    assert "wait for a place" in rule("join.join", "you", PLACES["full"], on).help
    assert "Take it" in rule("join.wait", "you", PLACES["free"], on).help
    assert "Switch" in rule("join.join", "you", PLACES["elsewhere"], on).help
    assert "another" in rule("join.join", "you", PLACES["cancelled"], on).help
    assert "Decline" in rule("join.approve_change", "division", REQUESTS["to a full one"], on).help
    assert "a few lines" in rule("session.publish", "facilitator", MEETING, MEETING_ON).help


def test_last_years_meeting_is_over_for_good() -> None:
    old = replace(MEETING, held_on=date(2026, 5, 22))
    for action_id in ("session.attend", "session.write", "session.publish", "session.add_action"):
        for on in DAYS:
            verdict = judge(action_id, ROLES["facilitator"], YEAR, on, old)
            assert verdict.refusal is not None and verdict.is_theirs
            assert verdict.refusal.changes_on is None


# -- the table's three questions agree --------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(ROLES))
def test_available_says_of_each_action_what_judge_says(role: str) -> None:
    for kind, targets in TARGETS.items():
        for target in targets.values():
            standing = standing_of(role, target)
            for on in (date(2026, 6, 1), *JOIN, JOIN[1] + A_DAY, MEETING_ON, DAYS[-1]):
                found = available(standing, YEAR, on, target)
                rows = [a for a in ACTIONS.values() if kind is None or a.on is kind]
                judged = [judge(a.id, standing, YEAR, on, target) for a in rows]
                assert list(found) == [v for v in judged if v.is_theirs]


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_require_raises_exactly_what_judge_refuses(action_id: str) -> None:
    def run(standing: Standing, on: date, target: Target | None) -> Refused | None:
        try:
            require(action_id, standing, YEAR, on, target)
        except Refused as refused:
            return refused
        return None

    for target in TARGETS[ACTIONS[action_id].on].values():
        for role in ROLES:
            standing = standing_of(role, target)
            for on in (*JOIN, JOIN[1] + A_DAY, MEETING_ON, SUBMIT[1], SUBMIT[1] + A_DAY):
                said = judge(action_id, standing, YEAR, on, target).refusal
                assert run(standing, on, target) == said


def test_a_write_without_its_kind_of_target_is_a_mistake_of_the_program() -> None:
    for action in ACTIONS.values():
        if action.on is None:
            continue
        wrong: Target = IN_NONE if action.on is not AtPerson else MEETING
        for target in (None, wrong):
            with pytest.raises(TypeError, match=re.escape(action.id)):
                require(action.id, OPERATOR, YEAR, JOIN[0], target)
    with pytest.raises(KeyError):
        judge("join.dance", OPERATOR, YEAR, JOIN[0])


def test_welcome_shows_what_a_teacher_could_do() -> None:
    place = AtPlace(AtPerson(SOMEBODY.person_id or 0, 0, "", False), HERE, True, 3)
    allowed = [v.action.id for v in available(SOMEBODY, YEAR, JOIN[0], place) if v.is_allowed]
    assert allowed == ["join.keep", "join.join"]


# -- whose word a request needs ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has_principal", "principal_by", "division_by", "missing"),
    [
        (True, None, None, {"principal", "division"}), (True, 61, None, {"division"}),
        (True, None, 63, {"principal"}), (True, 61, 63, set()), (False, None, None, {"division"}),
        (False, None, 63, set()),
    ],
)  # fmt: skip
def test_two_words_are_needed_and_one_where_no_principal_is_known(
    has_principal: bool, principal_by: int | None, division_by: int | None, missing: set[str]
) -> None:
    at = replace(A_MEMBER, has_principal=has_principal)
    assert approvals_missing(AtRequest(at, "open", principal_by, division_by)) == missing


def test_one_person_never_gives_both_words() -> None:
    both = ROLES["principal and division"]
    check: Callable[[AtRequest], bool] = lambda target: (  # noqa: E731
        judge("join.approve_change", both, YEAR, MEETING_ON, target).is_allowed
    )
    assert check(AtRequest(A_MEMBER, "open", None, None))
    assert not check(AtRequest(A_MEMBER, "open", both.person_id, None))
    assert not check(AtRequest(A_MEMBER, "open", None, both.person_id))


# -- lists and what is done with their people -------------------------------------------------------

_SCHOOLS = st.frozensets(st.sampled_from([ARGYLE, BALFOUR, CORONATION]), max_size=2)
_STANDINGS = st.builds(
    lambda ident, active, division, **at: person(
        ident, is_active=active, is_division=division, **at
    ),
    st.sampled_from([YOU, 51]),
    st.booleans(),
    st.booleans(),
    principal_of=_SCHOOLS,
    administrator_of=_SCHOOLS,
    lead_of=_SCHOOLS,
    core_leader_of=_SCHOOLS,
) | st.sampled_from([NOBODY, OPERATOR])
BY_SCHOOL = sorted(a.id for a in ACTIONS.values() if a.who.reach is not None)


def targets_at(action_id: str, school: int) -> list[Target]:
    """Things of the action's kind that belong to a school: somebody else's and one's own."""
    kind = ACTIONS[action_id].on
    people = [AtPerson(ident, school, "elementary", True) for ident in (YOU, 99)]
    if kind is AtSchool:
        return [AtSchool(school, "elementary", True)]
    if kind is AtPlace:
        return [AtPlace(p, HERE, True, 3) for p in people]
    if kind is AtRequest:
        return [AtRequest(p, "open", None, None) for p in people]
    if kind is AtCode:
        return [
            AtCode(ident, school, True, principal, leader, division)
            for ident in (YOU, 99)
            for principal in (True, False)
            for leader in (True, False)
            for division in (True, False)
        ]
    return list(people)


def test_the_actions_that_go_by_schools() -> None:
    assert {"join.see_unregistered", "join.approve_change", "access.make_code"} <= set(BY_SCHOOL)
    with pytest.raises(TypeError, match="does not go by schools"):
        reach("join.join", OPERATOR)


@given(standing=_STANDINGS, school=st.sampled_from([ARGYLE, BALFOUR, CORONATION]))
def test_lists_are_narrowed_exactly_to_what_is_judged(standing: Standing, school: int) -> None:
    """Nobody is left out of a list to whom it may be done, and no school is listed in vain."""
    for action_id in BY_SCHOOL:
        within = reach(action_id, standing).holds(school)
        may = [fits(action_id, standing, target) for target in targets_at(action_id, school)]
        assert any(may) == within, action_id
        assert ACTIONS[action_id].who.might(standing) != reach(action_id, standing).is_empty
