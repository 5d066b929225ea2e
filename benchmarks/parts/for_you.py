"""Whether a reader's own order finds what they give next: by the functions that the site runs."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import django

from benchmarks.frame import Row, parts, timed
from benchmarks.parts.similar import by_chance, mean, sample
from benchmarks.readers import Case, Paper, cases, papers

Scores = Mapping[int, float]
Order = Callable[[Case], Scores]
AGAINST = 2_000  # papers of late, as the site takes them


def reciprocal(case: Case, scores: Scores) -> float:
    """1 over the place of the reader's next paper; equal scores share their places."""
    mine = scores[case.target]
    above = sum(scores[one] > mine for one in case.candidates)
    equal = sum(scores[one] == mine for one in case.candidates) - 1
    return 1 / (1 + above + equal / 2)


class Ours:
    """As the site does it: the same features, fitted in the same way."""

    def __init__(self, told: Sequence[Paper], *, words_alone: bool = False) -> None:
        from feeds.authors import author_key  # noqa: PLC0415 (needs the settings)
        from feeds.for_you.features import Block, Matter, features  # noqa: PLC0415
        from feeds.records import PaperRecord  # noqa: PLC0415
        from feeds.taggers.base import tags_of  # noqa: PLC0415

        def matter(paper: Paper) -> Matter:
            if words_alone:
                return Matter(paper.text)
            record = PaperRecord(paper.title, paper.abstract, keywords=paper.keywords)
            topics = tuple(tag.slug for tag in tags_of(record) if tag.kind != "category")
            return Matter(paper.text, tuple(map(author_key, paper.authors)), topics)

        self.told = told
        self.matters = [matter(paper) for paper in told]
        known = sample([paper.text for paper in told[: len(told) // 2]])
        self.features = [features(one, known) for one in self.matters]
        self.block = Block.of(enumerate(self.features))
        self._found: dict[int, Scores] = {}

    def __call__(self, case: Case) -> Scores:
        from feeds.for_you.fitting import Example, fit  # noqa: PLC0415

        if case.target not in self._found:
            examples = [Example(self.features[place], 1.0) for place in case.known]
            taste = fit(examples, self._part(case.earlier[-AGAINST:]))
            self._found[case.target] = taste.scores(self._part(case.candidates))
        return self._found[case.target]

    def _part(self, places: Sequence[int]) -> Any:
        """Those papers of the block, as the site has them in one that is kept."""
        from feeds.for_you.features import Block  # noqa: PLC0415

        whole, made = self.block, Block.empty()
        ends = [*whole.starts[1:], len(whole.places)]
        for place in places:
            here = slice(whole.starts[place], ends[place])
            made.papers.append(place)
            made.starts.append(len(made.places))
            made.places.extend(whole.places[here])
            made.amounts.extend(whole.amounts[here])
        return made

    def listed(self, case: Case) -> Scores:
        """The places of the page that is shown: for breadth, and with papers to find out more."""
        from feeds.for_you.ordering import (  # noqa: PLC0415
            by_taste,
            for_breadth,
            with_some_explored,
        )

        scores = self(case)
        topics = {
            place: {hash(slug): 1.0 for slug in self.matters[place].topics} for place in scores
        }
        broad = for_breadth(by_taste(scores), scores, topics)
        made = with_some_explored(broad, case.known[0], self.told[case.target].day)
        return {place: -number for number, place in enumerate(made.papers)}


def centroid(vectors: Any) -> Order:
    """Nearest the middle of the reader's own; `vectors` are rows, dense or sparse."""

    def order(case: Case) -> Scores:
        import numpy as np  # noqa: PLC0415

        middle = np.asarray(vectors[list(case.known)].mean(axis=0)).ravel()
        found = np.asarray(vectors[list(case.candidates)] @ middle).ravel()
        return dict(zip(case.candidates, found.tolist(), strict=True))

    return order


def machine(vectors: Any) -> Order:
    """A linear support vector machine on TF-IDF, as the library has both."""

    def order(case: Case) -> Scores:
        from sklearn.svm import LinearSVC  # noqa: PLC0415

        before = [one for one in case.earlier if one < case.known[-1]] or [*case.earlier]
        rows = [*case.known, *before]
        signs = [1] * len(case.known) + [0] * len(before)
        fitted = LinearSVC(random_state=0).fit(vectors[rows], signs)
        found = fitted.decision_function(vectors[list(case.candidates)])
        return dict(zip(case.candidates, found.tolist(), strict=True))

    return order


def tfidf(told: Sequence[Paper]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    made = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english")
    return made.fit_transform([paper.text for paper in told])


def meant(told: Sequence[Paper], tested: Sequence[Case]) -> Any:
    """The vectors of those papers that a case looks at, zeros for others."""
    import numpy as np  # noqa: PLC0415

    from feeds.embedders.base import embedders  # noqa: PLC0415

    needed = sorted({place for case in tested for place in (*case.known, *case.candidates)})
    model = embedders.get("minilm")
    found = np.zeros((len(told), 384))
    found[needed] = model.embed([told[place].text for place in needed], threads=2)
    model.release()
    return found


def plainly(told: Sequence[Paper], of: Callable[[Paper], float]) -> Order:
    return lambda case: {place: of(told[place]) for place in case.candidates}


class ForYou:
    name = "for_you"
    about = "a reader's next paper among those of the days around it, MRR (last 30%)"

    def measure(self) -> list[Row]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        told = papers()
        django.setup()
        tested = list(cases(told))
        order = Ours(told)
        with timed() as clock:
            ours = [reciprocal(case, order(case)) for case in tested]
            seconds = clock()
        vectors = tfidf(told)
        beside = {
            "linear SVM on TF-IDF alone": machine(vectors),
            "TF-IDF centroid": centroid(vectors),
            "MiniLM centroid": centroid(meant(told, tested)),
            "votes": plainly(told, lambda paper: paper.votes),
            "newest": plainly(told, lambda paper: paper.day.toordinal()),
            "ours, by words alone": Ours(told, words_alone=True),
            "ours, as listed for breadth and to find out": order.listed,
        }
        rows = []
        for what, other in beside.items():
            theirs = [reciprocal(case, other(case)) for case in tested]
            chance = by_chance(ours, theirs)
            rows.append(Row("MRR", mean(ours), mean(theirs), note=f"{what}; p {chance:.3f}"))
        return [*rows, Row("tastes fitted, of that many papers", len(tested) / seconds, unit="/s")]


parts.register(ForYou())
