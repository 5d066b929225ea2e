"""A taste fitted to examples: a linear support vector machine, in the worker alone."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from feeds.for_you.features import PLACES, Block, Features
from feeds.for_you.taste import MOST_WEIGHTS, Taste

# How little a wrong answer counts beside plain weights; see docs/for-you.md.
COST = 1.0
# All other papers together weigh so many times what speaks for a paper. One of them alone weighs
# hardly anything: else those that are most like the reader's own would be held against themselves.
OTHERS_TOGETHER = 3.0
# Where there are fewer others than this they weigh no more each than if there were so many.
FEW_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that the reader said something of: `weight` is how much it tells, below 0 against."""

    has: Features
    weight: float


def fit(examples: Sequence[Example], others: Block, without: Iterable[int] = ()) -> Taste:
    """The taste that tells the reader's papers from the others.

    `others` are recent papers of which the reader said nothing and which stand against theirs;
    those of `without` (ids) are left out. Without an example for a paper the taste is empty.
    """
    if not any(one.weight > 0 for one in examples):
        return Taste()
    from scipy.sparse import vstack  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415 (40 MB, which only a worker needs)

    mine = _matrix(Block.of((number, one.has) for number, one in enumerate(examples)))
    rest = _without(others, without)
    signs = [1 if one.weight > 0 else -1 for one in examples] + [-1] * rest.shape[0]
    if -1 not in signs:
        return _mean(mine)
    speaks = sum(one.weight for one in examples if one.weight > 0)
    each = min(1.0, OTHERS_TOGETHER * speaks / max(FEW_OTHERS, rest.shape[0]))
    amounts = [abs(one.weight) for one in examples] + [each] * rest.shape[0]
    machine = LinearSVC(C=COST, random_state=0)
    machine.fit(vstack([mine, rest], format="csr"), signs, sample_weight=amounts)
    return _greatest(machine.coef_[0], float(machine.intercept_[0]))


def _without(others: Block, papers: Iterable[int]) -> Any:
    """The rows of the block but for these papers."""
    import numpy as np  # noqa: PLC0415

    known = np.isin(np.asarray(others.papers, dtype=np.int64), [*papers])
    return _matrix(others)[np.flatnonzero(~known)]


def _matrix(block: Block) -> Any:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    starts = np.append(np.asarray(block.starts, dtype=np.int64), len(block.places))
    amounts = np.asarray(block.amounts, dtype=np.float64)
    places = np.asarray(block.places, dtype=np.int64)
    return csr_matrix((amounts, places, starts), shape=(len(block.papers), PLACES))


def _mean(mine: Any) -> Taste:
    """Of a site that has no other papers: the middle of the reader's own."""
    import numpy as np  # noqa: PLC0415

    return _greatest(np.asarray(mine.mean(axis=0)).ravel(), 0.0)


def _greatest(weights: Any, given: float) -> Taste:
    import numpy as np  # noqa: PLC0415

    known = np.flatnonzero(weights)
    if len(known) > MOST_WEIGHTS:
        sizes = np.abs(weights[known])
        known = np.sort(known[np.argpartition(-sizes, MOST_WEIGHTS)[:MOST_WEIGHTS]])
    return Taste(array("I", known.tolist()), array("f", weights[known].tolist()), given)
