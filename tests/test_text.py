"""Text on its way in: cleaned, bounded, one normal form; and folded for searching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import text
from models.errors import BadText

from .hostile import HOSTILE, unfit

ANY = st.text(st.characters(), max_size=60) | st.sampled_from([h[:300] for h in HOSTILE])
"""Any characters at all, lone surrogates among them, and the hostile ones."""
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👩\u200d👩\u200d👧\u200d👦"


@given(ANY)
def test_nothing_that_steers_a_terminal_enters(value: str) -> None:
    for lines in (False, True):
        cleaned = text.clean(value, lines=lines).text
        left = unfit(cleaned.replace("\n", "")) if lines else unfit(cleaned)
        assert left == []
        cleaned.encode("utf-8")


@given(ANY)
def test_cleaning_what_is_clean_changes_nothing(value: str) -> None:
    for lines in (False, True):
        once = text.clean(value, lines=lines).text
        again = text.clean(once, lines=lines)
        assert (again.text, again.removed) == (once, 0)
        assert unicodedata.is_normalized("NFC", once)


@given(ANY)
def test_a_line_is_one_line_without_spaces_around(value: str) -> None:
    cleaned = text.clean(value).text
    assert "\n" not in cleaned and cleaned == cleaned.strip() and "  " not in cleaned


@pytest.mark.parametrize(
    "kept",
    [
        "Marie-Ève Dubois-O’Brien d’Arc", "漢字かな ハングル 한국어", "عربى נص", "हिन्दी क्षत्रिय",
        "क्\u200dष", "می\u200cخواهم", FAMILY, "👍🏽", "🇨🇦", "❤\ufe0f", FLAG, "1\ufe0f\u20e3",
        "<b>&amp;</b>", "[b]not markup[/b]", "'; DROP TABLE person; --", "$name %s {x}",
    ],
)  # fmt: skip
def test_real_names_scripts_and_emoji_stay(kept: str) -> None:
    assert text.clean(kept) == text.Cleaned(unicodedata.normalize("NFC", kept), 0)


@pytest.mark.parametrize(
    ("value", "kept", "removed"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m", 2),
        ("\x1b]0;title\x07", "]0;title", 2),
        ("\u202eevil\u202c", "evil", 2),
        ("zero\u200bwidth\ufeff", "zerowidth", 2),
        ("x\u200dy", "xy", 1),
        ("a\x00b", "ab", 1),
        ("\udcff end", "end", 1),
    ],
)
def test_what_is_taken_out_is_counted_and_said(value: str, kept: str, removed: int) -> None:
    cleaned = text.clean(value)
    assert (cleaned.text, cleaned.removed) == (kept, removed)
    assert str(removed) in cleaned.note
    assert text.clean(kept).note == ""


def test_lines_are_kept_where_a_field_has_lines() -> None:
    value = "\n one\r\ntwo  \rthree\u2028four\t!\n\n"
    assert text.clean(value, lines=True).text == " one\ntwo\nthree\nfour    !"
    assert text.clean(value).text == "one two three four !"


def test_too_long_or_empty_is_refused_with_the_field_and_its_limit() -> None:
    assert text.line("x" * text.LINE, "Title") == "x" * text.LINE
    with pytest.raises(BadText, match="Title: 201 characters; 200 fit") as refused:
        text.line("x" * (text.LINE + 1), "Title")
    assert refused.value.field == "Title"
    for empty in ("", "   ", "\u200b", "\n\t"):
        with pytest.raises(BadText, match="Reason"):
            text.line(empty, "Reason")
        assert text.line(empty, "Reason", required=False) == ""
        assert text.paragraph(empty, "Notes") == ""
    with pytest.raises(BadText, match="200,000 fit"):
        text.paragraph("y" * (text.NOTES + 1), "Notes", text.NOTES)


def test_the_limit_counts_what_enters_and_not_what_was_taken_out() -> None:
    assert text.line("\u200b" * 500 + "ok", "Title", 10) == "ok"


@given(ANY)
def test_folding_is_settled_after_once(value: str) -> None:
    assert text.fold(text.fold(value)) == text.fold(value)


def test_searching_knows_no_case_no_accents_no_typography() -> None:
    assert (
        text.fold("Marie-Ève  D’ARC – Łódź Œuvre straße") == "marie-eve d'arc - lodz oeuvre strasse"
    )
    assert text.words("  Land  BASED É ") == ("land", "based", "e")
    assert len(text.words("w " * 50)) == 8


@pytest.mark.parametrize("value", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "  =1", "\t=1", "\r=1"])
def test_a_cell_never_begins_a_formula(value: str) -> None:
    assert text.cell(value).startswith("'")


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert text.cell("Chen, Wei") == "Chen, Wei"
