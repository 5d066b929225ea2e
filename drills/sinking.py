"""`python -m drills.sinking FILE`: a mail server that takes all and writes down what it took.

It says its port, then adds a line for each mail that it accepted: the address, a tab, the
Message-ID. It costs next to nothing, so that what is measured beside it is the sender.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

_ENDS = b"\r\n.\r\n"
_ID = b"message-id:"
_ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Session(asyncio.Protocol):
    """One connection, from EHLO to QUIT."""

    def __init__(self, keep: Callable[[bytes, bytes], None]) -> None:
        self._keep = keep
        self._left = b""
        self._address = b""
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._left += data
        while self._next():
            pass

    def _next(self) -> bool:
        """Takes the next command or mail; False where it is not whole yet."""
        end = _ENDS if self._in_data else b"\r\n"
        piece, found, left = self._left.partition(end)
        if not found:
            return False
        self._left = left
        if self._in_data:
            self._in_data = False
            self._keep(self._address, _message_id(piece))
            self._transport.write(b"250 taken\r\n")
        else:
            self._obey(piece)
        return True

    def _obey(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self._address = line.partition(b"<")[2].partition(b">")[0]
        self._in_data = verb == b"DATA"
        self._transport.write(_ANSWERS.get(verb, b"250 sink\r\n"))
        if verb == b"QUIT":
            self._transport.close()


def _message_id(mail: bytes) -> bytes:
    head = mail.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(_ID):
            return line[len(_ID) :].strip()
    return b""


async def serve(path: Path) -> None:
    taken = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def keep(address: bytes, message_id: bytes) -> None:
        os.write(taken, address + b"\t" + message_id + b"\n")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Session(keep), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
