"""The outbound client, against servers on loopback that behave as the worst of the web does."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
import stamina

from feeds.http import Fetched, Limits, Refused, Unreachable, fetch, post
from tests.site import Site

ONCE = Limits(attempts=1, silence=0.3, deadline=1.0, largest=100_000)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


def test_an_answer_comes_with_its_names(site: Site) -> None:
    site.gives("/a", b"papers", Content_Type="text/xml", ETag='"1"', Last_Modified="yesterday")
    assert fetch(site.url("/a"), limits=ONCE) == Fetched(
        f"http://{site.place}/a", b"papers", "text/xml", '"1"', "yesterday"
    )


def test_what_is_known_already_is_not_sent_again(site: Site) -> None:
    site.gives("/a", status=304)
    answer = fetch(site.url("/a"), etag='"1"', modified="then", limits=ONCE)
    assert answer.unchanged
    assert site.asked[0][1]["If-None-Match"] == '"1"'
    assert site.asked[0][1]["If-Modified-Since"] == "then"


def test_packed_answers_are_unpacked(site: Site) -> None:
    site.gives("/a", gzip.compress(b"papers"), Content_Encoding="gzip")
    assert fetch(site.url("/a"), limits=ONCE).content == b"papers"


def test_a_redirect_is_followed(site: Site) -> None:
    site.gives("/a", status=302, Location="/b?x=1#part")
    site.gives("/b", b"here")
    answer = fetch(site.url("/a"), limits=ONCE)
    assert (answer.content, site.asked[-1][0]) == (b"here", "/b?x=1")


def test_letters_beyond_ascii_are_written_as_addresses_write_them(site: Site) -> None:
    site.gives("/d%C3%BCrer", b"here")
    assert fetch(site.url("/dürer"), limits=ONCE).content == b"here"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://example.org/a", "http://"),
        ("file:///etc/passwd", "http://"),
        ("http:///a", "http://"),
        ("http://[::1", "no address"),
        ("http://example.org:99999/", "no address"),
        ("http://user:word@example.org/", "password"),
        ("http://example.org:8080/", "only 80 and 443"),
        ("http://127.0.0.1/", "not public"),
        ("http://localhost/", "not public"),
        ("http://0.0.0.0/", "not public"),
        ("http://2130706433/", "not public"),
        ("http://10.1.2.3/", "not public"),
        ("http://169.254.169.254/latest/meta-data", "not public"),
        ("http://[::1]/", "not public"),
        ("http://[::ffff:127.0.0.1]/", "not public"),
        ("http://[fe80::1]/", "not public"),
        ("http://[2002:7f00:1::]/", "not public"),
    ],
)
def test_only_public_places_are_asked(url: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        fetch(url, limits=ONCE)


def test_a_redirect_to_a_private_place_is_not_followed(site: Site) -> None:
    site.gives("/a", status=302, Location="http://127.0.0.2/admin")
    with pytest.raises(Refused, match="not public"):
        fetch(site.url("/a"), limits=ONCE)


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.gives("/a", status=307, Location="/a")
    with pytest.raises(Refused, match="redirects"):
        fetch(site.url("/a"), limits=ONCE)
    assert len(site.asked) == 6


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_final_no_is_not_asked_again(site: Site, status: int) -> None:
    site.gives("/a", status=status)
    with pytest.raises(Refused, match=str(status)):
        fetch(site.url("/a"))
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_no_for_now_is_asked_again_and_then_told(site: Site, status: int) -> None:
    site.gives("/a", status=status)
    with pytest.raises(Unreachable, match=str(status)):
        fetch(site.url("/a"))
    assert len(site.asked) == 3


def test_a_long_wait_is_left_to_the_caller(site: Site) -> None:
    site.gives("/a", status=503, Retry_After="120")
    with pytest.raises(Unreachable) as told:
        fetch(site.url("/a"))
    assert (told.value.retry_after, len(site.asked)) == (120.0, 1)


def test_a_date_to_come_back_at_is_understood(site: Site) -> None:
    site.gives("/a", status=503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT")
    with pytest.raises(Unreachable) as told:
        fetch(site.url("/a"), limits=ONCE)
    assert told.value.retry_after
    assert told.value.retry_after > 1_000_000_000


def test_a_body_that_is_too_long_is_given_up(site: Site) -> None:
    site.gives("/a", b"x" * 200_000)
    with pytest.raises(Refused, match="longer than 100,000 bytes"):
        fetch(site.url("/a"), limits=ONCE)


def test_a_small_body_that_unpacks_to_a_huge_one_is_given_up(site: Site) -> None:
    site.gives("/a", gzip.compress(b"\0" * 10_000_000), Content_Encoding="gzip")
    with pytest.raises(Refused, match="more than 100,000 bytes"):
        fetch(site.url("/a"), limits=ONCE)


def test_a_packing_that_was_not_asked_for_is_refused(site: Site) -> None:
    site.gives("/a", b"papers", Content_Encoding="br")
    with pytest.raises(Refused, match="'br'"):
        fetch(site.url("/a"), limits=ONCE)


def test_a_body_that_stops_short_is_no_answer(site: Site) -> None:
    site.gives("/a", b"half", Content_Length="8")
    with pytest.raises(Unreachable, match="broke off"):
        fetch(site.url("/a"), limits=ONCE)


def test_silence_is_not_waited_out(site: Site) -> None:
    ends = threading.Event()
    site.answers["/a"] = lambda _: ends.wait(10)
    with pytest.raises(Unreachable, match="silent"):
        fetch(site.url("/a"), limits=ONCE)
    ends.set()


def test_drops_of_bytes_for_ever_are_not_waited_out(site: Site) -> None:
    ends = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not ends.wait(0.02):
            request.wfile.write(b".")

    site.answers["/a"] = drip
    with pytest.raises(Unreachable, match="too long"):
        fetch(site.url("/a"), limits=ONCE)
    ends.set()


def test_what_is_no_http_is_no_answer(site: Site) -> None:
    site.answers["/a"] = lambda request: request.wfile.write(b"220 mail.example.org ESMTP\r\n")
    with pytest.raises(Unreachable, match="broke off"):
        fetch(site.url("/a"), limits=ONCE)


def test_a_name_without_an_address_is_said_to_have_none() -> None:
    with pytest.raises(Unreachable, match="no address for"):
        fetch("http://nobody.invalid/", limits=ONCE)


def test_headers_that_drip_for_ever_are_not_waited_out(site: Site) -> None:
    ends = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not ends.wait(0.02):
            request.wfile.write(b".")

    site.answers["/a"] = drip
    with pytest.raises(Unreachable, match="too long"):
        fetch(site.url("/a"), limits=ONCE)
    ends.set()


def test_a_refusal_keeps_what_the_other_side_said(site: Site) -> None:
    site.gives("/a", gzip.compress(b"no such paper"), 404, Content_Encoding="gzip")
    with pytest.raises(Refused) as told:
        fetch(site.url("/a"), limits=ONCE)
    assert (told.value.status, told.value.content) == (404, b"no such paper")


@pytest.mark.parametrize(
    "answer", [{"body": b"x" * 200_000}, {"body": b"x", "Content_Length": "9"}]
)
def test_a_refusal_that_is_long_or_broken_is_one_all_the_same(site: Site, answer) -> None:
    site.gives("/a", status=404, **answer)
    with pytest.raises(Refused) as told:
        fetch(site.url("/a"), limits=ONCE)
    assert (told.value.status, told.value.content) == (404, b"")


def test_a_post_gives_whatever_is_answered_and_follows_nothing(site: Site) -> None:
    site.gives("/a", b"x" * 5000, status=302, Location=site.url("/b"), Retry_After="7")
    answer = post(site.url("/a"), b"body", headers={"webhook-id": "1"}, seconds=1)
    assert (answer.status, answer.content, answer.retry_after) == (302, b"x" * 1024, 7.0)
    assert site.posted == [b"body"]
    assert [path for path, _ in site.asked] == ["/a"]
    assert site.asked[0][1]["webhook-id"] == "1"


def test_a_post_is_heard_by_its_status_though_the_rest_never_comes(site: Site) -> None:
    site.answers["/a"] = lambda request: site.gives_now(request, b"so far", Content_Length="99")
    answer = post(site.url("/a"), b"body", headers={}, seconds=1)
    assert (answer.status, answer.content) == (200, b"so far")


def test_a_post_waits_for_its_seconds_and_no_longer(site: Site) -> None:
    ends = threading.Event()
    site.answers["/a"] = lambda _: ends.wait(10)
    with pytest.raises(Unreachable, match="silent"):
        post(site.url("/a"), b"body", headers={}, seconds=0.2)
    ends.set()


def test_a_post_reaches_no_private_place(site: Site, settings) -> None:
    settings.FETCH_ALLOWED = []
    with pytest.raises(Refused):
        post(site.url("/a"), b"body", headers={}, seconds=1)
    with pytest.raises(Refused, match="not public"):
        post("http://127.0.0.1/", b"body", headers={}, seconds=1)
