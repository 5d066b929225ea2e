"""Reading the mail that comes to the sink, as its reader does."""

import re
from email.message import EmailMessage

from tests.accounts.smtp import Sink, text_of
from tests.config.processes import wait_until


def mail_with(sink: Sink, to: str, words: str) -> EmailMessage:
    """The first mail to that address in which the words stand; it may still be on its way."""

    def found() -> list[EmailMessage]:
        return [mail for mail in sink.to(to) if words in text_of(mail)]

    wait_until(found)
    return found()[0]


def link(mail: EmailMessage, path: str) -> str:
    """The first address in the mail that holds `path`."""
    return next(url for url in re.findall(r"https?://\S+", text_of(mail)) if path in url)


def code(mail: EmailMessage) -> str:
    """The code to sign in with."""
    found = re.search(r"^    (\S+)\s*$", text_of(mail), re.MULTILINE)
    assert found, text_of(mail)
    return found[1]
