"""A paper told to machines: what Zotero, search engines and those who show a link's card read."""

import json
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from feeds.records import PaperView
from feeds.tex import to_text
from feeds.web.cards import Card

Tags = list[tuple[str, str]]

# Nothing in the data can end the element that holds it.
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_LONGEST = 300


def citation_tags(paper: PaperView) -> Tags:
    """The tags by which Google Scholar and Zotero's translators know a paper."""
    day = f"{paper.published_at:%Y/%m/%d}" if paper.published_at else ""
    tags = [
        ("citation_title", paper.title),
        *(("citation_author", author) for author in paper.authors),
        ("citation_publication_date", day),
        ("citation_date", day),
        ("citation_online_date", day),
        ("citation_publisher", "arXiv" if paper.arxiv_id else ""),
        ("citation_arxiv_id", paper.arxiv_id),
        ("citation_doi", paper.doi),
        ("citation_pdf_url", paper.pdf_url),
        ("citation_fulltext_html_url", paper.html_url),
        ("citation_abstract_html_url", paper.abstract_url),
        ("citation_public_url", paper.abstract_url or settings.SITE_URL + paper.path),
        ("citation_keywords", "; ".join(tag.name for tag in paper.topics)),
        ("citation_abstract", to_text(paper.abstract)),
    ]
    return [(name, value) for name, value in tags if value]


def card_tags(card: Card) -> Tags:
    """What is shown where somebody passes the link on (OpenGraph, whose names others read too)."""
    told = card.text if len(card.text) <= _LONGEST else f"{card.text[:_LONGEST]}…"
    tags = [
        ("og:type", card.kind),
        ("og:site_name", settings.SITE_NAME),
        ("og:title", card.title),
        ("og:description", told),
        ("og:url", settings.SITE_URL + card.path),
        ("og:image", settings.SITE_URL + card.image),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", card.title),
        ("twitter:card", "summary_large_image"),
    ]
    return [(name, value) for name, value in tags if value]


def linked_data(paper: PaperView) -> SafeString:
    """The paper as a ScholarlyArticle (schema.org), in an element that no browser runs."""
    text = json.dumps(_article(paper), ensure_ascii=False).translate(_SAFE)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def _article(paper: PaperView) -> dict[str, Any]:
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": settings.SITE_URL + paper.path,
        "url": settings.SITE_URL + paper.path,
        "headline": paper.title,
        "name": paper.title,
        "author": [{"@type": "Person", "name": author} for author in paper.authors],
        "datePublished": f"{paper.published_at:%Y-%m-%d}" if paper.published_at else "",
        "dateModified": paper.changed_at.isoformat(),
        "abstract": to_text(paper.abstract),
        "keywords": [tag.name for tag in paper.tags],
        "identifier": _identifiers(paper),
        "sameAs": [link for link in (paper.abstract_url, paper.doi_url) if link],
        "encoding": _pdf(paper),
        "creativeWorkStatus": "Withdrawn" if paper.withdrawn else "",
    }
    return {name: value for name, value in article.items() if value}


def _identifiers(paper: PaperView) -> list[dict[str, str]]:
    known = (("arXiv", paper.arxiv_id), ("DOI", paper.doi))
    return [
        {"@type": "PropertyValue", "propertyID": scheme, "value": value}
        for scheme, value in known
        if value
    ]


def _pdf(paper: PaperView) -> dict[str, str]:
    if not paper.pdf_url:
        return {}
    return {
        "@type": "MediaObject",
        "contentUrl": paper.pdf_url,
        "encodingFormat": "application/pdf",
    }
