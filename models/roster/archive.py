"""Where a roster's bytes come from: a folder, or a zip that is looked at before it is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NoReturn, Protocol

from ..errors import BadFile
from .faults import fault, shown

MOST_ENTRIES = 200
"""Files in one archive; OneRoster knows about thirty."""
MOST_BYTES = 512 * 2**20
"""Bytes of one file, unpacked. A division of a million students needs about 200 MiB."""
MOST_BYTES_TOGETHER = 1024 * 2**20
"""Bytes of all files of an archive together, unpacked."""
MOST_TIMES = 200
"""How many times larger than its packed form a file may become; real rosters reach about 15."""
SMALL = 2**20
"""Bytes below which the packing ratio says nothing."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    MemoryError,
    OverflowError,
    RuntimeError,  # NotImplementedError is one
    ValueError,  # UnicodeDecodeError is one
    struct.error,
)
"""What zipfile raises at bytes that somebody has changed: it trusts most of what they say."""
_PACKED = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")


class Stream(Protocol):
    """Bytes in order."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""

    def close(self) -> None:
        """Let go of them."""


class Source:
    """A folder or an archive that holds a roster's files; a context manager."""

    name: str
    """The file's or folder's own name, without its path."""

    def names(self) -> tuple[str, ...]:
        """The files there, by their plain names."""
        raise NotImplementedError

    def open(self, name: str) -> Stream:
        """The bytes of one file; raises BadFile when it may not be read."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the archive."""

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Folder(Source):
    """A folder of CSV files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.resolve().name

    def names(self) -> tuple[str, ...]:
        """The folder's entries."""
        return tuple(sorted(entry.name for entry in self.path.iterdir()))

    def open(self, name: str) -> Stream:
        """A plain file of the folder: no link, no device, not too large."""
        path = self.path / name
        try:
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode):
                fault(name, None, "this is no plain file; put a copy of the file itself there.")
            if found.st_size > MOST_BYTES:
                _too_large(name, found.st_size)
            return _Bounded(path.open("rb"), name)
        except OSError as error:
            raise BadFile(f"{name}: the file cannot be read ({error.strerror}).") from error


class Archive(Source):
    """A zip, every entry of which was looked at before any is unpacked."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise BadFile(
                f"{shown(path.name)} is no complete zip; it may have been cut off on its way. "
                "Export or download it again."
            ) from error
        try:
            self._entries = self._checked()
        except BadFile:
            self._zip.close()
            raise

    def names(self) -> tuple[str, ...]:
        """The files in the archive, by their plain names."""
        return tuple(sorted(self._entries))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def open(self, name: str) -> Stream:
        """One entry, unpacked as it is read."""
        with _zip_faults(name):
            return _Bounded(self._zip.open(self._entries[name]), name)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """The CSV entries by plain name, after all that the directory can tell was looked at."""
        infos = self._zip.infolist()
        if len(infos) > MOST_ENTRIES:
            fault(self.name, None, f"{len(infos):,} files are in it; at most {MOST_ENTRIES} fit.")
        together = 0
        found: dict[str, zipfile.ZipInfo] = {}
        folders: set[str] = set()
        for info in infos:
            self._check_entry(info)
            together += info.file_size
            if together > MOST_BYTES_TOGETHER:
                _too_large(self.name, together)
            path = PurePosixPath(info.filename)
            if info.is_dir() or "__MACOSX" in path.parts or not path.name.endswith(".csv"):
                continue
            folders.add(str(path.parent))
            if path.name in found:
                fault(self.name, None, f"{shown(path.name)} is in it twice; keep one.")
            found[path.name] = info
        if len(folders) > 1:
            fault(
                self.name,
                None,
                "its CSV files lie in several folders; zip the files of one roster alone.",
            )
        return found

    def _check_entry(self, info: zipfile.ZipInfo) -> None:
        """Refuse an entry that is not plainly one packed file of bearable size."""
        name = info.filename
        path = PurePosixPath(name)
        # zipfile cuts a name at NUL; the original form still tells.
        if (
            path.is_absolute()
            or ".." in path.parts
            or "\\" in info.orig_filename
            or "\0" in info.orig_filename
            or ":" in "".join(path.parts[:1])
        ):
            fault(
                self.name,
                None,
                f"the name {shown(name)} in it points outside; "
                "make the zip again from the CSV files alone.",
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            fault(
                self.name,
                None,
                f"{shown(name)} in it is a link; zip the file itself.",
            )
        if info.flag_bits & 0x1:
            fault(self.name, None, "it is locked with a password; make the zip without one.")
        if path.suffix.lower() in _PACKED:
            fault(
                self.name,
                None,
                f"another archive, {shown(name)}, is in it; unpack it and give that one.",
            )
        if info.compress_type not in _METHODS and not info.is_dir():
            fault(
                self.name,
                None,
                f"{shown(name)} is packed in an unusual way; make the zip with the usual method.",
            )
        if info.file_size > MOST_BYTES:
            _too_large(name, info.file_size)
        if info.file_size > SMALL and info.file_size > MOST_TIMES * max(1, info.compress_size):
            fault(
                self.name,
                None,
                f"{shown(name)} would unpack to more than {MOST_TIMES} times its size, "
                "which no roster does; export it again.",
            )


class _Bounded:
    """A file's bytes, counted as they come: an archive's directory may lie, a file may grow."""

    def __init__(self, stream: Stream, name: str) -> None:
        self._stream = stream
        self._name = name
        self._total = 0

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; raises BadFile when they are damaged or too many."""
        with _zip_faults(self._name):
            data = self._stream.read(size)
        self._total += len(data)
        if self._total > MOST_BYTES:
            _too_large(self._name, self._total)
        return data

    def close(self) -> None:
        """Let go of the entry."""
        self._stream.close()


def open_source(path: Path) -> Source:
    """The roster at `path`, a zip or a folder; raises BadFile when it is neither."""
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise BadFile(f"{shown(str(path), 200)} is not there; look at the path again.")
    if not path.is_file():
        raise BadFile(f"{shown(path.name)} is neither a zip nor a folder of CSV files.")
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if not start.startswith(b"PK"):
            raise BadFile(
                f"{shown(path.name)} is no zip; "
                "give the OneRoster zip, or the folder with its CSV files."
            )
        return Archive(path)
    except OSError as error:
        raise BadFile(f"{shown(path.name)} cannot be read ({error.strerror}).") from error


@contextmanager
def _zip_faults(name: str) -> Iterator[None]:
    """Turn what zipfile finds while unpacking into a sentence."""
    try:
        yield
    except (*_DAMAGE, OSError) as error:
        raise BadFile(
            f"{name}: the file is damaged or cannot be read; export or download it again."
        ) from error


def _too_large(name: str, size: int) -> NoReturn:
    fault(name, None, f"{size / 2**20:,.0f} MB unpacked is more than any roster; export it again.")
