"""The manifests say what compose says: no cluster runs here."""

import re
import shlex
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "deploy/kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
OBJECTS: list[dict[str, Any]] = [
    found
    for name in KUSTOMIZATION["resources"]
    for found in yaml.safe_load_all((FOLDER / name).read_text())
]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PODS = {
    found["metadata"]["name"]: found["spec"]["template"]["spec"]
    for found in OBJECTS
    if found["kind"] in ("Deployment", "Job")
}


def containers() -> list[dict[str, Any]]:
    return [
        container
        for pod in PODS.values()
        for container in (*pod.get("initContainers", ()), *pod["containers"])
    ]


def test_every_part_that_compose_starts_has_a_pod() -> None:
    ours = {name for name, service in COMPOSE.items() if service.get("build")}
    assert set(PODS) == ours - {"index"}  # which stands beside those that ask it


def test_a_part_is_started_as_compose_starts_it_but_for_how_many() -> None:
    for name in ("mail", "ingest", "meaning", "beat", "migrate"):
        started = next(c for c in PODS[name]["containers"] if c["name"] == name)["command"]
        assert started == shlex.split(COMPOSE[name]["command"])


def test_what_searches_has_an_index_beside_it() -> None:
    for name in ("web", "mail"):
        beside = next(c for c in PODS[name]["containers"] if c["name"] == "index")
        assert beside["command"] == shlex.split(COMPOSE["index"]["command"])
        mounts = [c["volumeMounts"] for c in PODS[name]["containers"]]
        assert all({"name": "index", "mountPath": "/srv/data/index"} in found for found in mounts)


def test_every_container_is_nobody_and_writes_nowhere_else() -> None:
    for pod in PODS.values():
        assert pod["securityContext"]["runAsNonRoot"] is True
    for container in containers():
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["image"] == KUSTOMIZATION["images"][0]["name"]


def test_what_serves_waits_for_the_migrations() -> None:
    for name in set(PODS) - {"migrate"}:
        assert "migrate --check" in PODS[name]["initContainers"][0]["command"][-1]


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs/operating.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", told, re.MULTILINE))
    given = [found.get("data") or found.get("stringData") or {} for found in OBJECTS]
    assert {name for settings in given for name in settings} <= documented


def test_there_are_never_two_of_beat() -> None:
    beat = next(f["spec"] for f in OBJECTS if f["metadata"]["name"] == "beat")
    assert (beat["replicas"], beat["strategy"]) == (1, {"type": "Recreate"})
