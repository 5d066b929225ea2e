"""Formulas as plain text."""


def plain(tex: str) -> str:
    return " ".join(tex.split())
