"""Whether each part of the site is well: a word on it, and numbers for a monitor."""
