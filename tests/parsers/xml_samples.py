"""Small documents in the XML formats that parsers read, made up for tests."""

ARXIV_ATOM = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=sparse</title>
  <updated>2026-04-24T22:59:06Z</updated>
  <entry>
    <id>http://arxiv.org/abs/2604.01234v3</id>
    <title>Sparse attention,
  measured</title>
    <updated>2026-04-20T16:07:14Z</updated>
    <link href="https://arxiv.org/abs/2604.01234v3" rel="alternate" type="text/html"/>
    <summary>  We measure what sparse attention costs
when $n$ grows &amp; grows.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <published>2026-04-01T10:00:00Z</published>
    <arxiv:doi>10.1234/Spa.1</arxiv:doi>
    <arxiv:primary_category term="cs.LG"/>
    <author><name>Ada Author</name><arxiv:affiliation>Some Place</arxiv:affiliation></author>
    <author><name>Ben Writer</name></author>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/hep-th/9901001v1</id>
    <title></title>
    <summary>Nobody gave it a title.</summary>
  </entry>
</feed>"""

ARXIV_ERROR = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>arXiv Search Results</title>
  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>
    <title>Error</title>
    <summary>incorrect id format for abc</summary>
  </entry>
</feed>"""

ARXIV_ANNOUNCED = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom">
  <id>http://rss.arxiv.org/atom/cs.AI</id>
  <title>cs.AI updates on arXiv.org</title>
  <updated>2026-04-24T04:00:19.866337+00:00</updated>
  <entry>
    <id>oai:arXiv.org:2604.11111v1</id>
    <title>Words that walk</title>
    <updated>2026-04-24T04:00:19.899254+00:00</updated>
    <link href="https://arxiv.org/abs/2604.11111" rel="alternate" type="text/html"/>
    <summary>arXiv:2604.11111v1 Announce Type: cross
Abstract: We let words walk.</summary>
    <category term="cs.CL"/>
    <published>2026-04-24T00:00:00-04:00</published>
    <arxiv:announce_type>cross</arxiv:announce_type>
    <dc:creator>Ada Author, Ben Writer (Some Place, Some Land) and Cy King, Jr.</dc:creator>
  </entry>
</feed>"""

ARXIV_ANNOUNCED_RSS = b"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel>
 <title>cs.AI updates on arXiv.org</title>
 <link>http://rss.arxiv.org/rss/cs.AI</link>
 <pubDate>Fri, 24 Apr 2026 00:00:00 -0400</pubDate>
 <item>
  <title>Words that walk (arXiv:2604.11111v1 [cs.CL] CROSS LISTED)</title>
  <link>https://arxiv.org/abs/2604.11111</link>
  <description>arXiv:2604.11111v1 Announce Type: new
Abstract: &lt;p&gt;We let words walk where $a &lt; b$.&lt;/p&gt;</description>
  <guid isPermaLink="false">oai:arXiv.org:2604.11111v1</guid>
  <category>cs.CL</category>
  <pubDate>Fri, 24 Apr 2026 00:00:00 -0400</pubDate>
  <dc:creator>Ada Author</dc:creator>
 </item>
</channel>
</rss>"""

OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-04-24T13:00:41Z</responseDate>
<ListRecords>
<record>
<header><identifier>oai:arXiv.org:2604.05371</identifier><datestamp>2026-04-20</datestamp></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
 <id>2604.05371</id><created>2026-04-03</created><updated>2026-04-19</updated>
 <authors>
  <author><keyname>Author</keyname><forenames>Ada B.</forenames><suffix>Jr</suffix></author>
  <author><keyname>The Some Collaboration</keyname></author>
 </authors>
 <title>Light in
  tanks</title><categories>hep-ex physics.ins-det</categories>
 <doi>10.1234/light 10.1234/again</doi>
 <abstract>  We put light
in tanks.
</abstract></arXiv></metadata>
</record>
<record>
<header status="deleted"><identifier>oai:arXiv.org:2604.05372</identifier>
<datestamp>2026-04-20</datestamp></header>
</record>
<record>
<header><identifier>oai:arXiv.org:math/0306266</identifier><datestamp>2026-04-20</datestamp></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
 <dc:title>Numbers of graphs</dc:title>
 <dc:creator>Özel, B.</dc:creator>
 <dc:subject>Mathematics - Combinatorics</dc:subject>
 <dc:subject>05C80</dc:subject>
 <dc:description>Comment: 12 pages, and rather many words about them</dc:description>
 <dc:description>  We count graphs.</dc:description>
 <dc:date>2003-07-18</dc:date>
 <dc:date>2003-06-18</dc:date>
 <dc:identifier>http://arxiv.org/abs/math/0306266</dc:identifier>
</oai_dc:dc></metadata>
</record>
<record>
<header><identifier>oai:arXiv.org:2604.05373</identifier><datestamp>2026-04-20</datestamp></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
 <id>2604.05373</id>
 <version version="v1"><date>Tue, 14 Apr 2026 10:00:00 GMT</date></version>
 <version version="v2"><date>Fri, 17 Apr 2026 10:00:00 GMT</date></version>
 <title>Raw light</title><authors>Ada Author, Ben Writer (Some Place)</authors>
 <categories>hep-ex</categories><comments>Withdrawn: dark</comments>
 <abstract>Raw.</abstract></arXivRaw></metadata>
</record>
<resumptionToken cursor="0" completeListSize="2000">6123|1001</resumptionToken>
</ListRecords>
</OAI-PMH>""".encode()

CROSSREF = b"""<?xml version="1.0"?>
<doi_records>
 <doi_record owner="10.1234" timestamp="2026-04-24 10:00:00">
  <crossref>
   <journal>
    <journal_metadata><full_title>Journal of Tanks</full_title>
     <doi_data><doi>10.1234/journal</doi></doi_data></journal_metadata>
    <journal_article publication_type="full_text">
     <titles><title>Tanks of <i>light</i></title><subtitle>A survey</subtitle></titles>
     <contributors>
      <person_name sequence="first" contributor_role="author">
       <given_name>Ada</given_name><surname>Author</surname></person_name>
      <person_name sequence="additional" contributor_role="editor">
       <given_name>Ed</given_name><surname>Itor</surname></person_name>
      <organization sequence="additional" contributor_role="author">The Tank Group</organization>
     </contributors>
     <jats:abstract><jats:title>Abstract</jats:title>
      <jats:p>We fill <jats:italic>tanks</jats:italic> with light.</jats:p>
      <jats:p>And look.</jats:p></jats:abstract>
     <publication_date media_type="online"><month>2</month><year>2026</year></publication_date>
     <publication_date><month>04</month><day>20</day><year>2026</year></publication_date>
     <doi_data><doi>10.1234/Tank.7</doi></doi_data>
    </journal_article>
   </journal>
  </crossref>
 </doi_record>
 <doi_record><crossref><journal><journal_metadata><full_title>Journal of Tanks</full_title>
 </journal_metadata></journal></crossref></doi_record>
</doi_records>"""

ALL = (ARXIV_ATOM, ARXIV_ERROR, ARXIV_ANNOUNCED, ARXIV_ANNOUNCED_RSS, OAI, CROSSREF)
