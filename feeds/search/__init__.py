"""How papers are found: by their words, and by what they mean."""
