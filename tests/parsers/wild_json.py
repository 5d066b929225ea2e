"""JSON documents with anything changed in them, for tests of what parsers do then."""

from typing import Any

from hypothesis import strategies as st

WILD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["\ud800", "[" * 50, "{'a': [1]}", 10**400, "\0", "1" * 5000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def changed(data: st.DataObject, value: Any) -> Any:
    """`value` with one of the values in it, at any depth, replaced by a wild one."""
    holder, key = {"": value}, ""
    while isinstance(holder[key], dict | list) and holder[key]:
        if data.draw(st.integers(0, 5)) == 0:
            break
        holder = holder[key]
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(keys))
    if holder == {"": value}:
        return data.draw(WILD)
    holder[key] = data.draw(WILD)
    return value


def damaged(data: st.DataObject, content: bytes) -> bytes:
    """`content` cut, spliced, or both."""
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 300) | st.just(len(content)))
    splices = st.sampled_from(
        [b"\0", b"[" * 3000, b'{"a":' * 2000, b"\xff\xfe", b"NaN", b'"\\ud800"']
    )
    splice = data.draw(st.binary(max_size=20) | splices)
    return content[:start] + splice + content[start + length :]
