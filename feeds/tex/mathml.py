"""Formulas as MathML."""

from html import escape


def mathml(tex: str) -> str:
    return f"<code>{escape(tex, quote=False)}</code>"
