"""One file a way of tagging."""
