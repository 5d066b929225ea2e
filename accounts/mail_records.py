"""What the DNS records of a sender say, in words: pure, of their texts.

Each check gives how it stands ("ok", "note" or "wrong"), what was found, and what to do.
"""

import base64
import binascii
import re

from dkim.crypto import UnparsableKeyError, parse_pem_private_key, parse_public_key

GOOD, NOTE, BAD = "ok", "note", "wrong"
MOST_LOOKUPS = 10  # RFC 7208, 4.6.4
SHORTEST_KEY, SHORT_KEY = 1024, 2048  # bits
Verdict = tuple[str, str, str]

_RSA = bytes.fromhex("300d06092a864886f70d0101010500")  # the name of RSA, as keys bear it


def check_spf(domain: str, texts: list[str]) -> Verdict:
    """RFC 7208: who may send for the domain."""
    found = [text for text in texts if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]
    if not found:
        fix = (
            f'Add a TXT record at {domain}: "v=spf1 mx -all" if its own mail server sends, '
            '"v=spf1 include:… -all" with the name that your mail service tells.'
        )
        return BAD, f"{domain} does not say who may send for it.", fix
    if len(found) > 1:
        fix = "Make one record of them: with two, none counts."
        return BAD, f"{domain} has {len(found)} SPF records.", fix
    terms = found[0].lower().split()[1:]
    if any(term in ("+all", "all") for term in terms):
        return BAD, f"{domain} lets everybody send for it.", 'Let the record end in "-all".'
    asking = [term for term in terms if re.match(r"[+?~-]?(include|a|mx|ptr|exists)\b", term)]
    asking += [term for term in terms if term.startswith("redirect=")]
    if len(asking) > MOST_LOOKUPS:
        fix = f"Leave some out: beyond {MOST_LOOKUPS} the whole record fails."
        return BAD, f"The record of {domain} needs {len(asking)} look-ups.", fix
    if not any(term in ("-all", "~all") or term.startswith("redirect=") for term in terms):
        fix = 'Let the record end in "-all", or in "~all" while you try it.'
        return NOTE, f"The record of {domain} says nothing of all others.", fix
    return GOOD, f"{domain} says who may send for it. Does it name your mail server?", ""


def check_dmarc(domain: str, texts: list[str]) -> Verdict:
    """RFC 7489: what becomes of mail that neither SPF nor DKIM vouches for."""
    found = [text for text in texts if re.match(r"v=DMARC1\s*(;|$)", text)]
    if len(found) != 1:
        many = f"has {len(found)} DMARC records" if found else "has no DMARC record"
        fix = (
            f'Have one TXT record at _dmarc.{domain}: "v=DMARC1; p=none; '
            f'rua=mailto:postmaster@{domain}" to begin with, "p=reject" once the reports are clean.'
        )
        return BAD, f"{domain} {many}; large providers ask for one.", fix
    policy = tags(found[0]).get("p", "").lower()
    if policy not in ("none", "quarantine", "reject"):
        return BAD, "The DMARC record has no policy.", "Add p=none, p=quarantine or p=reject."
    if policy == "none":
        fix = "Once the reports are clean, say p=quarantine or p=reject."
        return NOTE, "DMARC is watched, not enforced (p=none).", fix
    return GOOD, f"DMARC is enforced (p={policy}).", ""


def check_dkim_record(name: str, texts: list[str], key: str) -> Verdict:
    """RFC 6376: whether the public key at that name is the half of the private `key` (PEM)."""
    try:
        ours = parse_pem_private_key(key.encode())
        record = f'"v=DKIM1; k=rsa; p={public_half(ours["modulus"], ours["publicExponent"])}"'
    except (UnparsableKeyError, binascii.Error, KeyError, ValueError, IndexError):
        return BAD, "DKIM_KEY is no RSA key.", "Make one: openssl genrsa -traditional 2048"
    fix = f"Have one TXT record at {name}: {record}"
    keys = [one for text in texts if "p" in (one := tags(text))]
    if len(keys) != 1:
        return BAD, f"There {'is no key' if not keys else 'are several keys'} at {name}.", fix
    try:
        theirs = parse_public_key(base64.b64decode(keys[0]["p"]))
    except (UnparsableKeyError, binascii.Error, ValueError, IndexError):
        return BAD, f"What stands at {name} is no key.", fix
    if theirs["modulus"] != ours["modulus"]:
        return BAD, f"The key at {name} is another than DKIM_KEY.", fix
    bits = int(ours["modulus"]).bit_length()
    if bits < SHORTEST_KEY:
        return BAD, f"The key has {bits} bits; it is not believed.", "Make one of 2048 bits."
    if bits < SHORT_KEY:
        return NOTE, f"The key has {bits} bits.", "Make one of 2048 bits when you change it."
    return GOOD, f"The key at {name} is the one that signs.", ""


def tags(text: str) -> dict[str, str]:
    """ "v=DKIM1; p=…": the parts of a record by name."""
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, equals, value in parts if equals}


def public_half(modulus: int, exponent: int) -> str:
    """The public key as a DNS record holds it."""
    numbers = _der(0x30, _number(modulus) + _number(exponent))
    return base64.b64encode(_der(0x30, _RSA + _der(0x03, b"\0" + numbers))).decode()


def _number(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    long = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(long)]) + long + content
