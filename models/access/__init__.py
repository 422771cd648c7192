"""Sign-in: PINs, enrolment codes, lock-out (design, “A shared terminal”).

Nobody ever chooses another's PIN: a code is made for somebody, and only whoever holds it chooses.
What is slow (argon2) runs outside of every transaction, and a failure is counted in the store
before anything is checked.
"""

from __future__ import annotations

from ..errors import SignInFailed
from .codes import CODE_DAYS, make_code, who_makes_codes
from .doors import (
    FREE_FAILURES,
    MOST_AT_TERMINAL,
    MOST_FAILURES,
    NO_MATCH,
    CodeVoid,
    MustWait,
    PinVoid,
    SignInState,
    change_pin,
    choose_pin,
    set_sample_pin,
    sign_in,
    sign_in_state,
    wait_after,
)
from .pins import check_pin, hash_pin, looks_like_code
from .staff import CodeLine, Whose, count_staff_for_codes, staff_for_codes

__all__ = [
    "CODE_DAYS",
    "FREE_FAILURES",
    "MOST_AT_TERMINAL",
    "MOST_FAILURES",
    "NO_MATCH",
    "CodeLine",
    "CodeVoid",
    "MustWait",
    "PinVoid",
    "SignInFailed",
    "SignInState",
    "Whose",
    "change_pin",
    "check_pin",
    "choose_pin",
    "count_staff_for_codes",
    "hash_pin",
    "looks_like_code",
    "make_code",
    "set_sample_pin",
    "sign_in",
    "sign_in_state",
    "staff_for_codes",
    "wait_after",
    "who_makes_codes",
]
