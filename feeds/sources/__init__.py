"""One file an origin: where digests are fetched from, and what is remembered between runs."""
