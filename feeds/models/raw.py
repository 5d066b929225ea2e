from functools import lru_cache

from django.db import models

from feeds.packing import unpack


class NotKept(LookupError):
    """A document whose bytes are not here: an instance may be moved without them."""

    def __init__(self) -> None:
        super().__init__("The document is not kept here; it can be read again once it comes again.")


class RawDocument(models.Model):
    """The bytes of a document as they came, unpacked: kept once, however many digests they are.

    `size` is in bytes. `whole_at` stays empty until the last of its parts is in.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    whole_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    def content(self) -> "KeptContent":
        """The document, read part by part as it is asked for; that may raise NotKept."""
        return KeptContent(self.pk, self.size)


class RawPart(models.Model):
    """`PART_SIZE` bytes of a document (the last may be shorter), gzipped; numbers count from 0."""

    PART_SIZE = 1 << 20

    document = models.ForeignKey(RawDocument, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="raw_part_once")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.document_id}"


class KeptContent:
    """A kept document as Content: one part at a time is in memory."""

    def __init__(self, document_id: int, size: int) -> None:
        self._size = size
        self._part = lru_cache(maxsize=1)(lambda number: _part(document_id, number))

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, step = part.indices(self._size)
        if step != 1:
            raise ValueError("A document is read forwards, every byte of it.")
        if start >= stop:
            return b""
        size = RawPart.PART_SIZE
        first, last = start // size, (stop - 1) // size
        found = b"".join(self._part(number) for number in range(first, last + 1))
        return found[start - first * size : stop - first * size]


def _part(document_id: int, number: int) -> bytes:
    parts = RawPart.objects.filter(document=document_id, number=number)
    packed = parts.values_list("packed", flat=True).first()
    if packed is None:
        raise NotKept
    return unpack(bytes(packed))
