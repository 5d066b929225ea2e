"""What a new installation gets wrong, looked at a part at a time, each a file here."""
