"""Lists as feeds: a file an output, each a function of a page that was already read."""
