"""What a PIN and a code are: which are allowed, and how they are hashed; without the store."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from .. import text
from ..errors import BadText
from ..words import count

if TYPE_CHECKING:
    from argon2 import PasswordHasher

DIGITS = 6
"""The fewest digits of a PIN."""
CHARACTERS = 8
"""The fewest characters of a passphrase."""
LONGEST = 128

FIELD = "PIN"

_COMMON_DIGITS = frozenset((
    "010203", "0102030405", "100200", "102030", "110110", "112211", "112233", "1122334455",
    "113355", "121314", "123321", "1234321", "12344321", "123654", "135790", "135791",
    "13579246", "141421", "142536", "147258", "1472580", "14725836", "147852", "147896",
    "159357", "159753", "159951", "161803", "202020", "246810", "24681012", "246824", "258456",
    "258852", "271828", "314159", "31415926", "336699", "357159", "369258", "369852", "445566",
    "456123", "520131", "520520", "5318008", "654123", "741852", "753951", "778899", "789456",
    "852456", "867530", "8675309", "951753", "963852", "975310", "987456", "998877",
))  # fmt: skip
_COMMON_WORDS = (
    "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "passphrase", "motdepasse",
    "letmein", "qwerty", "qwertz", "azerty", "asdfghjk", "zxcvbnm", "1q2w3e4r", "q1w2e3r4",
    "iloveyou", "jetaime", "sunshine", "princess", "football", "baseball", "superman",
    "trustno1", "welcome", "bienvenue", "changeme", "whatever", "starwars", "teacher",
    "principal", "classroom", "education", "summer", "winter", "regina", "saskatchewan",
    "roughriders", "riders", "canada", "administrator", "administration", "computer",
    "internet", "abcdefgh", "abcd1234",
)  # fmt: skip

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is written in: nothing that looks like something else (no 0, O, 1, I, L)."""
CODE_LENGTH = 8
"""39 random bits; with the limits on tries nobody guesses one in its seven days."""


def check_pin(pin: str, own: Iterable[str] = ()) -> str:
    """The PIN or passphrase in the form that is hashed.

    `own` are the person's name and e-mail, which may not serve. Raises BadText that says what would
    be right and never repeats what was typed.
    """
    secret = normal_pin(pin)
    if len(secret) > LONGEST:
        raise BadText(FIELD, f"{LONGEST} characters fit. Please choose a shorter one.")
    if not secret.isprintable():
        raise BadText(FIELD, "please use only characters that can be seen.")
    if secret.isdecimal():
        if len(secret) < DIGITS:
            raise BadText(FIELD, _too_few(len(secret), "digit"))
        why = _weak_digits("".join(str(unicodedata.decimal(c)) for c in secret))
    else:
        if len(secret) < CHARACTERS:
            raise BadText(FIELD, _too_few(len(secret), "character"))
        why = _weak_words(secret, own)
    if why:
        raise BadText(FIELD, f"{why}, so others would guess it. Please choose another.")
    return secret


def _too_few(number: int, what: str) -> str:
    """What is wrong with something too short; what would be right stands beside the field."""
    return f"{count(number, what)} would be guessed. Please choose a longer one."


def normal_pin(pin: str) -> str:
    """What was typed, in one normal form and without spaces around it."""
    return unicodedata.normalize("NFC", pin).strip()


def _weak_digits(digits: str) -> str:
    """Why a PIN of digits is easily guessed; empty when it is not."""
    if _repeats(digits):
        return "this one repeats itself"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    if len(steps) == 1 and steps <= {1, 2, 8, 9}:
        return "this one only counts up or down"
    if len(set(digits)) < 3:
        return "this one has only two different digits"
    if digits in _COMMON_DIGITS:
        return "many people choose this one"
    if _is_date(digits):
        return "this one looks like a date"
    return ""


def _repeats(secret: str) -> bool:
    """Whether the whole is one shorter piece again and again: 777777, 121212, 123123, abcabcabc."""
    return secret in (secret + secret)[1:-1]


