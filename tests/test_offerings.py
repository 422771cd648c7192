"""Offerings from a sheet: the same preview and care as the roster's."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import offerings, review
from models.database import Store
from models.errors import BadFile, Refused
from models.journal import Actor
from models.submit import ProposalRow
from tests.conftest import set_clock
from tests.factory import division
from tests.hostile import HOSTILE

HEADER = "Title,Description,Facilitators' e-mail,Audience,Priorities,Activities,Inquiry question,Size,Place"
BREAD = "Bread,We bake.,teacher.one@school.example,K-3,Literacy; Numeracy,sharing; reading,Why?,12,Argyle gym"
BIRDS = "Birds,We look up.,high.one@school.example,high school,,visiting classrooms or sites,,,"


def sheet(folder: Path, *rows: str, header: str = HEADER, name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def plan(store: Store, path: Path) -> offerings.OfferingsPlan:
    return store.read(offerings.plan_offerings, offerings.read_offerings(path), store.clock.today())


def bring_in(store: Store, path: Path, *, accept_refused: bool = False) -> str:
    read = offerings.read_offerings(path)
    done = offerings.import_offerings(store, Actor.operator(), read, accept_refused=accept_refused)
    return done.words


def titles(store: Store) -> set[str]:
    return store.read(lambda: {t for (t,) in ProposalRow.select(ProposalRow.title).tuples()})


@pytest.fixture
def june(store: Store) -> Store:
    division(store)
    set_clock(store, 2026, 9, 18)
    return store


def test_a_sheet_is_previewed_then_brought_in_and_published(june: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, BREAD, BIRDS)
    before = titles(june)
    seen = plan(june, path)
    assert seen.words == "2 offerings added."
    assert [row.words for row in seen.added] == ["Teacher One, 12 places", "High One, 15 places"]
    assert titles(june) == before
    assert bring_in(june, path) == "2 offerings added."
    assert titles(june) == before | {"Bread", "Birds"}
    assert review.publish(june, Actor.operator()).facts["communities"] == 2


def test_cells_become_what_they_say(june: Store, tmp_path: Path) -> None:
    bring_in(june, sheet(tmp_path, BREAD))
    row = june.read(lambda: ProposalRow.get(ProposalRow.title == "Bread"))
    assert (row.audience, row.audience_words) == ("elementary", "K–3")
    assert (row.capacity, row.question, row.place, row.state) == (
        12,
        "Why?",
        "Argyle gym",
        "approved",
    )
    assert row.place_school_id is not None


def test_the_same_sheet_again_changes_nothing_and_says_so(june: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, BREAD, BIRDS)
    bring_in(june, path)
    again = plan(june, path)
    assert again.is_nothing
    assert again.unchanged == 2
    assert again.words == "Nothing changes: the store has it all already."
    review.publish(june, Actor.operator())
    assert plan(june, path).is_nothing


def test_a_row_that_says_something_else_changes_its_offering(june: Store, tmp_path: Path) -> None:
    bring_in(june, sheet(tmp_path, BREAD, BIRDS))
    path = sheet(tmp_path, BREAD.replace(",12,", ",14,"), BIRDS)
    assert [row.words for row in plan(june, path).changed] == ["size"]
    assert bring_in(june, path) == "1 offering changed. 1 stay as they are."
    assert plan(june, path).is_nothing


def test_what_is_out_already_is_not_changed_by_a_sheet(june: Store, tmp_path: Path) -> None:
    bring_in(june, sheet(tmp_path, BREAD))
    review.publish(june, Actor.operator())
    seen = plan(june, sheet(tmp_path, BREAD.replace(",12,", ",14,")))
    assert "is out already" in seen.refused[0].reason


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (BREAD.replace("teacher.one", "teacher.onne"), "Did you mean teacher.one@school.example?"),
        (BREAD.replace("teacher.one@school.example", ""), "nobody is named"),
        (BREAD.replace("teacher.one", "lea.lead"), None),
        (
            BREAD.replace("teacher.one", "fay.facilitator"),
            "facilitates “Land-Based Learning” already",
        ),
        (BREAD.replace("K-3", "giraffes"), "write elementary, high, anyone"),
        (BREAD.replace("sharing", "sleeping"), "“sleeping” is not known"),
        (BREAD.replace(",12,", ",twelve,"), "no whole number"),
        (BREAD.replace(",12,", ",0,"), "from 1 to 999"),
        (BREAD.replace("Literacy; Numeracy", "A;B;C;D"), "3 at most"),
        (BREAD.replace("Bread", ""), "please write something here"),
        (BREAD.replace("We bake.", ""), "please write something here"),
        (BREAD.replace("Bread", "B" * 121), "120 fit"),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_refused_with_its_line(
    june: Store, tmp_path: Path, row: str, why: str | None
) -> None:
    path = sheet(tmp_path, BIRDS, row)
    seen = plan(june, path)
    if why is None:
        assert not seen.refused
        return
    (refused,) = seen.refused
    assert (refused.file, refused.line) == ("sheet.csv", 3)
    assert why in refused.reason
    before = titles(june)
    with pytest.raises(Refused, match="nothing was changed"):
        bring_in(june, path)
    assert titles(june) == before
    bring_in(june, path, accept_refused=True)
    assert titles(june) == before | {"Birds"}


def test_all_that_is_wrong_with_a_row_is_said_at_once(june: Store, tmp_path: Path) -> None:
    row = f"{'B' * 121},,teacher.onne@school.example,giraffes,A;B;C;D,sleeping,Why?,twelve,Here"
    (refused,) = plan(june, sheet(tmp_path, row)).refused
    for why in (
        "120 fit", "please write something here", "nobody on the staff", "write elementary",
        "3 at most", "“sleeping” is not known", "no whole number",
    ):  # fmt: skip
        assert refused.reason.count(why) == 1, (why, refused.reason)


def test_one_person_facilitates_one_offering_of_a_sheet(june: Store, tmp_path: Path) -> None:
    seen = plan(june, sheet(tmp_path, BREAD, BREAD.replace("Bread", "Cake")))
    assert "facilitates “Bread” already" in seen.refused[0].reason


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "sheet.csv: the file is empty"),
        ("Title;Description;Facilitators\nA;B;C\n", "separated by ; where commas are wanted"),
        ("Title\tDescription\tFacilitators\nA\tB\tC\n", "separated by tabs"),
        ("Title,Description\nA,B\n", "“facilitators” is missing"),
        ("Title,Titel,Description,Facilitators\n", None),
        ("Title,Descripton,Facilitators\nA,B,C\n", "“Descripton” should be called “description”"),
        ("Title,Title,Description,Facilitators\n", "stands there twice"),
        ("Title,Description,Facilitators\nA,B,C\nA,B,D\n", "stands in line 2 already"),
        ("Title,Description,Facilitators\nA,B\n", "sheet.csv line 2: the row has 2 cells"),
        ('Title,Description,Facilitators\nA,"B,C\n', "is not closed"),
    ],
)
def test_a_fault_of_the_whole_file_is_one_sentence_that_names_the_place(
    tmp_path: Path, content: str, place: str | None
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(content, encoding="utf-8")
    if place is None:
        assert offerings.read_offerings(path).passed_over == ("Titel",)
        return
    with pytest.raises(BadFile) as error:
        offerings.read_offerings(path)
    assert place in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings_are_rejected(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes("Title,Description,Facilitators\nÉcole,B,C\n".encode(encoding))
    with pytest.raises(BadFile, match="UTF-8"):
        offerings.read_offerings(path)


def test_what_is_no_csv_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="There is no file"):
        offerings.read_offerings(tmp_path / "nothing.csv")
    with pytest.raises(BadFile, match="save the sheet as CSV"):
        offerings.read_offerings(tmp_path)


def test_unknown_columns_and_a_byte_order_mark_are_fine(june: Store, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    header = "\ufeffTimestamp,Title,Description,Facilitators"
    path.write_text(f"{header}\nnow,A,B,teacher.one@school.example\n\n", encoding="utf-8")
    seen = plan(june, path)
    assert seen.notes == ("Not used: the columns “Timestamp”.",)
    assert len(seen.added) == 1
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert plan(june, path) == seen


def test_several_facilitators_stand_in_one_cell(june: Store, tmp_path: Path) -> None:
    both = "Teacher One <teacher.one@school.example>; HIGH.ONE@school.example"
    seen = plan(june, sheet(tmp_path, BREAD.replace("teacher.one@school.example", both)))
    assert seen.added[0].words == "Teacher One and High One, 12 places"


def test_hostile_cells_come_in_as_text_or_not_at_all(june: Store, tmp_path: Path) -> None:
    import csv

    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="", errors="ignore") as file:
        writer = csv.writer(file)
        writer.writerow(("title", "description", "facilitators", "place"))
        for number, words in enumerate(HOSTILE):
            clean = words.replace("\0", "").replace("\r", " ")[:400]
            writer.writerow((f"{number} {clean}"[:110], clean, "teacher.one@school.example", clean))
    read = offerings.read_offerings(path)
    seen = june.read(offerings.plan_offerings, read, june.clock.today())
    assert len(seen.added) + len(seen.refused) == len(read.rows)
    for row in seen.added:
        assert row.title.isprintable() or "\u200d" in row.title or "\ufe0f" in row.title


def test_offerings_may_come_in_all_year_but_not_after_it(june: Store, tmp_path: Path) -> None:
    set_clock(june, 2027, 1, 11)
    assert bring_in(june, sheet(tmp_path, BREAD)) == "1 offering added."
    set_clock(june, 2027, 6, 2)
    with pytest.raises(Refused, match="The year ended on Mon 31 May"):
        bring_in(june, sheet(tmp_path, BIRDS))
