"""What the index of words holds of a paper, and how its words are cut.

One field of title and abstract is searched and weighed; the others say what a question may ask
beside it. Nothing is stored but numbers: PostgreSQL has the papers.
"""

import tantivy

# Written into the name of each copy: one of another format is none.
FORMAT = 1
ENGLISH, NAMES, WHOLE = "english", "names", "raw"
LONGEST_WORD = 80  # bytes
# The words that PostgreSQL's english dictionary leaves out, so that both leave out the same.
STOP_WORDS = """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she
    her hers herself it its itself they them their theirs themselves what which who whom this that
    these those am is are was were be been being have has had having do does did doing a an the and
    but if or because as until while of at by for with about against between into through during
    before after above below to from up down in out on off over under again further then once here
    there when where why how all any both each few more most other some such no nor not only own
    same so than too very s t can will just don should now
""".split()


def _schema() -> tantivy.Schema:
    """`paper` is the id, 0 of the row that keeps the copy's place."""
    made = tantivy.SchemaBuilder()
    made.add_unsigned_field("paper", indexed=True, fast=True)
    made.add_integer_field("digest", fast=True)
    made.add_text_field("text", tokenizer_name=ENGLISH)
    made.add_text_field("title", tokenizer_name=ENGLISH, index_option="basic")
    made.add_text_field("names", tokenizer_name=NAMES)
    made.add_text_field("ids", tokenizer_name=WHOLE, index_option="basic")
    for numbers in ("tags", "sources", "days", "year"):
        made.add_unsigned_field(numbers, indexed=True)
    made.add_boolean_field("code", indexed=True)
    made.add_bytes_field("place", stored=True)
    return made.build()


def english() -> tantivy.TextAnalyzer:
    return (
        _words()
        .filter(tantivy.Filter.custom_stopword(STOP_WORDS))
        .filter(tantivy.Filter.stemmer("English"))
        .build()
    )


def names() -> tantivy.TextAnalyzer:
    return _words().build()


def register(index: tantivy.Index) -> tantivy.Index:
    """The index, which knows from now on how words are cut."""
    index.register_tokenizer(ENGLISH, english())
    index.register_tokenizer(NAMES, names())
    return index


def _words() -> tantivy.TextAnalyzerBuilder:
    """Runs of letters and digits, in small letters."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    long = tantivy.Filter.remove_long(LONGEST_WORD)
    return words.filter(long).filter(tantivy.Filter.lowercase())


SCHEMA = _schema()
