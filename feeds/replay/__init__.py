"""The rankers on votes of the past: each noon they rank what was known, the next day judges."""
