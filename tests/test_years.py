"""The year: the reference year as it was, the rule that carries it to another, what a division may set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import Store
from models.errors import NotFound, Refused
from models.years import (
    HalfDay,
    Step,
    Window,
    Year,
    carried,
    check_year,
    days,
    get_year,
    laid_out,
    telling_days,
    year_of,
    year_on,
)

from .factory import division

YEARS = st.integers(2000, 2100)
ANCHORS = (
    date(2017, 9, 8), date(2017, 9, 18), date(2017, 9, 22), date(2017, 10, 6), date(2017, 12, 1),
    date(2018, 3, 9), date(2018, 5, 18),
)  # fmt: skip
"""The days of the reference year that are given as days."""


def windows(year: Year) -> dict[Step, tuple[date, date]]:
    return {step: (w.opens, w.closes) for step, w in year.windows.items()}


def halves(year: Year) -> list[tuple[date, bool]]:
    return [(half.on, half.required) for half in year.half_days]


def test_the_reference_year_comes_out_as_it_was() -> None:
    year = laid_out(2017)
    assert windows(year) == {
        Step.PROMOTE: (date(2017, 6, 1), date(2018, 5, 31)),
        Step.GENERATE: (date(2017, 6, 1), date(2017, 9, 8)),
        Step.SUBMIT: (date(2017, 6, 1), date(2017, 9, 8)),
        Step.JOIN: (date(2017, 9, 18), date(2017, 9, 22)),
        Step.PARTICIPATE: (date(2017, 10, 6), date(2018, 5, 31)),
        Step.SHARE: (date(2017, 10, 1), date(2018, 5, 31)),
    }
    assert halves(year) == [
        (date(2017, 10, 6), True), (date(2017, 12, 1), False),
        (date(2018, 3, 9), True), (date(2018, 5, 18), False),
    ]  # fmt: skip
    assert year.label == "2017–18"
    assert year.review == Window(date(2017, 9, 9), date(2017, 9, 17))


def test_2026_comes_out_as_the_programme_says() -> None:
    year = laid_out(2026)
    assert windows(year) == {
        Step.PROMOTE: (date(2026, 6, 1), date(2027, 5, 31)),
        Step.GENERATE: (date(2026, 6, 1), date(2026, 9, 11)),
        Step.SUBMIT: (date(2026, 6, 1), date(2026, 9, 11)),
        Step.JOIN: (date(2026, 9, 21), date(2026, 9, 25)),
        Step.PARTICIPATE: (date(2026, 10, 9), date(2027, 5, 31)),
        Step.SHARE: (date(2026, 10, 1), date(2027, 5, 31)),
    }
    assert halves(year) == [
        (date(2026, 10, 9), True), (date(2026, 12, 4), False),
        (date(2027, 3, 12), True), (date(2027, 5, 21), False),
    ]  # fmt: skip


@given(YEARS, st.sampled_from(ANCHORS))
def test_a_carried_day_keeps_its_weekday_and_is_the_nearest(year: int, anchor: date) -> None:
    found = carried(anchor, year)
    same = date(anchor.year - 2017 + year, anchor.month, anchor.day)
    assert found.weekday() == anchor.weekday()
    assert abs((found - same).days) <= 3


@given(YEARS)
def test_every_year_that_is_laid_out_may_be_stored(year: int) -> None:
    made = laid_out(year)
    check_year(made)
    assert (made.window(Step.JOIN).closes - made.window(Step.JOIN).opens).days == 4
    assert made.review is not None
    assert made.half_days == tuple(sorted(made.half_days, key=lambda h: h.on))
    assert made.window(Step.PARTICIPATE).opens == made.half_days[0].on
    assert made.window(Step.SHARE).closes == date(year + 1, 5, 31)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_belongs_to_the_year_that_holds_it(on: date) -> None:
    year = year_of(on)
    assert date(year, 6, 1) <= on <= date(year + 1, 5, 31)


def test_a_year_has_every_day_once() -> None:
    for year, many in ((2026, 365), (2027, 366)):
        found = list(days(year))
        assert len(found) == many == len(set(found))
        assert (found[0], found[-1]) == (date(year, 6, 1), date(year + 1, 5, 31))


def test_a_window_holds_its_first_and_its_last_day_and_none_beyond() -> None:
    window, a_day = Window(date(2026, 9, 21), date(2026, 9, 25)), timedelta(days=1)
    for on, state in (
        (window.opens - a_day, "before"), (window.opens, "in"), (window.closes, "in"),
        (window.closes + a_day, "over"),
    ):  # fmt: skip
        said = (window.is_before(on), window.holds(on), window.is_over(on))
        assert said == (state == "before", state == "in", state == "over")


def test_several_steps_are_open_at_once_and_some_days_only_promote_is() -> None:
    year = laid_out(2026)
    for on, steps in (
        (date(2026, 6, 1), (Step.PROMOTE, Step.GENERATE, Step.SUBMIT)),
        (date(2026, 9, 15), (Step.PROMOTE,)),
        (date(2026, 9, 23), (Step.PROMOTE, Step.JOIN)),
        (date(2026, 11, 1), (Step.PROMOTE, Step.PARTICIPATE, Step.SHARE)),
    ):
        assert tuple(step for step in Step if year.window(step).holds(on)) == steps


def test_the_ribbon_says_how_long_a_step_is_open() -> None:
    year = laid_out(2026)

    def join(*on: int) -> tuple[str, str, bool]:
        state = year.ribbon(date(*on))[3]
        return state.state, state.words, state.pressing

    assert join(2026, 9, 20) == ("ahead", "from 21 Sep", False)
    assert join(2026, 9, 21) == ("open", "4 days left", True)
    assert join(2026, 9, 24) == ("open", "1 day left", True)
    assert join(2026, 9, 25) == ("open", "last day", True)
    assert join(2026, 9, 26) == ("over", "closed 25 Sep", False)
    first = year.ribbon(date(2026, 6, 1))
    assert (first[0].words, first[1].words) == ("ongoing", "to 11 Sep")
    assert [s.step.number for s in first] == [1, 2, 3, 4, 5, 6]


def test_the_next_half_day_may_be_today() -> None:
    year = laid_out(2026)
    first = year.next_half_day(date(2026, 10, 9))
    assert first is not None and first.on == date(2026, 10, 9)
    later = year.next_half_day(date(2026, 10, 10))
    assert later is not None and later.on == date(2026, 12, 4)
    needed = year.next_half_day(date(2026, 10, 10), required=True)
    assert needed is not None and needed.on == date(2027, 3, 12)
    assert year.next_half_day(date(2027, 5, 22)) is None


def test_the_telling_days_lie_in_the_year_in_order() -> None:
    found = [on for on, _ in telling_days(laid_out(2026))]
    assert found == sorted(found)
    assert found[0] == date(2026, 6, 1) and found[-1] == date(2027, 5, 31)


# -- what a division may set ------------------------------------------------------------------------


def with_window(step: Step, opens: date, closes: date) -> Year:
    year = laid_out(2026)
    return replace(year, windows={**year.windows, step: Window(opens, closes)})


@pytest.mark.parametrize(
    ("step", "opens", "closes", "words"),
    [
        (Step.JOIN, date(2026, 9, 25), date(2026, 9, 24), "before it opens"),
        (Step.JOIN, date(2026, 9, 11), date(2026, 9, 25), "time for the review"),
        (Step.SUBMIT, date(2026, 6, 1), date(2026, 9, 21), "time for the review"),
        (Step.PROMOTE, date(2026, 5, 31), date(2027, 5, 31), "within the year"),
        (Step.SHARE, date(2026, 10, 1), date(2027, 6, 1), "within the year"),
        (Step.JOIN, date(2026, 10, 5), date(2026, 10, 9), "before the join window closes"),
    ],
)
def test_dates_that_contradict_the_programme_are_refused(
    step: Step, opens: date, closes: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        check_year(with_window(step, opens, closes))


def test_the_tightest_dates_that_make_sense_are_taken() -> None:
    check_year(with_window(Step.SUBMIT, date(2026, 9, 20), date(2026, 9, 20)))
    check_year(with_window(Step.JOIN, date(2026, 10, 8), date(2026, 10, 8)))


def with_half_days(*half_days: HalfDay) -> Year:
    return replace(laid_out(2026), half_days=half_days)


def test_a_half_day_lies_in_the_year_and_after_join() -> None:
    for on, words in (
        (date(2027, 6, 1), "outside the year"), (date(2026, 5, 31), "outside the year"),
        (date(2026, 9, 25), "before the join window closes"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            check_year(with_half_days(HalfDay(on, "morning", True)))
    check_year(with_half_days(HalfDay(date(2026, 9, 26), "morning", True)))


def test_two_half_days_on_one_day_are_refused_in_words() -> None:
    twice = HalfDay(date(2026, 10, 9), "morning", True)
    with pytest.raises(Refused, match="Fri 9 Oct"):
        check_year(with_half_days(twice, replace(twice, half="afternoon")))


def test_a_half_day_is_in_the_morning_or_in_the_afternoon() -> None:
    with pytest.raises(Refused, match="morning or"):
        check_year(with_half_days(HalfDay(date(2026, 10, 9), "evening", True)))


# -- in the store -----------------------------------------------------------------------------------


def test_a_stored_year_comes_back_as_it_was_laid_out(store: Store) -> None:
    division(store, published=False)
    found, made = store.read(get_year, 2026), laid_out(2026)
    assert windows(found) == windows(made) and halves(found) == halves(made)
    assert not found.is_published
    assert store.read(year_on, date(2027, 8, 1)).id == 2026  # the next one is not laid out yet
    for none in (date(2026, 5, 31), date(1999, 1, 1)):
        with pytest.raises(NotFound):
            store.read(year_on, none)
