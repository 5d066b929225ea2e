"""What a person may have an agent do with one word."""

from feeds.mcp.protocol import INVALID_PARAMS, Fault, Json

BRIEFING: Json = {
    "name": "briefing",
    "title": "What is new",
    "description": "A briefing on a topic's papers of the last week.",
    "arguments": [
        {"name": "topic", "description": "Words or a tag; without it all topics."},
    ],
}


def prompt(name: object, arguments: object) -> Json:
    """The prompt of that name, filled in. Raises Fault."""
    if name != BRIEFING["name"]:
        raise Fault(INVALID_PARAMS, f"There is no prompt called {str(name)[:100]}.")
    given = arguments if isinstance(arguments, dict) else {}
    topic = " ".join(str(given.get("topic") or "").split())[:200]
    about = f"on “{topic}”" if topic else "here"
    text = (
        f"Brief me on the papers of this week {about}. Use list_papers with period=week"
        f"{' and q or tag for the topic' if topic else ''}, and read_paper for the three that "
        "matter most. Give each a sentence on what is new in it, and link it. Say where the "
        "papers disagree."
    )
    return {
        "description": BRIEFING["description"],
        "messages": [{"role": "user", "content": {"type": "text", "text": text}}],
    }