def _is_date(digits: str) -> bool:
    """Whether digits read as a day that somebody living may celebrate, in a usual order."""
    if len(digits) == 8:
        return any(
            1900 <= int(year) <= 2100 and _is_day(int(year), month, on)
            for year, month, on in (
                (digits[:4], digits[4:6], digits[6:]),
                (digits[4:], digits[:2], digits[2:4]),
                (digits[4:], digits[2:4], digits[:2]),
            )
        )
    if len(digits) != 6:
        return False
    for year, month in ((digits[:4], digits[4:]), (digits[2:], digits[:2])):
        if 1920 <= int(year) <= 2040 and 1 <= int(month) <= 12:
            return True
    # Two digits of the year: only years of birth, or too many good PINs would be refused.
    for two, month, on in (
        (digits[:2], digits[2:4], digits[4:]),
        (digits[4:], digits[:2], digits[2:4]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        born = 1900 + int(two) if int(two) >= 45 else 2000 + int(two)
        if born <= 2010 and _is_day(born, month, on):
            return True
    return False


def _is_day(year: int, month: str, on: str) -> bool:
    try:
        date(year, int(month), int(on))
    except ValueError:
        return False
    return True


def _weak_words(secret: str, own: Iterable[str]) -> str:
    """Why a passphrase is easily guessed; empty when it is not."""
    if _repeats(secret):
        return "this one repeats itself"
    folded = "".join(c for c in text.fold(secret) if c.isalnum())
    if len(set(folded or secret)) < 4:
        return "this one has very few different characters"
    steps = {ord(b) - ord(a) for a, b in pairwise(folded)}
    if len(steps) == 1 and steps <= {1, -1}:
        return "this one only follows the alphabet"
    for word in _COMMON_WORDS:
        # A common word with a few characters around it (“Welcome2026!”) is as common.
        if word in folded and len(folded) - len(word) <= 5:
            return "many people choose this one"
    for mine in own:
        parts = [mine, mine.partition("@")[0], *mine.split()]
        names = {"".join(c for c in text.fold(part) if c.isalnum()) for part in parts}
        if any(len(name) > 3 and name in folded and len(folded) - len(name) <= 5 for name in names):
            return "this one is your own name"
    return ""


# -- hashing ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    # Imported when first needed: it costs start time.
    from argon2 import PasswordHasher

    return PasswordHasher()


def hash_pin(secret: str) -> str:
    """The argon2id hash of a checked PIN; slow on purpose, so never inside a transaction."""
    return _hasher().hash(secret.encode("utf-8", "surrogatepass"))


def pin_fits(hashed: str, pin: str) -> bool:
    """Whether what was typed is the PIN; an empty `hashed` takes the same time and never fits."""
    from argon2.exceptions import InvalidHashError, VerificationError

    secret = normal_pin(pin).encode("utf-8", "surrogatepass")[: 4 * LONGEST]
    try:
        _hasher().verify(hashed or _nobodys(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return bool(hashed)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A hash of the usual cost that is nobody's."""
    hasher = _hasher()
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


def is_outdated(hashed: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return _hasher().check_needs_rehash(hashed)


def write_code(number: int) -> str:
    """A code as it is printed, from a random number: “K7QM-2XWD”."""
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    half = CODE_LENGTH // 2
    return f"{''.join(letters[:half])}-{''.join(letters[half:])}"


def normal_code(code: str) -> str:
    """What was typed for a code, without case, spaces and dashes."""
    return "".join(c for c in unicodedata.normalize("NFKC", code[:LONGEST]).upper() if c.isalnum())


def looks_like_code(code: str) -> bool:
    """Whether what was typed could be a code at all: its length, and only what codes are written in."""
    plain = normal_code(code)
    return len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET)


def hash_code(code: str) -> str:
    """The hash of a code, about 10 ms.

    A code is random and lives for a week, so less than argon2 will do: a Lead who prints forty does
    not wait.
    """
    import secrets

    salt = secrets.token_hex(16)
    return f"scrypt${salt}${_scrypt(code, salt)}"


def code_fits(hashed: str, code: str) -> bool:
    """Whether what was typed is the code; an empty `hashed` takes the same time and never fits."""
    import hmac

    _, _, rest = (hashed or f"scrypt${'0' * 32}$none").partition("$")
    salt, _, expected = rest.partition("$")
    return hmac.compare_digest(_scrypt(code, salt), expected)


def _scrypt(code: str, salt: str) -> str:
    import hashlib

    secret = normal_code(code).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt.encode(), n=4096, r=8, p=1, dklen=32).hex()
