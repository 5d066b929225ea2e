"""The settings of the site: what guards it, and who may look after it."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core import checks

from accounts import second_factor
from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from accounts.models import User

_LOCAL = ("127.0.0.1", "localhost", "::1")
_RANDOM = 20  # different characters, at least, of a key that a machine made
_FEW = 3  # kinds of characters


def examine() -> Iterator[Finding]:
    yield _key()
    yield from _address()
    yield _hosts()
    yield _proxy()
    yield _debug()
    yield from _admins()
    yield from _contacts()
    if settings.SECURE:
        yield from _djangos_own()


def _key() -> Finding:
    key = settings.SECRET_KEY
    kinds = sum(bool(re.search(kind, key)) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    if len(set(key)) < _RANDOM or kinds < _FEW:
        fix = "Make another: python -c 'import secrets; print(secrets.token_urlsafe(50))'."
        return Finding("Secret key", NOTE, "It does not look as if a machine had made it.", fix)
    return Finding("Secret key", GOOD, "It is long and looks random.")


def _address() -> Iterator[Finding]:
    about, state = "Address", NOTE if settings.EMBEDDED else BAD
    if settings.SITE_HOST in _LOCAL:
        found = f"Links in mail lead to {settings.SITE_URL}, which is this machine for everybody."
        fix = "Set SITE_URL to the address that readers use."
        yield Finding(about, state, found, fix)
    elif not settings.SECURE:
        found = f"{settings.SITE_URL} is not encrypted: who listens can act as your readers."
        fix = "Serve it by https, and set SITE_URL to https://…; Caddy gets the certificate."
        yield Finding(about, BAD, found, fix)
    else:
        yield Finding(about, GOOD, f"{settings.SITE_URL}, by https with strict cookies.")


def _hosts() -> Finding:
    about, names = "Host names", settings.ALLOWED_HOSTS
    if "*" in names:
        fix = "Name the site's host alone in ALLOWED_HOSTS."
        return Finding(about, BAD, "The site answers under any name that a request gives.", fix)
    host = settings.SITE_HOST
    if not any(host == one or (one[:1] == "." and host.endswith(one)) for one in names):
        fix = f"Add {host} to ALLOWED_HOSTS."
        return Finding(about, BAD, f"{host}, of SITE_URL, is refused.", fix)
    return Finding(about, GOOD, f"The site answers as {', '.join(names)}.")


def _proxy() -> Finding:
    about = "Proxy"
    if settings.SECURE_PROXY_SSL_HEADER:
        found = "One is believed: the last address in X-Forwarded-For is the reader's."
        fix = (
            "Nobody but it may reach the site's port, and it is one: limits count by what it says."
        )
        return Finding(about, GOOD, found, fix)
    if settings.SECURE:
        found = "None is believed, though the address has https, which the site does not speak."
        fix = "Set BEHIND_PROXY=on where a proxy sets X-Forwarded-Proto and X-Forwarded-For."
        return Finding(about, BAD, found, fix)
    return Finding(about, GOOD, "None is believed: limits count by who connects.")


def _debug() -> Finding:
    if not settings.DEBUG:
        return Finding("DEBUG", GOOD, "It is off.")
    found = "It is on: whoever causes an error sees source and settings."
    return Finding("DEBUG", NOTE if settings.EMBEDDED else BAD, found, "Leave DEBUG out.")


def _admins() -> Iterator[Finding]:
    about = "Admins"
    rows = User.objects.filter(is_superuser=True, is_active=True).values_list("pk", "email")
    admins = dict(rows)
    if not admins:
        fix = "manage.py role give admin ADDRESS"
        yield Finding(about, BAD, "There is none: nobody can give roles or see what ails.", fix)
        return
    bare = sorted(admins[one] for one in set(admins) - second_factor.who_have_one(admins))
    if bare:
        fix = "They set one up at /account/2fa/."
        said = f"Without a second factor: {', '.join(bare)}."
        yield Finding(about, NOTE, said, fix)
    else:
        yield Finding(about, GOOD, f"{len(admins)}, each with a second factor.")
    if not settings.SECOND_FACTOR:
        fix = "Leave SECOND_FACTOR out."
        yield Finding("Second factor", NOTE, "The admin is entered without one.", fix)


def _contacts() -> Iterator[Finding]:
    wanted = (
        ("SECURITY_CONTACT", "Nobody can tell you of a weakness.", "a mail address"),
        ("METRICS_TOKEN", "No monitor can read /metrics.", "16 random characters or more"),
        ("MAIL_ADMINS", "Nobody is told where sending is paused.", "addresses"),
    )
    for name, found, takes in wanted:
        if not getattr(settings, name):
            yield Finding(name, NOTE, found, f"Set it: it takes {takes}.")


def _djangos_own() -> Iterator[Finding]:
    """What `manage.py check --deploy` says of a site that is served by https."""
    for said in checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True):
        if said.level >= checks.WARNING and not said.is_silenced():
            state = BAD if said.level >= checks.ERROR else NOTE
            yield Finding(said.id or "check", state, str(said.msg), said.hint or "")


parts.register(Part("site", 10, examine))
