"""The body that Standard Webhooks describes: type, timestamp, data."""

from accounts.webhooks.shapes.base import shapes
from accounts.webhooks.told import Published, Told
from feeds.api.render import paper_json
from feeds.asked import site_address
from feeds.lately import Said

MOST_BRIEF = 100


class Standard:
    name = "standard"
    label = "Standard Webhooks (JSON)"
    batch = 1

    def body(self, told: Told) -> dict[str, object]:
        data: dict[str, object] = {"query": told.query, "what": told.what}
        if told.edition:
            data |= {"edition": _edition(told.edition), "papers": _brief(told)}
        elif told.comment:
            data["comment"] = _comment(told.comment)
        elif told.papers:
            data["paper"] = paper_json(told.papers[0], signed_in=False)
        else:
            data["message"] = "A test event. Nothing happened."
        return {"type": told.kind, "timestamp": told.at, "data": data}


def _brief(told: Told) -> list[dict[str, object]]:
    return [
        {"key": paper.key, "title": paper.title, "url": site_address(paper.path)}
        for paper in told.papers[:MOST_BRIEF]
    ]


def _edition(edition: Published) -> dict[str, object]:
    return {
        "feed": edition.feed,
        "name": edition.name,
        "period": edition.period,
        "date": edition.date,
        "url": edition.url,
        "note": edition.note or None,
    }


def _comment(comment: Said) -> dict[str, object]:
    return {
        "id": comment.id,
        "author": comment.author,
        "text": comment.text,
        "created_at": comment.at,
        "url": site_address(f"/comments/{comment.id}"),
        "paper": {
            "key": comment.work.key,
            "title": comment.work.title,
            "url": site_address(comment.work.path),
        },
    }


shapes.register(Standard())
