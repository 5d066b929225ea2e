"""A page as the tests look at it: its elements with their attributes and their words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, as one line."""
        return " ".join("".join(self._words()).split())

    def _words(self):
        for child in self.children:
            yield from [child] if isinstance(child, str) else child._words()

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def walk(self):
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """The elements below of that tag and those attributes; `class_` is one of the classes."""
        name = wanted.pop("class_", "")
        return [
            one
            for one in self.walk()
            if (not tag or one.tag == tag)
            and (not name or name in one.get("class").split())
            and all(one.get(key.replace("_", "-")) == value for key, value in wanted.items())
        ]

    def one(self, tag: str = "", **wanted: str) -> "Element":
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]

    def texts(self, tag: str = "", **wanted: str) -> list[str]:
        return [one.text for one in self.all(tag, **wanted)]

    def link(self, text: str) -> str:
        """Where the one link with these words leads."""
        return {one["href"] for one in self.all("a") if one.text == text}.pop()


class _Reader(HTMLParser):
    """Refuses a page whose elements are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag, attrs) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data) -> None:
        self.open[-1].children.append(data)


def read(response) -> Element:
    """The answer as a document."""
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]
