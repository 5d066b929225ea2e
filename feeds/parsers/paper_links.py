"""Which work an address leads to, through whatever redirects newsletters and mail servers add."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from feeds.identify import arxiv_id, doi

LONGEST_URL = 4_000
MOST_REDIRECTS = 4
_ARXIV_MIRRORS = re.compile(
    r"https?://(?:www\.)?(?:(?:huggingface\.co|hf\.co)/papers|arxiv-vanity\.com/papers"
    r"|arxiv\.(?:dosf|fan)\.\w+/abs|scholar\.archive\.org/arxiv)/([\w.-]+?)(?:\.pdf)?/?(?:[?#].*)?"
)
_OPENREVIEW = re.compile(
    r"https?://(?:www\.)?openreview\.net/(?:forum|pdf|attachment|references/pdf)/?\?"
    r"(?:[^#]{0,200}&)?id=([\w-]{4,40})(?:[&#].*)?"
)
_ACL = re.compile(
    r"https?://(?:www\.)?(?:aclanthology\.(?:org|info)(?:/papers)?|aclweb\.org/anthology)/"
    r"(?:papers/[A-Z]/[A-Z]\d\d/)?([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:v\d)?(?:\.pdf)?/?(?:[?#].*)?"
)
_DOI_IN_PATH = re.compile(
    r"https?://(?:www\.|dl\.|link\.|pubs\.)?[\w.-]+/(?:[\w.-]+/){0,4}?(10\.\d{4,9}/[^?#\s]+?)"
    r"(?:v\d{1,2})?(?:[./](?:full|abstract|short|pdf|html|epdf|full-text|meta))*/?(?:[?#].*)?"
)
_NATURE = re.compile(
    r"https?://(?:www\.)?nature\.com/articles/([a-z0-9.-]+?)(?:\.pdf)?/?(?:[?#].*)?"
)
_NO_PAPER = re.compile(r"10\.5281/zenodo|10\.6084/m9\.figshare|10\.5255/")  # data and code
# Pages of works that have neither an arXiv id nor a DOI in their address.
_PAGE = re.compile(
    r"""https?://(?:www\.)?(?:
      proceedings\.mlr\.press/v\d+/[\w.-]+
    | (?:papers|proceedings)\.(?:nips|neurips)\.cc/(?:paper|paper_files)/.{3,200}
    | openaccess\.thecvf\.com/.{0,100}/(?:html|papers?)/.{3,200}
    | (?:www\.)?ecva\.net/papers/.{3,200}
    | (?:www\.)?jmlr\.org/papers/v?\d+/.{3,100}
    | ieeexplore\.ieee\.org/(?:abstract/)?document/\d+
    | ojs\.aaai\.org/index\.php/[\w-]+/article/view/\d+
    | (?:www\.)?usenix\.org/conference/[\w-]+/presentation/[\w-]+
    | (?:www\.)?isca-(?:archive|speech)\.org/.{5,200}
    | (?:www\.)?semanticscholar\.org/paper/.{8,300}
    | api\.semanticscholar\.org/CorpusID:\d+
    | pubmed\.ncbi\.nlm\.nih\.gov/\d+
    | (?:www\.)?sciencedirect\.com/science/article/(?:abs/)?pii/\w+
    | papers\.ssrn\.com/sol3/papers\.cfm\?.{5,100}
    | hal\.(?:science|archives-ouvertes\.fr)/[a-z]+-\d+
    | (?:www\.)?roboticsproceedings\.org/rss\d+/p\d+
    | eprint\.iacr\.org/\d{4}/\d+
    )""",
    re.VERBOSE,
)
_PROOFPOINT = re.compile(r"https?://urldefense\.com/v3/__(.+?)__;")
_REDIRECTING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:google\.[a-z.]{2,6}/(?:url|scholar_url)|safelinks\.protection\.outlook\.com"
    r"|urldefense\.proofpoint\.com|l\.facebook\.com/l\.php|slack-redir\.net/link"
    r"|linkedin\.com/redir|youtube\.com/redirect)\b"
)
_NAMES_AN_ADDRESS = frozenset({"url", "u", "q", "to", "target", "link", "redirect", "redirect_url"})


def paper_at(url: str) -> str:
    """The name of the work at an address ("arxiv:…", "doi:…", "openreview:…", "acl:…", "page:…").

    Empty where it leads to no work. "page" stands before the address of a publisher's page for
    one work. Redirects are not undone here: see `target`.
    """
    if len(url) > LONGEST_URL:
        return ""
    if found := _ARXIV_MIRRORS.fullmatch(url):
        return _named("arxiv", arxiv_id(found[1]))
    if read := arxiv_id(url):
        return f"arxiv:{read}"
    if read := doi(url):
        return "" if _NO_PAPER.match(read) else f"doi:{read}"
    for kind, form in (("openreview", _OPENREVIEW), ("acl", _ACL)):
        if found := form.fullmatch(url):
            return f"{kind}:{found[1]}"
    if found := _NATURE.fullmatch(url):
        return _named("doi", doi(f"10.1038/{found[1]}"))
    if (found := _DOI_IN_PATH.fullmatch(url)) and (read := doi(unquote(found[1]))):
        return f"doi:{read}"
    return f"page:{url}" if _PAGE.match(url) else ""


def id_in(name: str) -> str:
    """What `entry(ids=…)` takes of a name that `paper_at` gave: an arXiv id or a DOI, or ""."""
    kind, _, rest = name.partition(":")
    return rest if kind in ("arxiv", "doi") else ""


def target(url: str) -> str:
    """The address that a redirect names in itself, or the address as it is.

    Known redirects (Google's, Scholar's, Outlook's, Proofpoint's) are undone always, others
    where they name the address of a work.
    """
    for _ in range(MOST_REDIRECTS):
        following = _following(url)
        if not following:
            break
        url = following
    return url


def _following(url: str) -> str:
    if len(url) > LONGEST_URL:
        return ""
    if found := _PROOFPOINT.match(url):
        return found[1]
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    known = _REDIRECTING.match(url)
    for name, value in query:
        if name == "u" and "urldefense.proofpoint.com" in url:
            value = unquote(value.replace("-", "%").replace("_", "/"))  # noqa: PLW2901
        named = name.lower() in _NAMES_AN_ADDRESS and value.startswith(("http://", "https://"))
        if named and (known or paper_at(value)):
            return value
    return ""


def _named(kind: str, read: str) -> str:
    return f"{kind}:{read}" if read else ""
