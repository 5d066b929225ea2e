"""Words of other servers without the addresses in them, for logs, pages and mails to others."""


def without_addresses(words: str, longest: int = 200) -> str:
    """On one line; each word that holds an address becomes "…"."""
    return " ".join("…" if "@" in word else word for word in words.split())[:longest]
