"""All phrases in one tree of words, so that a text is read once for all of them."""

from feeds.taxonomy.words import Text


class Trie:
    """A place in the tree: the words that may follow, and the topic whose phrase ends here."""

    __slots__ = ("after", "topic")

    def __init__(self) -> None:
        self.after: dict[str, Trie] = {}
        self.topic = ""

    def add(self, words: tuple[str, ...], topic: str) -> None:
        """Makes `words` a phrase of `topic`, unless another topic has it."""
        node = self
        for word in words:
            node = node.after.setdefault(word, Trie())
        node.topic = node.topic or topic

    def settle(self) -> None:
        """Lets an acronym ("SAM") lead on to all that the plain word ("sam") leads to.

        Once all is added. Then a walk may take a word as written, where there is a way, and
        never needs to turn back.
        """
        for word, node in self.after.items():
            plain = None if word.islower() else self.after.get(word.lower())
            if plain is not None:
                node.adopt(plain)
            node.settle()

    def longest(self, text: Text, start: int) -> tuple[int, str]:
        """Where the longest phrase from word `start` ends, and its topic; (0, "") if none."""
        best = 0, ""
        node = self
        for index in range(start, len(text.words)):
            after = node.after.get(text.words[index]) or node.after.get(text.folded[index])
            if after is None or (index > start and not text.joined(index - 1)):
                break
            node = after
            if node.topic:
                best = index + 1, node.topic
        return best

    def adopt(self, other: "Trie") -> None:
        """Takes over what `other` leads to, where there is no way yet."""
        self.topic = self.topic or other.topic
        for word, node in other.after.items():
            if word in self.after:
                self.after[word].adopt(node)
            else:
                self.after[word] = node
