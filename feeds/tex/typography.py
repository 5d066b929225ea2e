"""Ties, dashes and quotation marks as TeX's writers type them."""

import re

# "2~4", "5.8%~8.4%", "0.5B~72B": a range, where TeX would print a space.
NUMBER_BEFORE = re.compile(r"(?:^|[\s(\[~])[$]?\d[\d.,]*\\?[%A-Za-z×]{0,2}$")
SINGLE_QUOTED = re.compile(r"`([^`'\s][^`]{0,80}?)'(?!\w)")


def is_tie(text: str, at: int) -> bool:
    """Whether the "~" at `at` joins two words, rather than meaning "about" or "to"."""
    before, after = text[max(0, at - 16) : at], text[at + 1 : at + 2]
    if not before or not after or after.isspace() or after == "~":
        return False
    if after.isdigit() and NUMBER_BEFORE.search(before):
        return False
    return before.endswith("--") or before[-1].isalnum() or before[-1] in ".,;:)]}$'\"’”%!?*"


def dash(text: str, start: int, end: int) -> str:
    """The dash that the hyphens from `start` to `end` stand for; rules, arrows and options such as
    --verbose stay as typed."""
    typed = text[start:end]
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before in {"!", "<"} or after == ">":
        return typed
    if (not before or before in " \n('\"`") and after.isalpha():
        return typed
    return {2: "–", 3: "—"}.get(len(typed), typed)


def opens_double(text: str, start: int, end: int) -> bool:
    """Whether the signs from `start` to `end` stand where a quotation begins."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(after) and not after.isspace() and (not before or before in " \n([{-–—/~")


def end_of_single(text: str, start: int) -> int | None:
    """The place of the apostrophe that ends the quotation which the backtick at `start` opens."""
    if text[max(0, start - 1) : start].isalnum():
        return None
    match = SINGLE_QUOTED.match(text, start)
    return match.end() - 1 if match else None
