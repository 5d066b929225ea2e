"""A directory on the server: what is put there is read."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django import forms

from feeds.http import Refused
from feeds.packing import LARGEST
from feeds.sources.base import Ask, Document, Settings, State, sources

_SETTLED = 10.0  # seconds without a change after which a file is taken for whole
_UNFINISHED = (".part", ".tmp", ".crdownload", "~")


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
        if "/" in pattern or ".." in pattern:
            raise forms.ValidationError("A pattern of names is needed, without / and without “..”.")
        return pattern


class WatchFolder:
    """Each content once, by its name's order; nothing is moved, changed or deleted.

    Hidden files, those of an unfinished download and those that changed in the last ten seconds
    are left for the next run. A file that is no digest is told of once.
    """

    name = "watch_folder"
    label = "A folder on the server"
    form = WatchFolderForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Iterator[Document]:
        folder = Path(settings["folder"])
        if not folder.is_dir():
            raise Refused(f"{folder} is no folder on this machine.")
        taken = dict.fromkeys(state.get("taken", []))
        for path in sorted(folder.glob(settings["pattern"])):
            content = _whole(path, now)
            if content is None:
                continue
            # 64 bits tell the files of a folder apart, and the state stays small.
            mark = hashlib.sha256(content).hexdigest()[:16]
            if mark not in taken:
                taken[mark] = None
                yield Document(content, path.name, {"taken": list(taken)}, alone=True)


def _whole(path: Path, now: datetime) -> bytes | None:
    """The file's bytes, or None where it is not to be read now."""
    if path.name.startswith(".") or path.name.endswith(_UNFINISHED) or not path.is_file():
        return None
    before = path.stat()
    if now.timestamp() - before.st_mtime < _SETTLED or before.st_size == 0:
        return None
    if before.st_size > LARGEST:
        raise Refused(f"{path.name} is longer than {LARGEST:,} bytes.")
    content = path.read_bytes()
    after = path.stat()
    same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(content))
    return content if same else None


sources.register(WatchFolder())
