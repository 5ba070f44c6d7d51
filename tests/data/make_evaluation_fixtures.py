"""Makes tests/data/evaluation/average_precision.json.

Run with numpy and scikit-learn (made with numpy 1.24 and scikit-learn 1.2):  python3 tests/data/make_evaluation_fixtures.py
Cases of random scores without ties: which images are relevant, the order of the scores, scikit-learn's average_precision_score, and
the area by trapezoids, taken here with numpy from the rule: recall rises by 1/n at each relevant image, and its step is as high as
the mean of the precision after it and the precision before it, which is 1 before the first image.
"""
import json
import pathlib

import numpy as np
from sklearn.metrics import average_precision_score

FOLDER = pathlib.Path(__file__).parent / "evaluation"
SIZES = [(5, 1), (12, 3), (40, 7), (40, 40), (200, 25), (1000, 2), (1000, 300)]


def trapezoid(relevant):
    hits = np.cumsum(relevant)
    after = hits / np.arange(1, len(relevant) + 1)
    before = np.concatenate([[1.0], after[:-1]])
    return float(((before + after) / 2)[relevant].sum() / relevant.sum())


def case(random, size, count):
    relevant = np.zeros(size, dtype=bool)
    relevant[random.choice(size, count, replace=False)] = True
    scores = random.permutation(size) / size
    order = np.argsort(-scores)
    return {
        "relevant": np.flatnonzero(relevant).tolist(),
        "order": order.tolist(),
        "uninterpolated": float(average_precision_score(relevant, scores)),
        "trapezoid": trapezoid(relevant[order]),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    random = np.random.default_rng(1)
    cases = [case(random, size, count) for size, count in SIZES]
    (FOLDER / "average_precision.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
