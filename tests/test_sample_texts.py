"""The sample's texts: enough, distinct, within the limits, and every reference resolves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest

from models.communities import ACTIVITIES as STORED_ACTIVITIES
from models.people import GRADES as STORED_GRADES
from models.people import KIND_WORDS
from models.sample import texts
from models.sample.texts import shapes
from models.text import clean, fold
from models.years import Step

YEARS = (2026, 2025)
COMMUNITIES = [c for year in YEARS for c in texts.COMMUNITIES[year]]
SCHOOLS = {school.key: school for school in (*texts.SCHOOLS, texts.OFFICE)}
MINIMUM = 4
"""The fewest members with which a community runs (domain: Who is who)."""


def _every_text(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Each text of a module's data with the place where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _every_text(item, f"{where}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _every_text(item, f"{where}[{key}]")
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from _every_text(getattr(value, field), f"{where}.{field}")


ALL_TEXTS = [
    found
    for name in texts.__all__
    if not isinstance(getattr(texts, name), type)
    for found in _every_text(getattr(texts, name), name)
]


def test_every_text_enters_the_store_unchanged() -> None:
    assert len(ALL_TEXTS) > 2_000
    for where, value in ALL_TEXTS:
        cleaned = clean(value, lines=".text" in where and "SESSION_NOTES" in where)
        assert cleaned.removed == 0, where
        assert cleaned.text == value, where


def test_apostrophes_and_quotes_are_typographic() -> None:
    straight = [where for where, value in ALL_TEXTS if "'" in value or '"' in value]
    assert not straight


def test_the_division_has_twelve_schools_and_about_three_hundred_people() -> None:
    levels = Counter(school.level for school in texts.SCHOOLS)
    assert levels == {"elementary": 9, "high": 2, "combined": 1}
    assert sum(school.french for school in texts.SCHOOLS) == 2
    assert 290 <= sum(school.staff for school in SCHOOLS.values()) <= 310
    assert len({school.name for school in SCHOOLS.values()}) == len(SCHOOLS) == 13
    assert max(len(school.name) for school in texts.SCHOOLS) > 45
    assert texts.OFFICE.level == "office"
    assert len(texts.OFFICE_POSTS) == texts.OFFICE.staff
    assert set(texts.DIVISION_PERSONNEL) <= set(texts.OFFICE_POSTS)


@pytest.mark.parametrize("school", texts.SCHOOLS, ids=lambda school: school.key)
def test_a_school_has_a_principal_teachers_rooms_and_its_grades(school: texts.SampleSchool) -> None:
    assert school.administrators >= 1
    assert school.teachers >= 8
    assert school.rooms
    assert len(set(school.rooms)) == len(school.rooms)
    assert 49 < school.latitude < 60
    assert -110 < school.longitude < -101.3
    expected = {"elementary": ("K", "8"), "high": ("9", "12"), "combined": ("K", "12")}
    assert (school.grades[0], school.grades[-1]) == expected[school.level]
    assert bool(school.core_areas) == (school.level != "elementary")
    assert set(school.core_areas) <= set(shapes.SUBJECTS)


def test_names_suffice_and_only_jordan_smith_is_there_twice() -> None:
    assert len(set(texts.NAMES)) >= 330
    assert sum(school.staff for school in SCHOOLS.values()) <= len(texts.NAMES)
    twice = [name for name, many in Counter(texts.NAMES).items() if many > 1]
    assert twice == [texts.SampleName("Jordan", "Smith")]
    folded = Counter(fold(f"{name.given} {name.family}") for name in texts.NAMES)
    assert [name for name, many in folded.items() if many > 1] == ["jordan smith"]
    assert sum(not f"{name.given}{name.family}".isascii() for name in texts.NAMES) >= 20
    assert max(len(f"{name.given} {name.family}") for name in texts.NAMES) >= 24


def test_what_is_taught_names_grades_and_subjects_that_exist() -> None:
    assert set(texts.TEACHING) == {"elementary", "french", "high", "combined"}
    taught = set()
    for kind, entries in texts.TEACHING.items():
        school = next(
            school
            for school in texts.SCHOOLS
            if kind == ("french" if school.french else school.level)
        )
        for entry in entries:
            assert entry.grades
            assert set(entry.grades) <= set(school.grades), entry.words
            assert entry.subjects
            taught |= set(entry.subjects)
    assert taught == set(shapes.SUBJECTS)
    assert set(shapes.GRADES) <= set(STORED_GRADES)


def test_keys_are_those_of_the_store() -> None:
    assert set(shapes.ACTIVITIES) == set(STORED_ACTIVITIES)
    assert set(shapes.ROLES) <= set(KIND_WORDS)


def test_priorities_are_distinct_and_short() -> None:
    names = [priority.name for priority in texts.PRIORITIES]
    assert 10 <= len(set(names)) == len(names)
    assert max(map(len, names)) <= 16
    assert {priority.level for priority in texts.PRIORITIES} == set(get_args(shapes.PriorityLevel))


def test_one_priority_of_this_year_is_served_by_nobody() -> None:
    served = {name for community in texts.COMMUNITIES[2026] for name in community.priorities}
    assert {priority.name for priority in texts.PRIORITIES} - served == {"Families"}


def test_there_are_enough_communities_and_about_half_of_them_continue() -> None:
    assert [len(texts.COMMUNITIES[year]) for year in YEARS] == [24, 22]
    assert 12 <= sum(c.continues is not None for c in texts.COMMUNITIES[2026]) <= 14
    assert not any(c.continues for c in texts.COMMUNITIES[2025])
    titles = Counter(fold(community.title) for community in COMMUNITIES)
    assert max(titles.values()) == 1
    for year in YEARS:
        keys = [community.key for community in texts.COMMUNITIES[year]]
        assert len(set(keys)) == len(keys)
    assert 50 <= max(len(community.title) for community in COMMUNITIES) <= 60


@pytest.mark.parametrize("community", COMMUNITIES, ids=lambda community: community.key)
def test_a_community_is_whole_and_its_references_resolve(community: texts.SampleCommunity) -> None:
    assert 0 < len(community.title) <= 120
    assert 80 < len(community.description) <= 4_000
    assert 2 <= len([s for s in community.description.split(". ") if s]) <= 6
    assert 0 < len(community.question) <= 300
    assert community.question.endswith("?")
    priorities = {priority.name for priority in texts.PRIORITIES}
    assert 1 <= len(set(community.priorities)) == len(community.priorities) <= 3
    assert set(community.priorities) <= priorities
    assert community.audience in get_args(shapes.Audience)
    assert 0 < len(community.audience_words) <= 16
    assert set(community.grades) <= set(shapes.GRADES)
    assert set(community.subjects) <= set(shapes.SUBJECTS)
    assert set(community.roles) <= set(shapes.ROLES)
    assert community.activities
    assert set(community.activities) <= set(shapes.ACTIVITIES)
    assert community.place.room in SCHOOLS[community.place.school].rooms
    assert 3 <= community.size <= 30
    assert 1 <= community.popularity <= 10


@pytest.mark.parametrize("community", COMMUNITIES, ids=lambda community: community.key)
def test_facilitators_come_from_schools_of_the_audience(community: texts.SampleCommunity) -> None:
    assert 1 <= len(community.facilitators_from) <= 3
    for key in community.facilitators_from:
        if community.audience != "any":
            assert SCHOOLS[key].level == community.audience
            assert set(community.grades) <= set(SCHOOLS[key].grades)


def test_a_continuing_community_says_what_is_new_and_under_which_key_it_ran() -> None:
    before = {community.key for community in texts.COMMUNITIES[2025]}
    for community in COMMUNITIES:
        assert bool(community.whats_new) == (community.continues is not None)
        if community.continues is not None:
            assert community.continues in before
            assert community.continues == community.key


def test_places_suffice_though_some_communities_fill_and_some_stay_small() -> None:
    this_year = texts.COMMUNITIES[2026]
    teachers = sum(school.teachers for school in texts.SCHOOLS)
    assert teachers * 1.3 < sum(community.size for community in this_year)
    weight = sum(community.popularity for community in this_year)
    wanted = {c.key: teachers * c.popularity / weight for c in this_year}
    assert sum(wanted[c.key] > c.size for c in this_year) >= 4
    assert sum(wanted[c.key] < MINIMUM for c in this_year) >= 2
    assert [c.key for c in this_year if c.size < MINIMUM] == ["calculus"]


def test_session_notes_are_many_whole_and_each_of_its_own_meeting() -> None:
    assert len(texts.SESSION_NOTES) >= 30
    places = [(note.year, note.community, note.half_day) for note in texts.SESSION_NOTES]
    assert len(set(places)) == len(places)
    assert len({note.text for note in texts.SESSION_NOTES}) == len(places)
    for note in texts.SESSION_NOTES:
        assert note.community in {c.key for c in texts.COMMUNITIES[note.year]}
        assert 1 <= note.half_day <= 4
        assert note.text.startswith("## ")
        assert 300 < len(note.text) < 4_000


def test_every_session_leaves_next_actions_with_an_owner_and_a_date() -> None:
    for note in texts.SESSION_NOTES:
        assert 1 <= len(note.actions) <= 4
        for action in note.actions:
            assert 0 < len(action.text) <= 120
            assert action.who in get_args(shapes.Owner)
            assert 1 <= action.days <= 90
    assert sum(not a.done for note in texts.SESSION_NOTES for a in note.actions) >= 5


@pytest.mark.parametrize(
    ("name", "many"),
    [
        ("CHANGE_REASONS", 8),
        ("NOT_EXPECTED_REASONS", 6),
        ("DECLINE_REASONS", 4),
        ("MEETING_TITLES", 6),
        ("REMINDERS", 4),
        ("NEWS", 6),
        ("REFLECTIONS", 6),
    ],
)
def test_short_texts_are_there_and_distinct(name: str, many: int) -> None:
    found = getattr(texts, name)
    assert len(set(found)) == len(found) == many


def test_news_hangs_on_the_steps_of_the_year_and_reflections_on_communities() -> None:
    for item in texts.NEWS:
        assert item.step in {step.value for step in Step}
        assert item.edge in ("opens", "closes")
        assert len(item.text) <= 120
    for reflection in texts.REFLECTIONS:
        assert reflection.community in {c.key for c in texts.COMMUNITIES[reflection.year]}
