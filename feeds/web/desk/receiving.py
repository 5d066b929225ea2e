"""A file comes in: to disk, piece by piece, and not more of it than is taken."""

from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Bounded(FileUploadHandler):
    """Passes over the rest of a file that is too long, and remembers that it did.

    The other fields of the form come in all the same.
    """

    def __init__(self, request: HttpRequest, largest: int) -> None:
        super().__init__(request)
        self.largest = largest
        self.exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.largest:
            self.exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, _size: int) -> "UploadedFile[bytes] | None":
        return None  # the handlers behind this one keep the file


def opened(file: "UploadedFile[bytes]") -> IO[bytes]:
    """The file that came in, wherever it was put."""
    return cast("IO[bytes]", file.file)
