"""Whether mail of this site can arrive: the mail server, and what DNS says of the sender."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.mail import get_connection

from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from accounts.mail_records import check_dkim_record, check_dmarc, check_spf

PATIENCE = 5.0  # seconds for an answer of DNS

Check = Callable[[str, list[str]], Finding]


def examine() -> Iterator[Finding]:
    """Looks at one thing after the other. It changes nothing, and sends no mail."""
    if settings.EMBEDDED and "outbox" in settings.EMAIL_BACKEND:
        fix = "Set EMAIL_URL, like smtp+tls://user:password@mail.example.org:587."
        yield Finding("Mail server", NOTE, "None is named: mail is written to files.", fix)
        return
    yield from _server()
    yield from _sender()
    yield from _returns()
    domain = _domain(settings.DEFAULT_FROM_EMAIL)
    if not domain or "." not in domain:
        return
    try:
        yield from _records(domain, _resolver())
    except dns.exception.DNSException as error:
        # The others would say the same, one after the other, and late.
        found = f"DNS gives no answer for {domain}: {type(error).__name__}."
        yield Finding("DNS", BAD, found, "Can this machine ask DNS? Try again in a minute.")


def _records(domain: str, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    yield from _record("SPF", _envelope_domain(domain), resolver, _spf)
    yield from _dkim(domain, resolver)
    yield from _record("DMARC", domain, resolver, _dmarc)


def _server() -> Iterator[Finding]:
    about = "Mail server"
    if not hasattr(settings, "EMAIL_HOST") or "smtp" not in settings.EMAIL_BACKEND:
        fix = "Set EMAIL_URL, like smtp+tls://user:password@mail.example.org:587."
        yield Finding(about, BAD, "None is named: mail is written to files.", fix)
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection: Any = get_connection()
    try:
        connection.open()
        yield Finding(about, GOOD, f"{place} answers{_as_user()}.")
        yield _encryption(connection.connection)
    except smtplib.SMTPAuthenticationError as error:
        said = f"{place} does not take this user with this password ({error.smtp_code})."
        yield Finding(about, BAD, said, "Correct user and password in EMAIL_URL.")
    except (smtplib.SMTPException, OSError) as error:
        yield _unreachable(about, place, error)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _unreachable(about: str, place: str, error: Exception) -> Finding:
    if isinstance(error, ssl.SSLError):
        fix = "Its certificate must name the host in EMAIL_URL; smtp+ssl is for port 465 alone."
        return Finding(about, BAD, f"{place} cannot be spoken to by TLS: {error}.", fix)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        fix = "Use smtp:// on the same machine, or a server that offers STARTTLS."
        return Finding(about, BAD, f"{place} does not offer what EMAIL_URL asks for.", fix)
    fix = "Is the name right, the server up, and the port open from here? Many hosts close port 25."
    return Finding(about, BAD, f"{place} does not answer: {type(error).__name__}.", fix)


def _as_user() -> str:
    return " and takes the password" if settings.EMAIL_HOST_USER else ""


def _encryption(server: smtplib.SMTP) -> Finding:
    about = "Encryption"
    if isinstance(server.sock, ssl.SSLSocket):
        return Finding(about, GOOD, f"The connection is encrypted ({server.sock.version()}).")
    if settings.EMAIL_HOST in ("localhost", "127.0.0.1", "::1"):
        return Finding(about, GOOD, "None, and none is needed on the same machine.")
    offered = server.has_extn("starttls") or (server.ehlo() and server.has_extn("starttls"))
    fix = "Write smtp+tls:// in EMAIL_URL." if offered else "Ask for a server that offers STARTTLS."
    return Finding(about, BAD, "Mail and password leave this machine readable to all.", fix)


def _sender() -> Iterator[Finding]:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = _domain(address)
    if not domain or "." not in domain:
        found = f"{address or 'The sender'} has no domain that others could look up."
        yield Finding("Sender", BAD, found, "Set EMAIL_FROM, like Papers <papers@example.org>.")
        return
    yield Finding("Sender", GOOD, f"Mail comes from {address}.")
    if not aligned(domain, settings.SITE_HOST):
        found = f"Mail comes from {domain}, its links lead to {settings.SITE_HOST}."
        yield Finding("Sender", NOTE, found, "A sender of the site's own domain is trusted more.")


def _returns() -> Iterator[Finding]:
    about = "Returned mail"
    if not settings.BOUNCE_ADDRESS:
        found = "What comes back goes to the sender's address; no program reads it."
        fix = "Set BOUNCE_ADDRESS and BOUNCE_MAILBOX, or MAIL_EVENTS where a mail service tells."
        yield Finding(about, GOOD if settings.MAIL_EVENTS else NOTE, found, fix)
    elif not settings.BOUNCE_MAILBOX:
        found = f"It goes to {settings.BOUNCE_ADDRESS}, and no mailbox is read."
        yield Finding(about, NOTE, found, "Set BOUNCE_MAILBOX to the mailbox where it arrives.")
    else:
        yield Finding(about, GOOD, f"It goes to {settings.BOUNCE_ADDRESS} and is read there.")
    sender, bounce = _domain(settings.DEFAULT_FROM_EMAIL), _domain(settings.BOUNCE_ADDRESS)
    if bounce and not aligned(bounce, sender):
        found = f"It goes to {bounce}, mail comes from {sender}: SPF cannot speak for the sender."
        fix = f"Take a BOUNCE_ADDRESS at {sender} or a name below it, or sign mail (DKIM)."
        yield Finding("Alignment", NOTE if settings.DKIM_KEY else BAD, found, fix)


def _spf(domain: str, texts: list[str]) -> Finding:
    return Finding("SPF", *check_spf(domain, texts))


def _dmarc(domain: str, texts: list[str]) -> Finding:
    return Finding("DMARC", *check_dmarc(domain, texts))


def _record(
    about: str, domain: str, resolver: dns.resolver.Resolver, check: Check
) -> Iterator[Finding]:
    name = f"_dmarc.{domain}" if about == "DMARC" else domain
    texts = _texts(name, resolver)
    if about == "DMARC" and not texts and domain.count(".") > 1:
        # A name without a record of its own is under that of the domain above it.
        texts = _texts(f"_dmarc.{_parent(domain)}", resolver)
    yield check(domain, texts)


def _dkim(domain: str, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    if not settings.DKIM_KEY:
        found = "This site does not sign its mail; the mail server may."
        fix = "Let the mail server sign, or set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY."
        yield Finding("DKIM", NOTE, found, fix)
        return
    if not aligned(settings.DKIM_DOMAIN, domain):
        found = f"Mail comes from {domain} and is signed for {settings.DKIM_DOMAIN}."
        yield Finding("DKIM", BAD, found, f"Set DKIM_DOMAIN to {domain}.")
    name = f"{settings.DKIM_SELECTOR}._domainkey.{settings.DKIM_DOMAIN}"
    texts = _texts(name, resolver)
    yield Finding("DKIM", *check_dkim_record(name, texts, settings.DKIM_KEY))


def aligned(one: str, other: str) -> bool:
    """Whether DMARC takes both for one organisation's, as far as that shows without a list of
    public suffixes: one is the other, or a name below it, or both are below one."""
    one, other = one.lower().rstrip("."), other.lower().rstrip(".")
    if one == other or one.endswith(f".{other}") or other.endswith(f".{one}"):
        return True
    return one.count(".") > 1 and other.count(".") > 1 and _parent(one) == _parent(other)


def _parent(domain: str) -> str:
    return domain.partition(".")[2]


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2].lower()


def _envelope_domain(domain: str) -> str:
    return _domain(settings.BOUNCE_ADDRESS) or domain


def _texts(name: str, resolver: dns.resolver.Resolver) -> list[str]:
    """The TXT records of that name; none where there is no such name."""
    try:
        answer = resolver.resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    return [b"".join(record.strings).decode("ascii", "replace") for record in answer]


def _resolver() -> dns.resolver.Resolver:
    """The system's, or DNS_SERVER (host:port)."""
    if settings.DNS_SERVER:
        host, _, port = settings.DNS_SERVER.rpartition(":")
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [host], int(port)
    else:
        resolver = dns.resolver.Resolver()
    resolver.lifetime = PATIENCE
    return resolver


parts.register(Part("email", 60, examine))
