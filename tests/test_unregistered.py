"""The unregistered list, its head, each one's best choice, and the table for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models import join, today
from models.actions import judge
from models.actions.targets import AtPlace
from models.communities import standing
from models.database import Store
from models.errors import Refused
from models.people import OPERATOR, PersonRow, Standing, TeachesRow
from models.years import Year, get_year

from .conftest import set_clock
from .factory import Division, add_person, division


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def teach(made: Division, name: str, **kinds: list[str]) -> None:
    def insert() -> None:
        for kind, values in kinds.items():
            for value in values:
                TeachesRow.insert(
                    person=made.people[name], kind=kind, value=value, said_by="roster"
                ).execute()

    made.store.unit(insert)


def by(made: Division, name: str = "") -> tuple[Standing, Year, date]:
    """Who looks (the operator unless named), the year and the day."""
    who = made.store.read(standing, made.people[name], 2026) if name else OPERATOR
    return who, made.store.read(get_year, 2026), made.store.clock.today()


def everyone(
    made: Division, school: str | None = None, words: str = "", name: str = ""
) -> join.Which:
    """The list of a school, or of all, as the operator or somebody named looks at it."""
    return join.Which(*by(made, name), made.schools[school] if school else None, words)


READS: dict[str, Callable[[Division, str, str | None], Any]] = {
    "the list": lambda made, name, school: made.store.read(
        join.unregistered, everyone(made, school, name=name)
    ),
    "the count": lambda made, name, school: made.store.read(
        join.count_unregistered, everyone(made, school, name=name)
    ),
    "the marks": lambda made, name, school: made.store.read(
        join.whom_to_remind, everyone(made, school, name=name)
    ),
    "the table": lambda made, name, school: made.store.read(
        join.unregistered_csv, everyone(made, school, name=name)
    ),
    "not expected": lambda made, name, school: made.store.read(
        join.not_expected, made.schools[school] if school else None, *by(made, name)
    ),
    "choices": lambda made, name, school: made.store.read(
        join.best_choices, some(made, school), *by(made, name)
    ),
    "suggestions": lambda made, name, school: made.store.read(
        join.suggestions_for, some(made, school), *by(made, name)
    ),
}


def some(made: Division, school: str | None) -> list[int]:
    """Somebody of the school, or of each."""
    people = {"Argyle": "Teacher One", "Balfour": "High One"}
    return [made.people[who] for at, who in people.items() if school in (None, at)]


@pytest.mark.parametrize("what", READS)
def test_what_shows_others_is_judged_by_whoever_looks(argyle: Division, what: str) -> None:
    """The read itself refuses, whichever screen or command asks for it."""
    sees = {
        "Lea Lead": {"Argyle"}, "Adam Admin": {"Argyle"}, "Paula Principal": {"Argyle"},
        "Cora Core": {"Balfour"}, "Hugo Head": {"Balfour"}, "Teacher One": set(),
        "Fay Facilitator": set(), "Dana Division": {"Argyle", "Balfour", None}, "": {"Argyle", None},
    }  # fmt: skip
    for name, schools in sees.items():
        for school in ("Argyle", "Balfour", None):
            if school in schools or name == "":
                READS[what](argyle, name, school)
                continue
            with pytest.raises(Refused, match="Only ") as refused:
                READS[what](argyle, name, school)
            assert refused.value.action in ("join.see_unregistered", "join.see_schools")


def test_every_school_is_for_the_division(argyle: Division) -> None:
    assert argyle.store.read(join.schools_progress, *by(argyle, "Dana Division"))
    for name in ("Paula Principal", "Teacher One"):
        with pytest.raises(Refused, match="Only Division Personnel"):
            argyle.store.read(join.schools_progress, *by(argyle, name))
        with pytest.raises(Refused, match="Only Division Personnel"):
            argyle.store.read(
                today.principal_candidates, argyle.schools["Argyle"], *by(argyle, name)
            )


def test_a_line_says_what_somebody_teaches_what_they_wait_for_and_how_they_stand(
    argyle: Division,
) -> None:
    for name in ("One", "Two"):
        argyle.join(f"Teacher {name}", "Land-Based Learning")
    land = argyle.communities["Land-Based Learning"]
    join.wait(argyle.store, argyle.actor("Teacher Three"), land)
    join.remind(argyle.store, argyle.actor("Lea Lead"), [argyle.people["Teacher Three"]])
    teach(argyle, "Teacher Three", grade=["3"], subject=["French"])
    page = argyle.store.read(join.unregistered, everyone(argyle, "Argyle"))
    line = next(row for row in page.rows if row.name == "Three, Teacher")
    assert (line.role, line.waits_for, line.at.waits_for) == (
        "Grade 3 · French", "Land-Based Learning", land,
    )  # fmt: skip
    assert line.reminded_at is not None and line.reminded_at.date() == date(2026, 9, 22)
    assert [row.name for row in page.rows] == [
        "Five, Teacher", "Four, Teacher", "Lead, Lea", "Six, Teacher", "Three, Teacher",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grades", "subjects", "words"),
    [
        ([], [], "Teacher"),
        (["1", "2"], [], "Grade 1–2"),
        ([], ["French"], "French"),
        (["7", "8"], ["Science", "Health"], "Grade 7–8 · Science, Health"),
        (["7", "8"], ["Science", "Health", "Arts"], "Grade 7–8"),
        (["9", "10", "11", "12"], ["Science"], "Science 9–12"),
    ],
)
def test_a_role_is_ones_class_or_ones_subject(
    argyle: Division, grades: list[str], subjects: list[str], words: str
) -> None:
    teach(argyle, "Teacher One", grade=grades, subject=subjects)
    page = argyle.store.read(join.unregistered, everyone(argyle, words="teacher one"))
    assert [row.role for row in page.rows] == [words]


def test_pages_go_both_ways_and_hold_everybody_once(argyle: Division) -> None:
    everybody = argyle.store.read(join.unregistered, everyone(argyle)).rows
    there, back = [], []
    after = None
    while True:
        page = argyle.store.read(join.unregistered, everyone(argyle), after, 4)
        there += page.rows
        if not page.more:
            break
        after = page.rows[-1].key
    before = None
    while True:
        page = argyle.store.read(join.unregistered, everyone(argyle), before, 4, True)
        back = [*page.rows, *back]
        if not page.more:
            break
        before = page.rows[0].key
    assert there == back == list(everybody)
    assert len(there) == argyle.store.read(join.count_unregistered, everyone(argyle)) == 14
    assert argyle.store.read(join.whom_to_remind, everyone(argyle)) == tuple(
        row.id for row in there
    )
    assert (
        argyle.store.read(join.whom_to_remind, everyone(argyle, words="high"), 3)
        == tuple(row.id for row in there if row.name.endswith("High"))[:3]
    )


def test_a_place_is_proposed_only_once(argyle: Division) -> None:
    """Land-Based Learning, two places, suits all six best; the others get their next one."""
    for name in ("One", "Two", "Three", "Four", "Five", "Six"):
        teach(argyle, f"Teacher {name}", grade=["1"])
    ids = [argyle.people[f"Teacher {n}"] for n in ("One", "Two", "Three", "Four", "Five", "Six")]
    found = argyle.store.read(join.best_choices, [*ids, ids[0], 999_999], *by(argyle))
    assert [p.person_id for p in found] == ids
    titles = [p.title for p in found]
    assert titles.count("Land-Based Learning") <= 2
    assert titles.count("Band & Choir") <= 3
    assert all(p.places_left >= 1 for p in found)
    assert all("their" in " ".join(p.reasons) for p in found)
    pairs = [(p.person_id, p.community_id or 0) for p in found]
    receipt = join.register(argyle.store, argyle.actor("Paula Principal"), pairs)
    assert (len(receipt.facts["done"]), receipt.facts["refused"]) == (6, [])


def test_whom_nothing_suits_is_proposed_nothing(argyle: Division) -> None:
    ident = add_person(argyle.store, "Olga Office", argyle.schools["Office"])
    (found,) = argyle.store.read(join.best_choices, [ident], *by(argyle))
    assert (found.name, found.community_id, found.reasons) == ("Office, Olga", None, ())


def test_what_may_be_done_for_a_line_is_what_the_table_says(argyle: Division) -> None:
    year = argyle.store.read(get_year, 2026)
    page = argyle.store.read(join.unregistered, everyone(argyle, "Argyle"))
    for name in ("Lea Lead", "Paula Principal", "Adam Admin", "Dana Division", "Hugo Head"):
        who = argyle.store.read(standing, argyle.people[name], 2026)
        for on in (date(2026, 9, 18), date(2026, 9, 25), date(2026, 9, 26)):
            for row in page.rows:
                found = {
                    v.action.id: v.is_allowed for v in join.person_verdicts(row.at, who, year, on)
                }
                for action in ("join.register", "join.register_late"):
                    told = judge(action, who, year, on, AtPlace(row.at, 0, True, 1))
                    assert found.get(action, False) == told.is_allowed
                for action in ("join.remind", "join.expect"):
                    told = judge(action, who, year, on, row.at)
                    assert found.get(action, False) == told.is_allowed
                assert not any(action.startswith("join.join") for action in found)


def test_the_head_counts_the_school_and_the_division(argyle: Division) -> None:
    set_clock(argyle.store, 2026, 9, 21)
    argyle.join("Teacher One", "Numeracy Talks")
    argyle.join("High One", "Numeracy Talks")
    set_clock(argyle.store, 2026, 9, 22)
    argyle.join("Teacher Two", "Numeracy Talks")
    year, on = argyle.store.read(get_year, 2026), date(2026, 9, 22)
    who = argyle.store.read(standing, argyle.people["Lea Lead"], 2026)
    sheet = argyle.store.read(join.school_sheet, argyle.schools["Argyle"], who, year, on)
    assert (sheet.progress.registered, sheet.progress.expected) == (3, 8)
    assert (sheet.division.registered, sheet.division.expected) == (6, 17)
    assert [(d.registered, d.is_past) for d in sheet.by_day] == [
        (1, True), (1, True), (0, False), (0, False), (0, False),
    ]  # fmt: skip
    assert sheet.pace_words == "1 on Monday, 1 today · at this pace 6 by Friday"
    assert sheet.others == ()
    for on, words in (
        (date(2026, 9, 20), "opens Mon 21 Sep"),
        (date(2026, 9, 21), "closes Fri 25 Sep (4 days)"),
        (date(2026, 9, 24), "closes Fri 25 Sep (tomorrow)"),
        (date(2026, 9, 25), "closes Fri 25 Sep (today)"),
        (date(2026, 9, 26), "closed Fri 25 Sep"),
    ):
        sheet = argyle.store.read(join.school_sheet, argyle.schools["Argyle"], who, year, on)
        assert sheet.window_words == words


@pytest.mark.parametrize("name", ["Teacher One", "Hugo Head", "Cora Core", "Fay Facilitator"])
def test_a_head_is_for_those_who_answer_for_the_school(argyle: Division, name: str) -> None:
    year, on = argyle.store.read(get_year, 2026), date(2026, 9, 22)
    who = argyle.store.read(standing, argyle.people[name], 2026)
    with pytest.raises(Refused, match="Leads and administrators") as refused:
        argyle.store.read(join.school_sheet, argyle.schools["Argyle"], who, year, on)
    assert refused.value.action == "join.see_unregistered"
    with pytest.raises(Refused, match="Only Division Personnel"):
        argyle.store.read(join.division_sheet, who, year, on)


def test_the_table_for_spreadsheets_holds_everybody_and_no_formula(argyle: Division) -> None:
    for n in range(600):
        add_person(argyle.store, f"Given{n} Family{n:03}", argyle.schools["Argyle"])
    argyle.store.unit(
        lambda: (
            PersonRow.update(family='=HYPERLINK("x")', given="@cmd")
            .where(PersonRow.id == argyle.people["Teacher One"])
            .execute()
        )
    )
    said = argyle.store.read(join.unregistered_csv, everyone(argyle, "Argyle"))
    rows = list(csv.reader(io.StringIO(said)))
    assert rows[0][:3] == ["name", "school", "role"]
    assert len(rows) == 1 + 607
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)
    assert any(row[0] == '\'=HYPERLINK("x"), @cmd' for row in rows)


def test_those_not_expected_are_listed_with_who_said_so(argyle: Division) -> None:
    ident = argyle.people["Teacher One"]
    join.expect(argyle.store, argyle.actor("Paula Principal"), ident, False, "on leave")
    (found,) = argyle.store.read(join.not_expected, argyle.schools["Argyle"], *by(argyle))
    assert (found.name, found.reason, found.by) == ("One, Teacher", "on leave", "Paula Principal")
    assert argyle.store.read(join.not_expected, None, *by(argyle)) == (found,)
    assert argyle.store.read(join.not_expected, argyle.schools["Balfour"], *by(argyle)) == ()
    join.expect(argyle.store, argyle.actor("Paula Principal"), ident, True, "back again")
    assert argyle.store.read(join.not_expected, None, *by(argyle)) == ()


def test_a_request_needs_ones_word_until_one_has_given_it(argyle: Division) -> None:
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(argyle.store, 2026, 10, 1)
    band = argyle.communities["Band & Choir"]
    asked = join.ask_change(argyle.store, argyle.actor("Teacher One"), band, "Please")
    year, on = argyle.store.read(get_year, 2026), date(2026, 10, 1)

    def waiting_for(name: str) -> int:
        who = argyle.store.read(standing, argyle.people[name], 2026)
        found: int = argyle.store.read(join.count_requests, who, year)
        listed = argyle.store.read(join.requests_for, who, year, on)
        assert found == sum(request.needs_me for request in listed)
        return found

    assert [waiting_for(n) for n in ("Paula Principal", "Dana Division", "Hugo Head")] == [1, 1, 0]
    join.approve_change(argyle.store, argyle.actor("Paula Principal"), asked.id or 0)
    assert [waiting_for(n) for n in ("Paula Principal", "Dana Division", "Drew Division")] == [
        0, 1, 1,
    ]  # fmt: skip
    join.approve_change(argyle.store, argyle.actor("Dana Division"), asked.id or 0)
    assert [waiting_for(n) for n in ("Paula Principal", "Dana Division")] == [0, 0]


@pytest.mark.parametrize(
    ("registered", "expected", "percent"),
    [
        (15, 19, 79),
        (0, 19, 0),
        (1, 2_657, 1),
        (2_656, 2_657, 99),
        (19, 19, 100),
        (0, 0, 100),
        (1, 8, 13),
    ],
)
def test_percent_is_rounded_but_all_and_none_are_exact(
    registered: int, expected: int, percent: int
) -> None:
    assert join.Progress(expected, registered).percent == percent


def test_requests_that_need_ones_word_are_counted_and_cut_in_the_query(argyle: Division) -> None:
    band = argyle.communities["Band & Choir"]
    for name in ("Teacher One", "Teacher Two", "High One", "Paula Principal"):
        argyle.join(name, "Numeracy Talks")
    set_clock(argyle.store, 2026, 10, 1)
    asked = [
        join.ask_change(argyle.store, argyle.actor(name), band, "Please").id or 0
        for name in ("Teacher One", "Teacher Two", "High One", "Paula Principal")
    ]
    join.approve_change(argyle.store, argyle.actor("Dana Division"), asked[0])
    year, on = argyle.store.read(get_year, 2026), date(2026, 10, 1)
    for name, wanted in (("Paula Principal", 2), ("Hugo Head", 1), ("Dana Division", 3)):
        who = argyle.store.read(standing, argyle.people[name], 2026)
        listed = argyle.store.read(join.requests_for, who, year, on)
        assert sum(request.needs_me for request in listed) == wanted
        assert argyle.store.read(join.count_requests, who, year) == wanted
        assert argyle.store.read(join.requests_for, who, year, on, wanted) == listed[:wanted]
        assert all(request.needs_me for request in listed[:wanted])


def test_nobody_is_reminded_by_themselves(argyle: Division) -> None:
    lea = argyle.people["Lea Lead"]
    which = everyone(argyle, "Argyle", name="Lea Lead")
    whom = argyle.store.read(join.whom_to_remind, which)
    assert whom and lea not in whom
    assert lea in {line.id for line in argyle.store.read(join.unregistered, which).rows}
    with pytest.raises(Refused, match="somebody else"):
        join.remind(argyle.store, argyle.actor("Lea Lead"), [lea])


def test_a_reminder_to_nobody_is_refused_in_words(argyle: Division) -> None:
    with pytest.raises(Refused, match="Nobody is chosen"):
        join.remind(argyle.store, argyle.actor("Lea Lead"), [])
