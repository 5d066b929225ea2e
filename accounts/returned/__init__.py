"""What comes back of mail: by the mail server's answer, in a mailbox, from a mail service."""
