"""Long documents, made up as they are written: nothing of them is held."""

from itertools import count
from pathlib import Path

HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-04-24T13:00:41Z</responseDate>
<ListRecords>
"""
TAIL = b"</ListRecords>\n</OAI-PMH>\n"
RECORD = """<record>
<header><identifier>oai:arXiv.org:{id}</identifier><datestamp>2026-04-20</datestamp>
<setSpec>cs</setSpec></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
 <id>{id}</id><created>2026-04-03</created><updated>2026-04-19</updated>
 <authors>
  <author><keyname>Author{group}</keyname><forenames>Ada B.</forenames></author>
  <author><keyname>Writer</keyname><forenames>Ben</forenames></author>
 </authors>
 <title>Subject {number} of language models, seen
  from the side</title><categories>cs.CL cs.LG</categories>
 <comments>{pages} pages</comments>
 <abstract>  {words}
</abstract></arXiv></metadata>
</record>
"""
# About as long as the abstracts of the archive.
WORDS = (
    "We look at subject {number} for as long as it lasts, with $x_{{{number}}}$ in one hand and a\n"
    "lamp in the other. Sparse attention is measured, retrieval is not. What we see at {group} is\n"
    "written down at once; what we do not see is left to others, who may see it better. On three\n"
    "sets of papers and two of pictures the light is brighter by {pages} percent than it was. A\n"
    "smaller model sees the same for a tenth of the price, and forgets it sooner. We close with\n"
    "what is not known yet of subject {number}, and with a list of those who were asked about it.\n"
    "Nobody was hurt. All lamps are given away, and the words of this abstract are made up."
)


def write_oai(path: Path, megabytes: float) -> int:
    """Writes a harvest of that many megabytes, no two records alike. Returns how many they are."""
    size = int(megabytes * 1_000_000) - len(TAIL)
    with path.open("wb") as file:
        file.write(HEAD)
        for number in count():
            if file.tell() >= size:
                file.write(TAIL)
                return number
            file.write(_record(number))
    raise AssertionError("count() does not end")


def _record(number: int) -> bytes:
    month, running = divmod(number, 100_000)
    named = {
        "id": f"{15 + month // 12:02}{1 + month % 12:02}.{running:05}",
        "number": number,
        "group": number % 997,
        "pages": 5 + number % 30,
    }
    return RECORD.format(words=WORDS.format(**named), **named).encode()
