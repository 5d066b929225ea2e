"""Who asks by MCP: a person known by a key, or nobody in particular."""

from dataclasses import dataclass

from feeds.voting import Account


@dataclass(frozen=True, slots=True)
class Caller:
    """`account` is the person's, None for anybody; `may_write` says that their key may."""

    account: Account | None = None
    may_write: bool = False

    @property
    def viewer(self) -> int | None:
        return self.account.pk if self.account else None


ANYBODY = Caller()
