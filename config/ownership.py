"""Who owns the embedded servers' files.

PostgreSQL refuses to run as root. Where root starts it, as in a container, it runs as the owner of
the data directory, or as a system user of its own where that owner is root too.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any, BinaryIO

SYSTEM_USER = "broadsheet"


class NoUser(Exception):
    """Root has nobody to run PostgreSQL as; the message is one sentence that says what to do."""


def settle(home: Path) -> None:
    """Gives the servers' folder to the user that they run as, and lets that user reach it.

    Raises NoUser where there is no such user and none can be made.
    """
    if os.geteuid():
        return
    if home.stat().st_uid == 0:
        owner = home.parent.stat()
        if owner.st_uid:
            os.chown(home, owner.st_uid, owner.st_gid)
        else:
            user = _system_user()
            os.chown(home, user.pw_uid, user.pw_gid)
    _let_through(home.parent)


def open_programs(folder: Path) -> None:
    """Lets that user run the programs in `folder`, which may be in root's home."""
    if os.geteuid():
        return
    _let_through(folder)
    if all(path.stat().st_mode & stat.S_IROTH for path in folder.iterdir()):
        return
    for path in folder.parent.rglob("*"):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def as_owner(home: Path) -> dict[str, Any]:
    """Arguments of `subprocess.run` for a program that runs as the owner of `home`."""
    if os.geteuid():
        return {}
    owner = home.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def make_folder(path: Path, home: Path) -> None:
    """A private folder with the owner of `home`, if there is none yet."""
    if not path.exists():
        path.mkdir(mode=0o700)
        _give(path, home)


def open_log(path: Path) -> BinaryIO:
    """The file, to be written at its end; it belongs to the owner of its folder."""
    file = path.open("ab")
    _give(path, path.parent)
    return file


def write(path: Path, text: str, home: Path) -> None:
    """A private file with the owner of `home`, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    new.write_text(text)
    _give(new, home)
    new.replace(path)


def _give(path: Path, home: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, home.stat().st_uid, home.stat().st_gid)


def _let_through(folder: Path) -> None:
    """Others may pass through this folder to what is theirs; they still cannot list it."""
    for place in (folder, *folder.parents):
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH:
            place.chmod(mode | stat.S_IXOTH)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd")
    if useradd:
        options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(  # noqa: S603 - the program that the system has for it
            [useradd, *options, SYSTEM_USER], capture_output=True, check=False
        )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise NoUser(
            f"PostgreSQL does not run as root, and there is no user {SYSTEM_USER} for it; "
            f"make one (useradd --system {SYSTEM_USER}) or set DATABASE_URL and REDIS_URL."
        ) from None
