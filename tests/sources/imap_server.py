"""A small IMAP server on loopback that holds what a test puts into it."""

import re
import socketserver
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

Lines = list[bytes]


class ImapServer:
    """`messages` are by UID, with the day on which they came. `asked` are the commands it got.

    `instead` may answer a command in place of the server; it gets the command without its tag,
    and gives the untagged bytes to send, or None to let the server answer. `certificate` is a
    file with a key and a certificate: then all goes by TLS.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.messages: dict[int, tuple[date, bytes]] = {}
        self.validity = 1
        self.user, self.password, self.folder = "papers", "open sesame", "INBOX"
        self.asked: list[str] = []
        self.instead: Callable[[str], bytes | None] = lambda _: None
        self._server = _server(self, certificate)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def comes(self, content: bytes, day: date = date(2026, 4, 24)) -> int:
        """A message comes; its UID."""
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = (day, content)
        return uid

    def answer(self, command: str) -> tuple[bytes, str]:
        """The untagged answer, and the status that ends it."""
        special = self.instead(command)
        if special is not None:
            return special, "OK done"
        name, _, rest = command.partition(" ")
        if name == "UID":
            name, _, rest = rest.partition(" ")
        return getattr(self, f"_{name.lower()}", self._unknown)(rest)

    def _unknown(self, rest: str) -> tuple[bytes, str]:
        return b"", "BAD what?"

    def _capability(self, rest: str) -> tuple[bytes, str]:
        return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "OK done"

    def _login(self, rest: str) -> tuple[bytes, str]:
        good = rest == f'"{self.user}" "{self.password}"'
        return b"", "OK welcome" if good else "NO go away"

    def _examine(self, rest: str) -> tuple[bytes, str]:
        if rest != f'"{self.folder}"':
            return b"", "NO no such folder"
        told = f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] ids\r\n"
        return told.encode(), "OK [READ-ONLY] done"

    def _search(self, rest: str) -> tuple[bytes, str]:
        if rest.startswith("SINCE "):
            first = datetime.strptime(rest[6:], "%d-%b-%Y").replace(tzinfo=UTC).date()
            found = [uid for uid, (day, _) in self.messages.items() if day >= first]
        else:
            first_uid = int(re.fullmatch(r"UID (\d+):\*", rest)[1])
            highest = max(self.messages, default=0)
            found = [uid for uid in self.messages if uid >= first_uid or uid == highest]
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode(), "OK done"

    def _fetch(self, rest: str) -> tuple[bytes, str]:
        uid, _, parts = rest.partition(" ")
        if int(uid) not in self.messages:
            return b"", "OK done"
        content = self.messages[int(uid)][1]
        if parts == "(RFC822.SIZE)":
            return f"* 1 FETCH (UID {uid} RFC822.SIZE {len(content)})\r\n".encode(), "OK done"
        assert parts == "(BODY.PEEK[])", "anything else would mark the message as read"
        head = f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode()
        return head + content + b")\r\n", "OK done"

    def _logout(self, rest: str) -> tuple[bytes, str]:
        return b"* BYE\r\n", "OK bye"


def _server(mail: ImapServer, certificate: Path | None) -> socketserver.ThreadingTCPServer:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _, command = line.decode().strip().partition(" ")
                mail.asked.append(command)
                told, status = mail.answer(command)
                self.wfile.write(told + f"{tag} {status}\r\n".encode())
                if command == "LOGOUT":
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self):
            connection, address = super().get_request()
            if certificate is None:
                return connection, address
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            return context.wrap_socket(connection, server_side=True), address

    return Server(("127.0.0.1", 0), Handler)
