"""One file a format: bytes in, records and problems out."""
