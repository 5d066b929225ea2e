"""A directory on the server: what is put there is read."""

import os
import stat
from collections.abc import Generator
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO

from django import forms

from feeds.http import Refused
from feeds.packing import LARGEST, FileContent
from feeds.sources.base import Ask, Document, Settings, State, remembered, sources

_SETTLED = 10.0  # seconds without a change after which a file is taken for whole
_UNFINISHED = (".part", ".tmp", ".crdownload", "~")

_Mark = tuple[int, str]  # when a file came or changed, in nanoseconds, and its name


class WatchFolderForm(forms.Form):
    folder = forms.CharField(
        max_length=1000, help_text="a whole path on the machine that the worker runs on"
    )
    pattern = forms.CharField(
        max_length=100, required=False, help_text="of the files' names, like *.json; else all"
    )

    def clean_folder(self) -> str:
        folder: str = self.cleaned_data["folder"]
        if not Path(folder).is_absolute():
            raise forms.ValidationError("A whole path is needed, one that starts with /.")
        return folder

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"] or "*"
        if "/" in pattern:
            raise forms.ValidationError("A pattern of names is needed, without /.")
        return pattern


class WatchFolder:
    """What came into the folder since the last run, oldest first; nothing in it is touched.

    A file has come when it was written, changed, or moved there, whatever its own date is.
    Hidden files, links, folders, those of an unfinished download and those that changed in the
    last ten seconds are left for a later run. A file that is no digest is told of once.
    """

    name = "watch_folder"
    label = "A folder on the server"
    every = 5
    form = WatchFolderForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        folder, pattern = Path(settings["folder"]), settings["pattern"]
        of = f"{folder} {pattern}"
        known = remembered(state, of)
        after = (int(known["at"]), str(known["name"])) if known else (0, "")
        for mark in _come(folder, pattern, after, now):
            at, name = mark
            stored = {"of": of, "at": at, "name": name}
            try:
                with (folder / name).open("rb") as file:
                    if _mark(name, file.fileno()) == mark:  # else a later run takes it
                        yield _document(file, name, stored)
            except OSError as error:
                why = error.strerror or type(error).__name__
                yield Document(None, name, stored, trouble=f"{name} cannot be read: {why}.")


def _document(file: IO[bytes], name: str, stored: State) -> Document:
    content = FileContent(file)
    if len(content) > LARGEST:
        trouble = f"{name} is longer than {LARGEST:,} bytes."
        return Document(None, name, stored, trouble=trouble)
    return Document(content, name, stored, alone=True)


def _come(folder: Path, pattern: str, after: _Mark, now: datetime) -> list[_Mark]:
    """The files to be read that came `after`, in the order in which they came.

    The time is that of the last change of the entry (ctime), which nobody can set: a file that
    is moved here with an old date is new here.
    """
    settled = (now.timestamp() - _SETTLED) * 1e9
    try:
        names = [path.name for path in folder.iterdir() if _wanted(path.name, pattern)]
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(f"{folder} is no folder on this machine.") from None
    marks = (_mark(name, folder / name) for name in names)
    return sorted(mark for mark in marks if mark and mark > after and mark[0] <= settled)


def _wanted(name: str, pattern: str) -> bool:
    return (
        not name.startswith(".") and not name.endswith(_UNFINISHED) and fnmatchcase(name, pattern)
    )


def _mark(name: str, file: Path | int) -> _Mark | None:
    """None for what is no file, has nothing in it yet, or went away."""
    try:
        known = file.lstat() if isinstance(file, Path) else os.fstat(file)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(known.st_mode) or not known.st_size:
        return None
    return known.st_ctime_ns, name


sources.register(WatchFolder())
