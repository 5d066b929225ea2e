"""One file an order: a pure score of a paper's signals, its parts in words."""
