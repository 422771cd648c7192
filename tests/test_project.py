"""The project around the program: what it is installed from, built into, and told by its README."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from models.database import migrations
from tests.roster_files import LittleRoster
from tests.test_cli import ROOT, cofp, environment
from tui.cli import parser

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
WITH_PEOPLE = ("appoint", "code", "today", "school")
"""Commands that name somebody or something of one's own division."""


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return found.group().lower().replace("_", "-")


def test_every_requirement_is_pinned_by_hash_and_without_an_address() -> None:
    assert "http" not in REQUIREMENTS
    assert "index" not in REQUIREMENTS.replace("--hash", "")
    entries = re.findall(r"^\S+==.*?(?=^\S|\Z)", REQUIREMENTS, re.MULTILINE | re.DOTALL)
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[\w.!+]+( ; [^\\]+)? \\\n", entry), entry
        assert "--hash=sha256:" in entry
    others = [
        line for line in REQUIREMENTS.splitlines() if line and not re.match(r"[a-z0-9 ]", line)
    ]
    assert not others


def test_what_the_project_needs_stands_in_the_requirements() -> None:
    locked = {_name(line) for line in REQUIREMENTS.splitlines() if "==" in line}
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["postgres"], *extras["test"]]
    missing = {_name(w) for w in wanted} - locked - {"cofp"}
    assert not missing


def test_bounds_are_lower_bounds() -> None:
    extras = PROJECT["optional-dependencies"]
    for wanted in (*PROJECT["dependencies"], *extras["postgres"], *extras["test"]):
        assert wanted.startswith("cofp[") or re.fullmatch(r"[\w\[\]-]+>=[\d.]+", wanted), wanted


@pytest.mark.slow
def test_the_wheel_holds_both_floors_the_styles_and_the_migrations(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--wheel-dir", str(tmp_path), str(ROOT)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("cofp-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"tui/screens.css", "tui/__main__.py", "tui/cli/__init__.py", "models/years.py"} <= names
    assert {f"models/migrations/{name}.py" for name in migrations()} <= names
    assert not [
        n for n in names if n.split("/")[0] not in ("models", "tui") and "dist-info" not in n
    ]
    sources = {
        str(path.relative_to(ROOT))
        for floor in ("models", "tui")
        for path in (ROOT / floor).rglob("*.py")
    }
    assert sources <= names


def test_every_target_of_the_makefile_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "bench", "soak", "pictures", "mutants"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for module in re.findall(r"-m (tests\.\w+)", makefile):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    assert "requirements.txt" in re.search(r"^\$\(READY\):(.*)$", makefile, re.MULTILINE).group(1)  # type: ignore[union-attr]
    assert "--require-hashes" in makefile


def test_the_checks_script_calls_make_and_ends_with_pytests_closing_line() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    text = script.read_text(encoding="utf-8")
    assert "make test" in text
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_the_licence_is_mit() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert PROJECT["license"] == "MIT"


# -- README ------------------------------------------------------------------------------------------


def readme_commands() -> list[str]:
    """The command lines of README's `sh` blocks, without prompts and comments."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    plain = [line.removeprefix("$ ").strip() for line in lines]
    return [line for line in plain if line and not line.startswith("#")]


def cofp_arguments(line: str) -> list[str] | None:
    """The arguments of a line that runs the program; None of any other."""
    words = shlex.split(line, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        words = words[1:]
    if words and words[0].split("/")[-1] == "cofp":
        return words[1:]
    return words[3:] if words[1:3] == ["-m", "tui"] else None


def test_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make run", "make test"):
        assert re.search(rf"^{command}\b", readme, re.MULTILINE)


def test_every_cofp_line_of_readme_is_understood() -> None:
    found = [a for line in readme_commands() if (a := cofp_arguments(line)) is not None]
    assert found
    for arguments in found:
        parser.parse(arguments)


def test_readmes_commands_work_in_their_order(tmp_path: Path) -> None:
    """Run for real, but for those that name somebody, or a file that only a division has."""
    little = LittleRoster("1.2")
    for number, name in enumerate(("Ann Lee", "Bo Ray", "Cy Dee", "Di Fox")):
        little.person(f"T{number}", name, "teacher", ("S1" if number % 2 else "S2",))
    little.zip(tmp_path / "roster.zip")
    (tmp_path / "offerings.csv").write_text(
        "title,description,facilitators\nBread,We bake.,t0@school.example\n"
    )
    ran = 0
    for line in readme_commands():
        arguments = cofp_arguments(line)
        if arguments is None:
            continue
        chosen = parser.parse(arguments)
        files = [
            value for value in (getattr(chosen, "roster", None), getattr(chosen, "file", None))
            if isinstance(value, Path)
        ]  # fmt: skip
        is_own = chosen.command in WITH_PEOPLE or (chosen.database or "").startswith("postgres")
        known = all((tmp_path / f).exists() for f in files) or chosen.command == "backup"
        if is_own or not known:
            continue
        is_screen = chosen.command in (None, "kiosk") or (
            chosen.command == "sample" and getattr(chosen, "inner", None) in (None, "kiosk")
        )
        cofp(tmp_path, *arguments, code=2 if is_screen else 0)
        ran += 1
    assert ran >= 3


def test_the_program_runs_from_its_source_and_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from tui.cli import main; raise SystemExit(main(['--version']))"],
        capture_output=True, text=True, env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == f"cofp {PROJECT['version']}\n"
