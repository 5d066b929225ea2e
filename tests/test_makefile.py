"""What make offers, and says where it cannot."""

import re
import subprocess
from pathlib import Path

from tests.config.processes import clean_environment

ROOT = Path(__file__).resolve().parent.parent


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--file", ROOT / "Makefile", *arguments],
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_lists_every_target() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = re.findall(r"^make ([\w-]+) +\S", make("help").stdout, re.MULTILINE)
    assert targets
    assert sorted(listed) == sorted(targets[1].split())


def test_help_is_what_make_alone_says() -> None:
    assert make().stdout == make("help").stdout


def test_a_wrong_python_is_refused_in_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python2"
    old.write_text("#!/bin/sh\necho 'SyntaxError: old' >&2\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("")
    for python in (old, "no-such-python"):
        done = make("run", f"PYTHON={python}", folder=tmp_path)
        assert done.returncode
        assert done.stderr.startswith(f"broadsheet: {python} is not a Python 3.11 or newer;")
        assert "SyntaxError" not in done.stderr
        assert not (tmp_path / ".venv").exists()
