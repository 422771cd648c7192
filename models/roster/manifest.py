"""manifest.csv: which version the roster is, and which files belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import BadFile
from ..text import clean
from .archive import Source
from .faults import fault, nearest, shown
from .read import Columns, open_table

VERSIONS = ("1.1", "1.2")
MODES = ("bulk", "delta", "absent")
_MANIFEST = "manifest.csv"


@dataclass(frozen=True)
class Manifest:
    """What the roster's first file says about the others."""

    version: str
    modes: Mapping[str, str]
    """"bulk" or "delta" by the plain name of each file that belongs to the roster."""
    system: str
    """The name of the system that wrote the roster, cleaned; may be empty."""

    def mode(self, kind: str) -> str:
        """ "bulk", "delta" or "absent" for a kind of file ("users")."""
        return self.modes.get(kind, "absent")


def read_manifest(source: Source) -> Manifest:
    """Read manifest.csv and hold it against the files that are there.

    Raises:
        BadFile: it is missing or wrong, or names a file that is not there.
    """
    names = source.names()
    if _MANIFEST not in names:
        raise BadFile(
            f"{shown(source.name)} holds no manifest.csv, so it is no OneRoster file as it stands; "
            "export the roster in the OneRoster 1.1 or 1.2 CSV form."
        )
    said: dict[str, tuple[str, int]] = {}
    with open_table(source, _MANIFEST, Columns(("propertyName", "value"))) as table:
        key, value = table.at("propertyName"), table.at("value")
        for row in table.rows():
            name = row[key].strip()
            if name in said:
                fault(_MANIFEST, table.line, f"{shown(name)} stands there twice; keep one.")
            said[name] = (row[value].strip(), table.line)
    return Manifest(
        version=_version(said),
        modes=_modes(said, names),
        system=clean(said.get("source.systemName", ("", 0))[0]).text[:120],
    )


def _version(said: Mapping[str, tuple[str, int]]) -> str:
    if "oneroster.version" not in said:
        fault(_MANIFEST, None, "the line “oneroster.version” is missing; it must say 1.1 or 1.2.")
    version, line = said["oneroster.version"]
    if version not in VERSIONS:
        fault(
            _MANIFEST,
            line,
            f"OneRoster version {shown(version)} is not known here; export it as 1.1 or 1.2.",
            column="oneroster.version",
        )
    return version


def _modes(said: Mapping[str, tuple[str, int]], names: tuple[str, ...]) -> dict[str, str]:
    modes: dict[str, str] = {}
    for key, (mode, line) in said.items():
        kind = key.removeprefix("file.")
        if kind == key:
            continue
        if mode not in MODES:
            fault(
                _MANIFEST,
                line,
                f"{shown(mode)} is not known; it must be bulk, delta or absent.",
                column=shown(key),
            )
        if mode == "absent":
            continue
        if f"{kind}.csv" not in names:
            near = nearest(f"{kind}.csv", list(names))
            hint = f"; rename {shown(near)}" if near else "; add it, or say “absent” there"
            fault(
                _MANIFEST,
                line,
                f"{shown(kind + '.csv')} is not in the roster{hint}.",
                column=shown(key),
            )
        modes[kind] = mode
    return modes
