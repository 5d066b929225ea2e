from django.conf import settings
from django.db import models
from django.utils import timezone


class ReaderKey(models.Model):
    """What stands in the addresses of a person's feed reader, which cannot sign in.

    It opens lists as feeds and files, as its person may read them, and nothing else. `digest` is
    the SHA-256 of the secret, which is kept nowhere; `prefix` is its beginning, by which a person
    knows it again. `used_at` is written once an hour at most.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reader_keys"
    )
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "id"], name="reader_key_of_person")]

    def __str__(self) -> str:
        return f"{self.prefix}…"
