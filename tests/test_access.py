"""Sign-in: codes and who makes them, PINs and which are good, failures and what they cost."""

from __future__ import annotations

import multiprocessing
import traceback
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from models import access, today
from models.access import codes, pins
from models.access.tables import CredentialRow, EnrolmentCodeRow, TerminalFailureRow
from models.clock import Clock
from models.communities import NoticeRow
from models.database import Store, open_store, proxy
from models.errors import BadText, NotFound, Refused, SignInFailed
from models.journal import Actor, JournalRow
from models.people import PersonRow

from .factory import Division, add_person, division

PIN = "482915"
OTHER = "730264"
WRONG = "951357x9"
NOON = datetime(2026, 9, 22, 18, 0)
ONE = "Teacher One"
REAL_HASHER = pins._hasher

COMMON_PINS = (
    "123456", "000000", "111111", "654321", "12345678", "890123", "246802", "121212",
    "123123", "112233", "100100", "445544", "19850713", "13071985", "07131985", "130785",
    "071385", "850713", "198507", "071985", "159753", "٠٠٠٠٠٠", "12345", "1", "", "   ",
    "abc123", "passwort", "Password1!", "Regina2026", "abcdefgh", "zyxwvuts", "aaaaaaaa",
    "abababab", "qwerty123", "teacherone", "Teacher.One1", "1teacher1", "x" * 129,
    "pass\x1b[31mphrase", "pa\u202essphrase12",
)  # fmt: skip
GOOD_PINS = (
    "482915", "730264", "9081726354", "correct horse battery", "été à la plage",
    "🦬🌾 bison grass", "[/] [@click=app.quit]", "'; DROP TABLE credential; --",
    "winter wheat 9", " 604817 ",
)  # fmt: skip


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same with a cheap hash; one test looks at the real cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)
    pins._nobodys.cache_clear()


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def at(made: Division, after: timedelta = timedelta()) -> None:
    """Let the clock stand that long after noon of the Tuesday."""
    made.store.clock = Clock("America/Regina", fixed_at=NOON + after)


def code_for(made: Division, name: str, by: Actor | None = None) -> str:
    receipt = access.make_code(made.store, by or Actor.operator(), made.people[name])
    return str(receipt.facts["code"])


def give_pin(made: Division, name: str, pin: str = PIN) -> None:
    access.choose_pin(made.store, made.actor(name), code_for(made, name), pin, "setting up")


def try_pin(made: Division, name: str, pin: str, terminal: str = "t1") -> str:
    """What a try to sign in comes to, in the words of the answer."""
    try:
        return access.sign_in(made.store, made.people[name], pin, terminal).words
    except SignInFailed as error:
        return str(error)


def state(made: Division, name: str) -> access.SignInState:
    return made.store.read(access.sign_in_state, made.people[name], 2026, made.store.clock.now())


# -- codes -----------------------------------------------------------------------------------------


def test_the_first_sign_in_is_by_code_then_by_the_chosen_pin(argyle: Division) -> None:
    assert state(argyle, ONE).needs_code and not state(argyle, ONE).has_code
    code = code_for(argyle, ONE, argyle.actor("Lea Lead"))
    assert state(argyle, ONE).has_code
    done = access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")
    assert done.id == argyle.people[ONE]
    assert state(argyle, ONE).has_pin and not state(argyle, ONE).has_code
    assert try_pin(argyle, ONE, PIN) == "You are signed in as Teacher One."
    assert argyle.store.read(lambda: TerminalFailureRow.select().count()) == 0


