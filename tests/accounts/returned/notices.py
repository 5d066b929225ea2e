"""Failure notices and complaints in the shapes that mail systems give them; all made up."""

from accounts.marks import DELIVERY, Mark, message_id, sender


def original(pk: int = 7, to: str = "reader@example.org") -> str:
    """The head of a mail of ours, as notices hand it back."""
    return (
        "Return-Path: <papers@papers.example.org>\r\n"
        f"To: {to}\r\n"
        "From: Broadsheet <papers@papers.example.org>\r\n"
        "Subject: Broadsheet, 24 April: A study of bees\r\n"
        f"Message-ID: {message_id(Mark(DELIVERY, pk))}\r\n"
    )


def rfc3464(
    status: str = "5.1.1",
    words: str = "550 5.1.1 <reader@example.org>: Recipient address rejected: User unknown",
    action: str = "failed",
    head: str = "",
) -> bytes:
    """As Postfix writes it."""
    return (
        f"""From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: papers@papers.example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A1/mx.example.org"

--A1/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org. Your message could not be
delivered to one or more recipients. It's attached below.

--A1/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4F1A
Arrival-Date: Fri, 24 Apr 2026 08:00:00 +0000 (UTC)

Final-Recipient: rfc822; reader@example.org
Original-Recipient: rfc822;reader@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {words}

--A1/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{head or original()}
--A1/mx.example.org--
""".replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .encode()
    )


def gmail() -> bytes:
    """As Gmail writes it: related parts before the report, codes joined by hyphens."""
    return f"""From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: papers@papers.example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id(Mark(DELIVERY, 7))}
In-Reply-To: {message_id(Mark(DELIVERY, 7))}
X-Failed-Recipients: reader@example.org
Content-Type: multipart/report; boundary="0000b"; report-type=delivery-status

--0000b
Content-Type: multipart/related; boundary="0000c"

--0000c
Content-Type: multipart/alternative; boundary="0000d"

--0000d
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered because the address couldn't be found.
--0000d--
--0000c--
--0000b
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Arrival-Date: Fri, 24 Apr 2026 01:00:00 -0700 (PDT)
X-Original-Message-ID: {message_id(Mark(DELIVERY, 7))}

Final-Recipient: rfc822; reader@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org. (192.0.2.1, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The account that you tried to reach is not here. 550-5.1.1
 Look for typing errors. 550 5.1.1 more at example.org - gsmtp
Last-Attempt-Date: Fri, 24 Apr 2026 01:00:01 -0700 (PDT)

--0000b
Content-Type: message/rfc822

From: Broadsheet <papers@papers.example.org>
Subject: Broadsheet, 24 April

Papers
--0000b--
""".encode()


def exchange() -> bytes:
    """As Exchange Online writes it: the diagnosis in words, headers of the mail in Base64."""
    import base64

    head = base64.encodebytes(original().encode()).decode()
    return f"""From: <postmaster@tenant.example>
To: <papers@papers.example.org>
Subject: Undeliverable: Broadsheet, 24 April
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="_x_"

--_x_
Content-Type: text/html; charset="us-ascii"

<html><body><p>Your message to <b>reader@example.org</b> couldn't be delivered.</p></body></html>

--_x_
Content-Type: message/delivery-status

Reporting-MTA: dns;BL0PR.tenant.example
Received-From-MTA: dns;mx.papers.example.org

Final-Recipient: rfc822;reader@example.org
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP
 address lookup

--_x_
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: base64

{head}
--_x_--
""".encode()


def qmail() -> bytes:
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: papers@papers.example.org
Subject: failure notice

Hi. This is the mail program at mx.example.org.
I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up.

<reader@example.org>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 unknown user
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

{original()}

550 papers fill this mailbox quota
""".encode()


def exim() -> bytes:
    return f"""Return-path: <>
X-Failed-Recipients: reader@example.org
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: papers@papers.example.org
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its recipients.

  reader@example.org
    host mail.example.org [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<reader@example.org>:
    550 no mailbox here by that name

------ This is a copy of the message, including all the headers. ------

{original()}
""".encode()


def returned_to_sender_address() -> bytes:
    """A notice that names the mail by nothing but the address it came back to."""
    text = exim().decode().replace(original(), "")
    return text.replace(
        "To: papers@papers.example.org", f"To: {sender(Mark(DELIVERY, 7))}"
    ).encode()


def complaint(kind: str = "abuse") -> bytes:
    """ARF (RFC 5965), the reader's address blotted out, as large providers do."""
    return f"""From: <complaints@provider.example>
To: papers@papers.example.org
Subject: A report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="arf"

--arf
Content-Type: text/plain

This is a report about a message from 192.0.2.30.

--arf
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <redacted>
Source-IP: 192.0.2.30

--arf
Content-Type: message/rfc822

{original(to="redacted")}
Papers
--arf--
""".encode()


def out_of_office() -> bytes:
    return f"""From: Reader <reader@example.org>
To: papers@papers.example.org
Subject: Automatic reply: Broadsheet, 24 April
Auto-Submitted: auto-replied
In-Reply-To: {message_id(Mark(DELIVERY, 7))}

I am away until May; your message has failed to find me. 550 thanks.
""".encode()
