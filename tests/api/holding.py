"""Answers held to the shapes that the API's description declares."""

from typing import Any

from django.test import Client


def hold(answer: Any, method: str, path: str) -> None:
    """The answer has the members that are told of the operation at `path`, as it is described."""
    described = Client().get("/api/v1/schema").json()
    operation = described["paths"][f"/api/v1/{path}"][method]
    told = operation["responses"][f"{answer.status_code}"]["content"]["application/json"]
    fits(answer.json(), told["schema"], described["components"]["schemas"])


def fits(value: Any, shape: Any, shapes: dict[str, Any]) -> None:
    """Raises AssertionError where the value has not the members of the shape."""
    for one in [shape, *shape.get("allOf", []), *shape.get("oneOf", [])]:
        if "$ref" in one and value is not None:
            fits(value, shapes[one["$ref"].rpartition("/")[2]], shapes)
    if shape.get("anyOf"):
        assert any(_fits(value, one, shapes) for one in shape["anyOf"]), (value, shape)
    if isinstance(value, dict) and "properties" in shape:
        assert set(shape.get("required", [])) <= set(value) <= set(shape["properties"])
        for name, inner in value.items():
            fits(inner, shape["properties"][name], shapes)
    if isinstance(value, list):
        for inner in value:
            fits(inner, shape["items"], shapes)


def _fits(value: Any, shape: Any, shapes: dict[str, Any]) -> bool:
    try:
        fits(value, shape, shapes)
    except AssertionError:
        return False
    return True
