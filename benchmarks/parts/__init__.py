"""One file a part of the benchmark."""
