"""How /mcp speaks HTTP."""

import base64

import pytest
from django.test import Client, RequestFactory
from mcp_types import version

from feeds.mcp.http import mcp
from feeds.mcp.messages import LARGEST
from feeds.mcp.protocol import HANDSHAKE, VERSIONS
from tests.mcp.asking import NOW, call, request, send, stateless

pytestmark = pytest.mark.django_db
PING = request("ping")
STATELESS = {"MCP_Protocol_Version": NOW}


@pytest.mark.parametrize("spoken", HANDSHAKE)
def test_a_handshake_agrees_on_what_the_client_speaks(spoken) -> None:
    answer = send(request("initialize", protocolVersion=spoken, capabilities={}, clientInfo={}))
    assert answer.json()["result"]["protocolVersion"] == spoken
    assert "Mcp-Session-Id" not in answer.headers


def test_a_client_of_another_time_is_offered_the_latest_handshake() -> None:
    answer = send(request("initialize", protocolVersion="2031-01-01"))
    assert answer.json()["result"]["protocolVersion"] == HANDSHAKE[-1]


def test_a_ping_is_answered_at_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = send(PING)
    assert (answer.status_code, answer.json()) == (200, {"jsonrpc": "2.0", "id": 1, "result": {}})
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_there_is_no_stream_and_no_session(method) -> None:
    answer = getattr(Client(), method)("/mcp")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert b"/llms.txt" in answer.content


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "application/json, text/event-stream"}, 200),
        ({"MCP_Protocol_Version": "2031-01-01"}, 400),
        ({"MCP_Protocol_Version": "2025-06-18"}, 200),
        ({"Host": "elsewhere.example"}, 400),
        ({"Authorization": "Bearer bsk_nothing"}, 401),
    ],
)
def test_headers_decide_who_is_let_in(headers, status, settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["http://127.0.0.1:8000"]
    assert send(PING, **headers).status_code == status


def test_a_message_in_chunks_is_not_waited_for() -> None:
    asked = RequestFactory().post("/mcp", PING, content_type="application/json")
    del asked.META["CONTENT_LENGTH"]
    assert mcp(asked).status_code == 411


def test_what_is_no_json_by_its_name_is_not_read() -> None:
    answer = Client().post("/mcp", b"{}", content_type="text/plain")
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b" ", -32700),
        (b"{", -32700),
        (b'{"jsonrpc": "2.0", "id": NaN}', -32700),
        (b"\xff", -32700),
        (b"[" * 2000 + b"]" * 2000, -32700),
        (b"[]", -32600),
        (b"7", -32600),
        (b'{"id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": true, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 7}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}', -32600),
        (b" " * (LARGEST + 1), -32600),
    ],
)
def test_what_is_no_message_is_answered_by_what_is_wrong(body, code) -> None:
    answer = send(body)
    assert answer.status_code in (400, 413)
    assert answer.json()["error"]["code"] == code


def test_nobody_waits_for_an_answer_to_a_notification_or_to_an_answer() -> None:
    told = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    for message in (told, {"jsonrpc": "2.0", "id": 1, "result": {}}):
        answer = send(message)
        assert (answer.status_code, answer.content) == (202, b"")
    assert send(told, **STATELESS).status_code == 202


def test_an_unknown_method_is_told_of() -> None:
    answer = send(request("tools/fly"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, -32601)
    answer = send(stateless("tools/fly"), **STATELESS, Mcp_Method="tools/fly")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, -32601)


def test_several_at_once_are_for_the_versions_that_have_it() -> None:
    batch = [PING, {"jsonrpc": "2.0", "method": "notifications/initialized"}, {"id": 2}]
    told = send(batch).json()
    assert [one.get("error", {}).get("code") for one in told] == [None, -32600]
    assert send(batch[1:2]).status_code == 202
    assert send([PING] * 21).status_code == 400
    assert send(batch, MCP_Protocol_Version="2025-06-18").json()["error"]["code"] == -32600


def test_a_request_that_says_all_of_itself_is_answered_by_the_same_rules() -> None:
    answer = send(stateless("server/discover"), **STATELESS, Mcp_Method="server/discover")
    result = answer.json()["result"]
    assert (result["supportedVersions"], result["resultType"]) == (list(VERSIONS), "complete")
    assert send(request("server/discover")).json()["error"]["code"] == -32601
    assert send(stateless("ping"), **STATELESS, Mcp_Method="ping").status_code == 404


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, -32020),
        ({"MCP_Protocol_Version": NOW}, -32020),
        ({"MCP_Protocol_Version": NOW, "Mcp_Method": "tools/list"}, -32020),
        ({"MCP_Protocol_Version": NOW, "Mcp_Method": "resources/read"}, -32020),
        (
            {
                "MCP_Protocol_Version": NOW,
                "Mcp_Method": "resources/read",
                "Mcp_Name": "=?base64?!?=",
            },
            -32020,
        ),
    ],
)
def test_headers_that_say_something_else_are_refused(headers, code) -> None:
    answer = send(stateless("resources/read", uri="paper://é"), **headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_a_name_that_no_header_holds_comes_wrapped() -> None:
    name = base64.b64encode("paper://é".encode()).decode()
    headers = STATELESS | {"Mcp_Method": "resources/read", "Mcp_Name": f"=?base64?{name}?="}
    answer = send(stateless("resources/read", uri="paper://é"), **headers)
    assert "No paper is known as é" in answer.json()["error"]["message"]


def test_an_envelope_tells_version_and_capabilities() -> None:
    message = request("tools/list")
    answer = send(message, **STATELESS, Mcp_Method="tools/list")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32602)


def test_a_failure_of_ours_tells_nothing_of_itself(monkeypatch, caplog) -> None:
    monkeypatch.setattr("feeds.reading.tags", lambda _: 1 / 0)
    answer = send(request("tools/call", name="list_tags", arguments={}))
    assert answer.json()["error"] == {
        "code": -32603,
        "message": "Something went wrong here, and it was written down.",
    }
    assert "ZeroDivisionError" in caplog.text


def test_a_session_in_a_browser_is_nobody_here(client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    body = '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
    answer = client.post("/mcp", body, content_type="application/json")
    assert "list_collections" not in answer.content.decode()
    assert "needs an API key" in call("list_collections")["content"][0]["text"]


def test_every_version_that_the_official_package_knows_is_spoken() -> None:
    assert VERSIONS == version.KNOWN_PROTOCOL_VERSIONS
