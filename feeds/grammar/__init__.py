"""What `q=` asks: words, "phrases", -exclusions, fields, OR and parentheses, read into a tree.

Pure: text to a frozen tree, and back. Whoever runs a search looks at the tree alone.
"""

from feeds.grammar.read import GrammarError, read
from feeds.grammar.tree import All, Either, Field, Node, Not, Phrase, Word, leaves, printed

__all__ = [
    "All",
    "Either",
    "Field",
    "GrammarError",
    "Node",
    "Not",
    "Phrase",
    "Word",
    "leaves",
    "printed",
    "read",
]
