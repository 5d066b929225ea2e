"""Answers leave compressed as the client reads them, and tell nothing by their length."""

import gzip

import brotli
import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.compressed import MOST_PADDING, Compressed, _metadata

TEXT = ("A sparse attention that reads long papers. " * 50).encode()


def answered(answer, accepts: str = "gzip, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return Compressed(lambda _: answer)(request)


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
        ("br; q=0.000", ""),
        ("brotli, x-gzip", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_best_coding_that_a_client_reads_is_taken(accepts: str, coding: str) -> None:
    answer = answered(HttpResponse(TEXT), accepts)
    assert answer.get("Content-Encoding", "") == coding
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepts", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_what_comes_is_the_same_text_and_shorter(accepts, read) -> None:
    answer = answered(HttpResponse(TEXT), accepts)
    assert read(answer.content) == TEXT
    assert len(answer.content) < len(TEXT) / 5
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize("accepts", ["br", "gzip"])
def test_the_length_of_the_same_answer_differs_each_time(accepts) -> None:
    lengths = {len(answered(HttpResponse(TEXT), accepts).content) for _ in range(60)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= MOST_PADDING + 1


@pytest.mark.parametrize("length", range(1, 257))
def test_padding_of_any_length_is_skipped_by_who_reads_it(length: int) -> None:
    made = brotli.Compressor(quality=4)
    start = made.process(b"") + made.flush()
    padded = start + _metadata(length) + made.process(TEXT) + made.finish()
    assert brotli.decompress(padded) == TEXT


def test_a_strong_validator_becomes_a_weak_one() -> None:
    answer = answered(HttpResponse(TEXT, headers={"ETag": '"abc"'}))
    assert answer["ETag"] == 'W/"abc"'
    assert answered(HttpResponse(TEXT, headers={"ETag": 'W/"abc"'}))["ETag"] == 'W/"abc"'
    assert answered(HttpResponse(TEXT, headers={"ETag": '"abc"'}), "identity")["ETag"] == '"abc"'


def test_what_is_short_or_encoded_or_streamed_or_no_text_is_left_alone() -> None:
    assert answered(HttpResponse(b"ok")).content == b"ok"
    encoded = answered(HttpResponse(TEXT, headers={"Content-Encoding": "zstd"}))
    assert (encoded["Content-Encoding"], encoded.content) == ("zstd", TEXT)
    streamed = answered(StreamingHttpResponse([TEXT]))
    assert "Content-Encoding" not in streamed
    assert b"".join(streamed.streaming_content) == TEXT
    noise = bytes(range(256))
    assert answered(HttpResponse(noise)).content == noise


def test_a_file_is_left_to_who_sends_it(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_bytes(TEXT)
    sent = answered(FileResponse(path.open("rb")))
    assert "Content-Encoding" not in sent
    sent.close()


def test_a_style_sheet_that_nothing_compressed_before_leaves_by_gzip(tmp_path) -> None:
    path = tmp_path / "site.css"
    path.write_bytes(TEXT)
    sent = answered(FileResponse(path.open("rb")))
    assert (sent["Content-Encoding"], sent["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(b"".join(sent.streaming_content)) == TEXT
    sent.close()
    whole = answered(FileResponse(path.open("rb")), "identity")
    assert whole["Content-Length"] == str(len(TEXT))
    whole.close()