def test_a_code_is_read_as_people_type_it(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    assert len(code) == 9 and set(code) <= {*pins.ALPHABET, "-"}
    typed = f"  {code.lower().replace('-', ' ')} "
    access.choose_pin(argyle.store, argyle.actor(ONE), typed, PIN, "t1")


def test_a_code_is_good_once(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")
    with pytest.raises(SignInFailed, match="no longer good"):
        access.choose_pin(argyle.store, argyle.actor(ONE), code, OTHER, "t1")
    assert "signed in" in try_pin(argyle, ONE, PIN)


def test_a_code_lasts_seven_days(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    at(argyle, timedelta(days=7))
    assert not state(argyle, ONE).has_code
    with pytest.raises(SignInFailed, match="no longer good"):
        access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")
    at(argyle, timedelta(days=7, seconds=-1))
    access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")


def test_a_newer_code_voids_the_older(argyle: Division) -> None:
    first = code_for(argyle, ONE)
    second = code_for(argyle, ONE)
    assert first != second
    with pytest.raises(SignInFailed):
        access.choose_pin(argyle.store, argyle.actor(ONE), first, PIN, "t1")
    access.choose_pin(argyle.store, argyle.actor(ONE), second, PIN, "t1")


def test_a_code_serves_only_the_person_it_was_made_for(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    code_for(argyle, "Teacher Two")
    with pytest.raises(SignInFailed):
        access.choose_pin(argyle.store, argyle.actor("Teacher Two"), code, PIN, "t1")


def test_a_code_lets_whoever_forgot_their_pin_choose_another(argyle: Division) -> None:
    give_pin(argyle, ONE)
    give_pin(argyle, ONE, OTHER)
    assert "do not go together" in try_pin(argyle, ONE, PIN)
    assert "signed in" in try_pin(argyle, ONE, OTHER)


def test_the_person_is_told_who_made_a_code(argyle: Division) -> None:
    code_for(argyle, ONE, argyle.actor("Lea Lead"))
    code_for(argyle, ONE)
    ident = argyle.people[ONE]
    notes = argyle.store.read(
        lambda: [(n.kind, n.words) for n in NoticeRow.select().where(NoticeRow.person == ident)]
    )
    assert [kind for kind, _ in notes] == ["code", "code"]
    begins = "If you did not ask for a code, tell Division Personnel: "
    assert notes[0][1] == f"{begins}Lea Lead made one on Tue 22 Sep."
    assert notes[1][1] == f"{begins}whoever runs the program made one on Tue 22 Sep."


def test_a_code_that_one_has_used_oneself_is_no_news(argyle: Division) -> None:
    def lines() -> list[str]:
        page = argyle.store.read(today.today, argyle.people[ONE], argyle.store.clock.today())
        return [line.words for line in page.lines if line.id.startswith("notice-")]

    code_for(argyle, ONE, argyle.actor("Lea Lead"))
    at(argyle, timedelta(minutes=1))
    code_for(argyle, ONE, argyle.actor("Lea Lead"))
    at(argyle, timedelta(minutes=2))
    code = code_for(argyle, ONE)
    # One line for all of them.
    asked = "If you did not ask for codes, tell Division Personnel: "
    assert lines() == [f"{asked}3 were made for you."]
    access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")
    assert lines() == [f"{asked}2 were made for you."]


def test_ten_wrong_codes_void_the_code(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    for n in range(9):
        with pytest.raises(SignInFailed, match="Lea Lead"):
            access.choose_pin(argyle.store, argyle.actor(ONE), "AAAA-AAAA", PIN, f"t{n % 2}")
    with pytest.raises(access.CodeVoid, match="10 tries"):
        access.choose_pin(argyle.store, argyle.actor(ONE), "AAAA-AAAA", PIN, "t3")
    with pytest.raises(access.CodeVoid, match="10 tries"):
        access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t3")
    access.choose_pin(argyle.store, argyle.actor(ONE), code_for(argyle, ONE), PIN, "t3")


EVERYBODY = (
    "Dana Division", "Drew Division", "Paula Principal", "Hugo Head", "Adam Admin", "Lea Lead",
    "Cora Core", "Fay Facilitator", "Finn Facilitator", ONE, "High One",
)  # fmt: skip
MAY_MAKE = {
    "operator": set(EVERYBODY),
    "nobody": set(),
    "Dana Division": set(EVERYBODY) - {"Dana Division", "Drew Division"},
    "Drew Division": set(EVERYBODY) - {"Dana Division", "Drew Division"},
    "Paula Principal": {"Adam Admin", "Lea Lead", "Fay Facilitator", ONE},
    "Hugo Head": {"Cora Core", "Finn Facilitator", "High One"},
    "Adam Admin": set(),
    "Lea Lead": {"Fay Facilitator", ONE},
    "Cora Core": {"Finn Facilitator", "High One"},
    "Fay Facilitator": set(),
    ONE: set(),
    "High One": set(),
}


def test_who_may_make_a_code_for_whom(argyle: Division) -> None:
    for maker, allowed in MAY_MAKE.items():
        made = set()
        for name in EVERYBODY:
            by = {"operator": Actor.operator(), "nobody": Actor.nobody()}.get(maker)
            try:
                code_for(argyle, name, by or argyle.actor(maker))
            except Refused:
                continue
            made.add(name)
        assert made == allowed, maker


def test_whom_a_refused_person_is_sent_to_may_really_make_the_code(argyle: Division) -> None:
    for name in EVERYBODY:
        words = argyle.store.read(access.who_makes_codes, argyle.people[name], 2026)
        named = {maker for maker in EVERYBODY if maker in words}
        assert named or words == "whoever runs the program"
        assert all(name in MAY_MAKE[maker] for maker in named), name
    assert argyle.store.read(access.who_makes_codes, argyle.people[ONE], 2026) == (
        "Paula Principal (Principal) or Lea Lead (Lead)"
    )


def test_no_code_for_somebody_who_is_gone_or_never_was(argyle: Division) -> None:
    gone = argyle.people[ONE]
    argyle.store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == gone).execute())
    with pytest.raises(Refused, match="no longer on the staff"):
        access.make_code(argyle.store, Actor.operator(), gone)
    with pytest.raises(NotFound):
        access.make_code(argyle.store, Actor.operator(), 999_999)


# -- the same operation again ----------------------------------------------------------------------


def test_a_code_asked_for_again_is_the_same_code(argyle: Division) -> None:
    actor = Actor.operator()
    first = access.make_code(argyle.store, actor, argyle.people[ONE])
    again = access.make_code(argyle.store, actor, argyle.people[ONE])
    assert again == first
    access.choose_pin(argyle.store, argyle.actor(ONE), again.facts["code"], PIN, "t1")
    assert argyle.store.read(lambda: EnrolmentCodeRow.select().count()) == 1


def test_another_process_cannot_learn_a_code_from_its_operation(
    argyle: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = Actor.operator()
    access.make_code(argyle.store, actor, argyle.people[ONE])
    monkeypatch.setattr(codes, "_process_secret", lambda: b"of another process")
    again = access.make_code(argyle.store, actor, argyle.people[ONE])
    assert "code" not in again.facts and "make another" in again.words


def test_choosing_a_pin_twice_is_choosing_it_once(argyle: Division) -> None:
    actor, code = argyle.actor(ONE), code_for(argyle, ONE)
    first = access.choose_pin(argyle.store, actor, code, PIN, "t1")
    assert access.choose_pin(argyle.store, actor, code, PIN, "t1") == first
    # An operation's id alone opens nothing.
    with pytest.raises(SignInFailed):
        access.choose_pin(argyle.store, actor, code, OTHER, "t1")
    assert "signed in" in try_pin(argyle, ONE, PIN)


def test_changing_a_pin_twice_is_changing_it_once(argyle: Division) -> None:
    give_pin(argyle, ONE)
    actor = argyle.actor(ONE)
    first = access.change_pin(argyle.store, actor, PIN, OTHER, "t1")
    assert access.change_pin(argyle.store, actor, PIN, OTHER, "t1") == first
    assert "signed in" in try_pin(argyle, ONE, OTHER)


# -- PINs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", COMMON_PINS)
def test_common_pins_are_refused_in_words(pin: str) -> None:
    with pytest.raises(BadText) as caught:
        pins.check_pin(pin, ("Teacher One", "teacher.one@school.example"))
    said = str(caught.value)
    assert said.startswith("PIN: ") and said.endswith(".")
    assert len(pin.strip()) < 5 or pin.strip() not in said


@pytest.mark.parametrize("pin", GOOD_PINS)
def test_good_pins_open_the_door(argyle: Division, pin: str) -> None:
    give_pin(argyle, ONE, pin)
    assert "signed in" in try_pin(argyle, ONE, pin)
    assert "signed in" not in try_pin(argyle, ONE, f"{pin}x")


def test_few_random_pins_are_refused() -> None:
    refused = 0
    for number in range(0, 1_000_000, 997):
        try:
            pins.check_pin(f"{number:06d}")
        except BadText:
            refused += 1
    assert refused < 0.09 * 1003


def test_a_passphrase_is_the_same_however_the_keyboard_writes_it(argyle: Division) -> None:
    give_pin(argyle, ONE, "cafe\u0301 du matin")
    assert "signed in" in try_pin(argyle, ONE, "caf\u00e9 du matin")


def test_a_weak_pin_costs_neither_the_code_nor_a_failure(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    with pytest.raises(BadText):
        access.choose_pin(argyle.store, argyle.actor(ONE), code, "123456", "t1")
    assert argyle.store.read(lambda: TerminalFailureRow.select().count()) == 0
    access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")


def test_changing_ones_own_pin_needs_the_old_one(argyle: Division) -> None:
    give_pin(argyle, ONE)
    with pytest.raises(SignInFailed):
        access.change_pin(argyle.store, argyle.actor(ONE), OTHER, OTHER, "t1")
    access.change_pin(argyle.store, argyle.actor(ONE), PIN, OTHER, "t1")
    assert "signed in" in try_pin(argyle, ONE, OTHER)
    assert "do not go" in try_pin(argyle, ONE, PIN)


# -- failures --------------------------------------------------------------------------------------


def test_five_failures_wait_doubling_and_ten_void(argyle: Division) -> None:
    give_pin(argyle, ONE)
    after = timedelta()
    for left in (4, 3, 2, 1):
        assert try_pin(argyle, ONE, WRONG).endswith("Please try again.")
        assert state(argyle, ONE).tries_left == left
    waits = []
    for _ in range(5):
        said = try_pin(argyle, ONE, WRONG)
        wait = state(argyle, ONE).seconds_to_wait
        waits.append(wait)
        assert "The next try is possible in" in said
        # Even the right one does not open now, and is not counted.
        assert "Please wait" in try_pin(argyle, ONE, PIN)
        at(argyle, after + timedelta(seconds=wait - 1))
        assert "Please wait 1 second before" in try_pin(argyle, ONE, PIN)
        after += timedelta(seconds=wait)
        at(argyle, after)
        assert state(argyle, ONE).seconds_to_wait == 0
    assert waits == [30, 60, 120, 240, 480]
    assert "Paula Principal (Principal) or Lea Lead (Lead)" in try_pin(argyle, ONE, WRONG)
    assert state(argyle, ONE).is_void and state(argyle, ONE).needs_code
    at(argyle, timedelta(days=30))
    with pytest.raises(access.PinVoid):
        access.sign_in(argyle.store, argyle.people[ONE], PIN, "t9")
    give_pin(argyle, ONE, OTHER)
    assert "signed in" in try_pin(argyle, ONE, OTHER)


def test_the_right_pin_in_time_clears_the_failures(argyle: Division) -> None:
    give_pin(argyle, ONE)
    for _ in range(3):
        for _ in range(4):
            try_pin(argyle, ONE, WRONG)
        assert "signed in" in try_pin(argyle, ONE, PIN)
    assert argyle.store.read(lambda: CredentialRow.select(CredentialRow.failures).scalar()) == 0


def test_a_failure_is_counted_before_the_check(
    argyle: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_pin(argyle, ONE)

    def power_cut(_hashed: str, _pin: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(pins, "pin_fits", power_cut)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            access.sign_in(argyle.store, argyle.people[ONE], PIN, "t1")
    monkeypatch.undo()
    assert "Please wait" in try_pin(argyle, ONE, PIN)


def test_a_terminal_takes_twenty_failures_an_hour(argyle: Division) -> None:
    for n in range(20):
        assert "do not go" in try_pin(argyle, f"Teacher {['One', 'Two', 'Three'][n % 3]}", WRONG)
    give_pin(argyle, "Teacher Four")
    with pytest.raises(access.MustWait, match=r"from 13:00 on; another terminal") as caught:
        access.sign_in(argyle.store, argyle.people["Teacher Four"], PIN, "t1")
    assert caught.value.seconds == 3600
    with pytest.raises(access.MustWait):
        access.choose_pin(argyle.store, argyle.actor(ONE), code_for(argyle, ONE), PIN, "t1")
    assert "signed in" in try_pin(argyle, "Teacher Four", PIN, "t2")
    at(argyle, timedelta(minutes=60))
    assert "signed in" in try_pin(argyle, "Teacher Four", PIN, "t1")


def test_signing_in_oneself_does_not_free_a_terminal_for_guessing(argyle: Division) -> None:
    give_pin(argyle, "Teacher Four")
    for _ in range(20):
        try_pin(argyle, ONE, WRONG)
        try_pin(argyle, "Teacher Four", PIN)
    assert "terminal" in try_pin(argyle, "Teacher Four", PIN)


def test_nobody_no_pin_and_wrong_pin_get_the_same_answer(argyle: Division) -> None:
    give_pin(argyle, ONE)
    argyle.people["Gone Now"] = add_person(
        argyle.store, "Gone Now", argyle.schools["Argyle"], active=False
    )
    argyle.people["Never Was"] = 999_999
    answers = {
        try_pin(argyle, name, WRONG) for name in (ONE, "Teacher Two", "Gone Now", "Never Was")
    }
    assert len(answers) == 1
    answers = {try_pin(argyle, name, "") for name in (ONE, "Teacher Two", "Gone Now", "Never Was")}
    assert len(answers) == 1


def test_whoever_left_the_staff_cannot_sign_in(argyle: Division) -> None:
    give_pin(argyle, ONE)
    code = code_for(argyle, "Teacher Two")
    idents = [argyle.people[ONE], argyle.people["Teacher Two"]]
    argyle.store.unit(
        lambda: PersonRow.update(active=False).where(PersonRow.id.in_(idents)).execute()
    )
    assert "do not go together" in try_pin(argyle, ONE, PIN)
    with pytest.raises(SignInFailed):
        access.choose_pin(argyle.store, argyle.actor("Teacher Two"), code, PIN, "t1")


def test_a_clock_set_back_does_not_lock_anyone_out_for_longer(argyle: Division) -> None:
    give_pin(argyle, ONE)
    for _ in range(5):
        try_pin(argyle, ONE, WRONG)
    at(argyle, timedelta(hours=-5))
    assert state(argyle, ONE).seconds_to_wait == 30


def test_a_pin_changed_while_it_was_checked_does_not_open(
    argyle: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_pin(argyle, ONE)
    fits = pins.pin_fits

    def changed_meanwhile(hashed: str, pin: str) -> bool:
        monkeypatch.setattr(pins, "pin_fits", fits)
        give_pin(argyle, ONE, OTHER)
        return fits(hashed, pin)

    monkeypatch.setattr(pins, "pin_fits", changed_meanwhile)
    assert "do not go together" in try_pin(argyle, ONE, PIN)


def _guess(url: str, person_id: int, terminal: str, tries: int, report: object) -> None:
    store = open_store(url)
    store.clock = Clock("America/Regina", fixed_at=NOON)
    pins._hasher = lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # type: ignore[assignment]
    checked = 0
    for n in range(tries):
        try:
            access.sign_in(store, person_id, f"guess {n}", terminal)
        except access.MustWait:
            continue
        except SignInFailed:
            checked += 1
    report.put(checked)  # type: ignore[attr-defined]
    store.close()


def test_processes_that_race_get_no_more_guesses_than_one(argyle: Division, store_url: str) -> None:
    give_pin(argyle, ONE)
    context = multiprocessing.get_context("spawn")
    report = context.Queue()
    ident = argyle.people[ONE]
    workers = [
        context.Process(target=_guess, args=(store_url, ident, f"t{n}", 6, report))
        for n in range(3)
    ]
    for worker in workers:
        worker.start()
    checked = sum(report.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join(30)
    assert checked == 5
    row = argyle.store.read(lambda: CredentialRow.get(CredentialRow.person_id == ident))
    assert (row.failures, row.wait_until) == (5, NOON + timedelta(seconds=30))


# -- what is kept, and what it costs ---------------------------------------------------------------


def everything_stored(store: Store) -> str:
    def dump() -> str:
        tables = proxy.obj.get_tables()
        return "\n".join(
            str(row)
            for table in tables
            for row in proxy.obj.execute_sql(f'SELECT * FROM "{table}"')
        )

    return store.read(dump)


def test_no_pin_and_no_code_is_ever_stored_or_said(argyle: Division) -> None:
    code = code_for(argyle, ONE)
    secret, guess = "buffalo jump 77", "my other guess"
    access.choose_pin(argyle.store, argyle.actor(ONE), code, secret, "t1")
    access.change_pin(argyle.store, argyle.actor(ONE), secret, f"{secret}!", "t1")
    with pytest.raises(SignInFailed) as caught:
        access.sign_in(argyle.store, argyle.people[ONE], guess, "t1")
    kept = everything_stored(argyle.store)
    for hidden in (code, code.replace("-", ""), secret, guess):
        assert hidden not in kept
        assert hidden not in "".join(traceback.format_exception(caught.value))


def test_the_journal_tells_who_made_and_who_chose(argyle: Division) -> None:
    code = code_for(argyle, ONE, argyle.actor("Lea Lead"))
    access.choose_pin(argyle.store, argyle.actor(ONE), code, PIN, "t1")
    try_pin(argyle, ONE, PIN)
    ident = argyle.people[ONE]
    rows = argyle.store.read(
        lambda: [
            (r.action, r.actor_id, r.what)
            for r in JournalRow.select()
            .where(JournalRow.person_id == ident)
            .order_by(JournalRow.id)
        ]
    )
    assert rows == [
        ("access.make_code", argyle.people["Lea Lead"], '{"until": "2026-09-29"}'),
        ("access.choose_pin", ident, "{}"),
    ]


def test_a_hostile_terminal_name_is_only_a_name(argyle: Division) -> None:
    give_pin(argyle, ONE)
    for terminal in ("\x1b]52;c;x\x07", "'; DROP TABLE credential; --", "x" * 10_000, "", "a\0b"):
        assert "do not go" in try_pin(argyle, ONE, WRONG, terminal)
        argyle.store.unit(lambda: CredentialRow.update(failures=0).execute())
    assert "signed in" in try_pin(argyle, ONE, PIN)


def test_an_outdated_hash_is_made_anew(argyle: Division, monkeypatch: pytest.MonkeyPatch) -> None:
    give_pin(argyle, ONE)
    better = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: better)
    assert "signed in" in try_pin(argyle, ONE, PIN)
    hashed = argyle.store.read(lambda: CredentialRow.select(CredentialRow.hashed).scalar())
    assert "m=128,t=2,p=1" in hashed
    assert "signed in" in try_pin(argyle, ONE, PIN)


def test_hashes_are_argon2id_at_the_library_s_own_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "_hasher", REAL_HASHER)
    pins._nobodys.cache_clear()
    hashed = pins.hash_pin(PIN)
    assert hashed.startswith("$argon2id$") and not PasswordHasher().check_needs_rehash(hashed)
    assert pins.pin_fits(hashed, PIN) and not pins.pin_fits(hashed, OTHER)
    assert not pins.pin_fits("", PIN)
    assert not PasswordHasher().check_needs_rehash(pins._nobodys())


def test_a_sample_person_gets_a_pin_by_the_public_way(argyle: Division) -> None:
    access.set_sample_pin(argyle.store, argyle.people[ONE], PIN)
    assert "signed in" in try_pin(argyle, ONE, PIN)


def test_every_operation_row_is_free_of_hashes(argyle: Division) -> None:
    give_pin(argyle, ONE)
    from models.journal import OperationRow

    receipts = argyle.store.read(lambda: [row.receipt for row in OperationRow.select()])
    assert not any("argon2" in receipt or "scrypt" in receipt for receipt in receipts)


def test_the_journal_tells_when_failures_made_a_pin_void(argyle: Division) -> None:
    give_pin(argyle, "Teacher One")
    ident = argyle.people["Teacher One"]
    query = JournalRow.select().where(
        (JournalRow.person_id == ident) & (JournalRow.action == "access.sign_in")
    )

    def told() -> list[str]:
        return argyle.store.read(lambda: [row.what for row in query.clone()])

    for tried in range(access.MOST_FAILURES):
        assert told() == []
        at(argyle, timedelta(hours=tried))
        try_pin(argyle, "Teacher One", "000000", terminal=f"t{tried}")
    assert told() == ['{"failures": 10}']
