"""Whatever bytes come, a message or a fault comes of them."""

import io
import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.mcp.answering import answer
from feeds.mcp.caller import ANYBODY
from feeds.mcp.messages import LARGEST, decoded, message, name_of
from feeds.mcp.protocol import UNSAID, VERSIONS, Fault
from feeds.mcp.stdio import serve

# Methods that ask no database.
ASKED = st.sampled_from(
    ["initialize", "ping", "prompts/get", "prompts/list", "server/discover", ""]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = ("_meta", "name", "arguments", "cursor", "protocolVersion", "topic")
PARAMS = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4) | JSON
MESSAGES = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | JSON},
    optional={"id": JSON, "method": ASKED | JSON, "params": PARAMS, "result": JSON},
)


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_a_fault(body) -> None:
    try:
        decoded(body)
    except Fault as fault:
        assert fault.code == -32700
        assert str(fault).startswith("The message is no JSON")


@given(MESSAGES | JSON, st.sampled_from(VERSIONS), st.none() | st.just({}))
def test_any_json_is_answered_by_the_rules(given_json, version, headers) -> None:
    told = answer(given_json, ANYBODY, version, headers)
    if told is None:
        assert isinstance(given_json, dict)
        assert "id" not in given_json or "method" not in given_json
        return
    assert (told["jsonrpc"], told["id"]) == ("2.0", name_of(given_json))
    assert ("result" in told) != ("error" in told)
    orjson.dumps(told)


@given(MESSAGES)
def test_a_message_that_is_read_has_what_a_message_has(given_json) -> None:
    try:
        read = message(given_json)
    except Fault as fault:
        assert fault.code == -32600
        return
    if read:
        assert isinstance(read.method, str)
        assert isinstance(read.params, dict)


@pytest.mark.django_db
@given(st.lists(st.binary(max_size=30).filter(lambda line: line.strip()), max_size=5))
def test_each_line_is_answered_on_a_line(lines) -> None:
    sent = [line.replace(b"\n", b" ").replace(b"\r", b" ") + b"x" for line in lines]
    out = io.BytesIO()
    serve(io.BytesIO(b"\n".join(sent)), out, ANYBODY)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["error"]["code"] for one in told] == [-32700] * len(sent)


@pytest.mark.django_db
def test_a_line_that_is_too_long_is_passed_over() -> None:
    ping = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    out = io.BytesIO()
    serve(io.BytesIO(b"7" * (3 * LARGEST) + b"\n\n" + ping), out, ANYBODY)
    long, short = [json.loads(line) for line in out.getvalue().splitlines()]
    assert "256 kB" in long["error"]["message"]
    assert short["result"] == {}


@pytest.mark.django_db
def test_what_a_handshake_agreed_on_holds_for_the_lines_after_it() -> None:
    def lines(version: str) -> list[dict]:
        first = {"jsonrpc": "2.0", "id": 1, "method": "initialize"}
        first["params"] = {"protocolVersion": version}
        batch = [{"jsonrpc": "2.0", "id": 2, "method": "ping"}]
        out = io.BytesIO()
        serve(io.BytesIO(orjson.dumps(first) + b"\n" + orjson.dumps(batch)), out, ANYBODY)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    assert lines(UNSAID)[1] == [{"jsonrpc": "2.0", "id": 2, "result": {}}]
    assert lines("2025-11-25")[1]["error"]["code"] == -32600
