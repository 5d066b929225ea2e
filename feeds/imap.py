"""Mailboxes on other machines: guarded connections, and messages as the bytes they are."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from feeds.guard import Refused, Unreachable, allowed, reachable

TLS, STARTTLS, PLAIN = "tls", "starttls", "none"
PORTS = {TLS: 993, STARTTLS: 143, PLAIN: 143}
SILENCE = 20.0  # seconds without a byte
LARGEST = 40 * 1024 * 1024  # bytes of a message; servers take less
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Account:
    host: str
    port: int
    security: str
    user: str
    password: str


class Mailbox:
    """A folder that is open for reading alone: nothing in it is marked, moved or deleted."""

    def __init__(self, box: BaseMailBox, validity: int) -> None:
        self._box = box
        self.validity = validity

    def since(self, day: date) -> list[int]:
        """The UIDs of what came on that day or later, by the server's clock."""
        return self._found(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def after(self, uid: int) -> list[int]:
        """The UIDs above this one."""
        # "9:*" finds the last message too where it is below 9 (RFC 3501, 6.4.8).
        return [each for each in self._found(f"UID {uid + 1}:*") if each > uid]

    def message(self, uid: int) -> bytes | None:
        """The message as it came; None where it is gone. Raises Refused where it is too long."""
        told = b" ".join(part for part in self._fetch(uid, "(RFC822.SIZE)") if type(part) is bytes)
        size = re.search(rb"RFC822\.SIZE (\d{1,12})", told)
        if size is not None and int(size[1]) > LARGEST:
            raise Refused(f"message {uid} is longer than {LARGEST:,} bytes")
        parts = self._fetch(uid, "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)

    def _found(self, criteria: str) -> list[int]:
        return sorted({int(uid) for uid in self._box.uids(criteria, charset=None)})

    def _fetch(self, uid: int, parts: str) -> list[Any]:
        """The server's lines, and a pair where one holds a literal."""
        status, answer = self._box.client.uid("fetch", str(uid), parts)
        if status != "OK":
            raise Unreachable(f"The mail server gave no message {uid}.")
        return answer


@contextmanager
def opened(account: Account, folder: str) -> Iterator[Mailbox]:
    """The folder, as long as the context is open. Raises Refused and Unreachable."""
    if account.port not in PORTS.values() and not allowed(account.host, account.port):
        raise Refused(f"{account.host} is named with port {account.port}; 993 and 143 are open.")
    with _in_words(account, folder):
        box = _Box(account, reachable(account.host, account.port))
        try:
            _log_in(box, account)
            box.folder.set(folder, readonly=True)
            yield Mailbox(box, _validity(box))
        finally:
            with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
                box.logout()


def _log_in(box: BaseMailBox, account: Account) -> None:
    if (account.user + account.password).isascii():
        box.login(account.user, account.password, initial_folder=None)
    else:
        box.login_utf8(account.user, account.password, initial_folder=None)


def _validity(box: BaseMailBox) -> int:
    _, values = box.client.response("UIDVALIDITY")
    if not values or not isinstance(values[0], bytes):
        raise Refused("The mail server does not number its messages for good (no UIDVALIDITY).")
    return int(values[0])


@contextmanager
def _in_words(account: Account, folder: str) -> Iterator[None]:
    host = account.host
    try:
        yield
    except MailboxLoginError:
        raise Refused(f"{host} does not take this user with this password.") from None
    except MailboxFolderSelectError:
        raise Refused(f"{host} has no folder {folder!r} for this user.") from None
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"{host} shows no good certificate: {error.verify_message}.") from None
    except TimeoutError:
        raise Unreachable(f"{host} was silent for too long.") from None
    except (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError) as error:
        raise Unreachable(f"{host} broke off: {str(error)[:200] or type(error).__name__}") from None


class _Box(BaseMailBox):
    def __init__(self, account: Account, address: str) -> None:
        self._account = account
        self._address = address
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        if self._account.security == TLS:
            return _Tls(self._account, self._address)
        client = _Plain(self._account, self._address)
        if self._account.security == STARTTLS:
            client.starttls(ssl.create_default_context())
        return client


class _Plain(imaplib.IMAP4):
    """Connects to the address that was checked, and takes no message beyond a bound."""

    def __init__(self, account: Account, address: str) -> None:
        self._address = address
        super().__init__(account.host, account.port, SILENCE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return socket.create_connection((self._address, self.port), timeout)

    def read(self, size: int) -> bytes:
        if size > LARGEST:
            raise self.abort(f"a message of {size:,} bytes")
        return super().read(size)


class _Tls(_Plain):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = super()._create_socket(timeout)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
