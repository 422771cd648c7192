"""What is written down of a fault of the program: where it happened, and no value of anybody's."""

from __future__ import annotations

import traceback

from textual.worker import WorkerFailed


def write_crash(error: BaseException) -> str:
    """Write what went wrong, without any values, to the per-user log; returns where, in words."""
    from pathlib import Path

    from platformdirs import user_log_dir

    if isinstance(error, WorkerFailed):
        error = error.error
    lines = [type(error).__name__]
    lines += [
        f"  {Path(f.filename).name}:{f.lineno} in {f.name}"
        for f in traceback.extract_tb(error.__traceback__)
    ]
    try:
        folder = Path(user_log_dir("cofp", appauthor=False))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = folder / "crash.log"
        with log.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n\n")
        log.chmod(0o600)
    except OSError:
        return "Where it happened could not be written down."
    return f"Where it happened is in {log}, without any personal data."
