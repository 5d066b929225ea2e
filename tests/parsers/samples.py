"""A small document in each format that a parser reads, made up for tests.

Each parser brings one: `SAMPLES` has it under the parser's name. Where other parsers, asked
alone, may take it too, `ALSO_TAKEN_BY` says which; the first in order gets it all the same.
"""

import json
from typing import Any

from tests.parsers.xml_samples import ARXIV_ANNOUNCED, ARXIV_ATOM, CROSSREF, OAI

ARXIV_LINES: list[dict[str, Any]] = [
    {
        "id": "2404.01234",
        "submitter": "Ada Author",
        "authors": "Ada B. Author Jr and Beno\\^it Writer",
        "title": "Lamps in the\n  long run",
        "comments": "12 pages",
        "journal-ref": None,
        "doi": "10.1234/Lamp.7",
        "report-no": None,
        "categories": "cs.LG cs.CL",
        "license": None,
        "abstract": "  We light lamps in\ntanks of $n$ litres.\n",
        "versions": [
            {"version": "v1", "created": "Tue, 2 Apr 2024 19:18:42 GMT"},
            {"version": "v2", "created": "Wed, 1 May 2024 20:10:27 GMT"},
        ],
        "update_date": "2024-05-02",
        "authors_parsed": [["Author", "Ada B.", "Jr"], ["Writer", "Benoît", ""]],
    },
    {
        "arxiv_id": "hep-th/9901001",
        "title": "Old lamps",
        "authors": "Cy King, Di Queen",
        "abstract": "We look back.",
        "lists": ["AI"],
        "listed_on": "2024-04-03",
    },
]

OPENALEX: dict[str, Any] = {
    "meta": {"count": 2, "page": 1, "per_page": 25},
    "results": [
        {
            "id": "https://openalex.org/W1234",
            "doi": "https://doi.org/10.1234/Lamp.7",
            "title": "Lamps of CO<sub>2</sub> &amp; light",
            "display_name": "Lamps of CO<sub>2</sub> &amp; light",
            "publication_year": 2024,
            "publication_date": "2024-04-03",
            "ids": {"openalex": "https://openalex.org/W1234", "mag": "99"},
            "authorships": [
                {
                    "author": {"id": "https://openalex.org/A1", "display_name": "Ada Author"},
                    "raw_author_name": "A. Author",
                },
                {"author": {"id": None, "display_name": None}, "raw_author_name": "Ben Writer"},
            ],
            "primary_location": {
                "landing_page_url": "https://doi.org/10.1234/lamp.7",
                "source": {"display_name": "Journal of Lamps"},
            },
            "locations": [
                {"landing_page_url": "http://arxiv.org/abs/2404.01234", "pdf_url": None},
                {"landing_page_url": None, "pdf_url": "https://example.org/lamp.pdf"},
            ],
            "keywords": [{"display_name": "Lamp"}],
            "topics": [{"display_name": "Lighting of Tanks"}],
            "concepts": [{"display_name": "Computer science"}],
            "abstract_inverted_index": {"We": [0, 3], "light": [1], "lamps.": [2], "look.": [4]},
            "cited_by_count": 12,
        },
        {"id": "https://openalex.org/W5", "title": None, "display_name": None},
    ],
}

SEMANTIC_SCHOLAR: dict[str, Any] = {
    "total": 2,
    "offset": 0,
    "data": [
        {
            "paperId": "0123abcd",
            "externalIds": {"ArXiv": "2404.01234", "DOI": "10.1234/Lamp.7", "CorpusId": 77},
            "url": "https://www.semanticscholar.org/paper/0123abcd",
            "title": "Lamps in the long run",
            "abstract": "We light lamps.",
            "venue": "Lamps",
            "year": 2024,
            "citationCount": 12,
            "openAccessPdf": {"url": "https://arxiv.org/pdf/2404.01234", "status": "GREEN"},
            "fieldsOfStudy": ["Computer Science"],
            "s2FieldsOfStudy": [{"category": "Physics", "source": "external"}],
            "publicationDate": "2024-04-03",
            "authors": [{"authorId": "1", "name": "Ada Author"}, {"authorId": None, "name": "B"}],
            "tldr": {"model": "tldr@v2", "text": "Lamps burn long."},
        },
        None,
    ],
}

CROSSREF_JSON: dict[str, Any] = {
    "status": "ok",
    "message-type": "work-list",
    "message-version": "1.0.0",
    "message": {
        "total-results": 2,
        "items": [
            {
                "DOI": "10.1234/Lamp.7",
                "type": "journal-article",
                "title": ["Lamps of <i>light</i>"],
                "subtitle": ["A survey"],
                "abstract": "<jats:title>Abstract</jats:title><jats:p>We light "
                "<jats:italic>lamps</jats:italic> of 10<jats:sup>5</jats:sup> W.</jats:p>"
                "<jats:p>And look.</jats:p>",
                "author": [
                    {"given": "Ada", "family": "Author", "suffix": "Jr", "sequence": "first"},
                    {"name": "The Lamp Group", "sequence": "additional"},
                ],
                "published-print": {"date-parts": [[2024, 5]]},
                "published-online": {"date-parts": [[2024, 4, 3]]},
                "issued": {"date-parts": [[2024, 4, 3]]},
                "created": {"date-parts": [[2024, 4, 1]]},
                "subject": ["Lighting"],
                "relation": {
                    "has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2404.01234"}]
                },
                "is-referenced-by-count": 12,
            },
            {"DOI": "10.1234/journal", "type": "journal", "title": []},
        ],
    },
}

JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Lamps, read",
    "items": [
        {
            "id": "https://example.org/posts/1",
            "url": "https://example.org/posts/1",
            "external_url": "https://arxiv.org/abs/2404.01234v2",
            "title": "Lamps in the long run",
            "summary": "Lamps burn long.",
            "content_html": "<p><em>Lamps burn long.</em></p><p>We light lamps &amp; look.</p>"
            '<p><a href="https://arxiv.org/abs/2404.01234">arXiv 2404.01234</a> · '
            '<a href="https://github.com/example/lamps">Code</a></p>',
            "date_published": "2024-04-03T10:00:00+02:00",
            "authors": [{"name": "Ada Author"}, {"name": "Ben Writer"}],
            "tags": ["lamps", "cs.LG"],
        },
        {"id": "2", "content_text": "A thought without a title."},
    ],
}

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel>
<title>Journal of Lamps</title>
<link>https://lamps.example</link>
<lastBuildDate>Fri, 24 Apr 2026 00:00:00 -0400</lastBuildDate>
<item>
<title>Lamps of &lt;i&gt;light&lt;/i&gt; &amp;amp; tanks</title>
<link>https://lamps.example/doi/full/10.1234/Lamp.7?af=R</link>
<description>Journal of Lamps, Volume 3, Issue 4. &lt;br/&gt;We light lamps.</description>
<dc:creator>Author, A. B., Writer, B.</dc:creator>
<prism:doi>10.1234/Lamp.7</prism:doi>
<prism:publicationDate>2026-04-20</prism:publicationDate>
<category>Lighting</category>
<pubDate>Thu, 23 Apr 2026 10:00:00 GMT</pubDate>
</item>
</channel>
</rss>"""

BIBTEX = b"""@article{lamps,
  title = {Lamps in the long run},
  author = {Author, Ada and Writer, Ben},
  year = {2024},
  doi = {10.1234/lamp.7},
}
"""

RIS = b"""TY  - JOUR
TI  - Lamps in the long run
AU  - Author, Ada
PY  - 2024
DO  - 10.1234/lamp.7
ER  -
"""

HF_JSON: list[dict[str, Any]] = [
    {
        "paper": {
            "id": "2404.01234",
            "title": "Lamps in the long run",
            "summary": "We light lamps.",
            "authors": [{"name": "Ada Author"}],
            "publishedAt": "2024-04-02T10:00:00.000Z",
            "upvotes": 7,
        },
        "title": "Lamps in the long run",
        "numComments": 1,
    }
]

ARXIV_MAILING = rb"""Date: Fri, 24 Apr 26 00:43:00 GMT
Subject: cs daily Subj-class mailing

------------------------------------------------------------------------------
\\
arXiv:2404.01234
Date: Thu, 23 Apr 2026 16:40:59 GMT   (876kb,D)

Title: Lamps in the long run
Authors: Ada Author
Categories: cs.AI
\\
  We light lamps.
\\ ( https://arxiv.org/abs/2404.01234 ,  876kb)
"""

PAGE_TEXT = b"""new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Apr 24

Lamps in the Long Run: Guiding Small Models Through Tanks

Long documents make small models lose their way. We put lights along the path, one of them per
page, and measure how far a model walks. It walks twice as far, and returns with most of it.

Is a Second Look Worth It? Notes on Rereading

Readers go back. We ask whether a model should, too, and find that it depends on the question: for
numbers yes, for names no. A simple rule saves much of the time. We close with open problems.
"""

MARKDOWN_LIST = b"""# Awesome lamps

## Surveys
- [Lamps in the Long Run: A Survey](https://arxiv.org/abs/2404.01234), 2024.
- **Lamps of Many Colours** [[paper](https://arxiv.org/pdf/2404.01235.pdf)]
- [Old Lamps and New](https://doi.org/10.1234/lamp.7)
"""

EMAIL = b"""From: Lamp Weekly <news@lamps.example>
To: reader@example.org
Subject: Lamps of the week
Date: Fri, 24 Apr 2026 10:00:00 +0000
Message-ID: <1@lamps.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><h2><a href=3D"https://arxiv.org/abs/2404.01234">Lamps in the Long=
 Run</a></h2><p>Ada Author</p><p>We light lamps.</p></body></html>
"""


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


SAMPLES: dict[str, bytes] = {
    "arxiv_atom": ARXIV_ATOM,
    "arxiv_jsonl": b"".join(_json(one) + b"\n" for one in ARXIV_LINES),
    "arxiv_mailing": ARXIV_MAILING,
    "arxiv_rss": ARXIV_ANNOUNCED,
    "bibtex": BIBTEX,
    "crossref": CROSSREF,
    "crossref_json": _json(CROSSREF_JSON),
    "email": EMAIL,
    "hf_json": _json(HF_JSON),
    "json_feed": _json(JSON_FEED),
    "markdown_list": MARKDOWN_LIST,
    "oai": OAI,
    "openalex": _json(OPENALEX),
    "page_text": PAGE_TEXT,
    "ris": RIS,
    "rss": RSS,
    "semantic_scholar": _json(SEMANTIC_SCHOLAR),
}

ALSO_TAKEN_BY: dict[str, set[str]] = {
    "arxiv_atom": {"rss"},
    "arxiv_rss": {"rss"},
}
