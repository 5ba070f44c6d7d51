"""Writes what SciPy says of sign tests, bootstrap intervals and paired randomization tests:
python3 make_statistics_fixtures.py TARGET_FOLDER (SciPy 1.10, NumPy 1.24).
"""
import json
import os
import sys

import numpy as np
from scipy import stats

FOLDER = os.path.join(sys.argv[1], "statistics")


def values(count, step):
    """Numbers in [0, 1) by a formula without random numbers: the fractional parts of multiples of the golden ratio, squared."""
    return (np.arange(1, count + 1) * step * 0.6180339887498949 % 1.0) ** 2


def sign_tests():
    pairs = [
        (0, 0), (1, 0), (0, 1), (1, 1), (5, 0), (3, 9), (9, 3), (10, 10), (7, 8), (30, 12), (100, 60), (99, 101), (0, 1000),
        (2011, 842), (842, 2011), (1450, 1330), (1700, 1668), (50000, 49500), (500500, 499500), (502000, 498000),
    ]
    return [
        {"gained": g, "lost": l, "p": 1.0 if g + l == 0 else stats.binomtest(g, g + l, 0.5).pvalue}
        for g, l in pairs
    ]


def intervals():
    rows = []
    for count, step in [(40, 1), (200, 3), (1000, 7)]:
        data = values(count, step)
        found = stats.bootstrap(
            (data,), np.mean, n_resamples=20000, batch=500, method="percentile", random_state=np.random.default_rng(1))
        rows.append({
            "values": data.tolist(),
            "lower": found.confidence_interval.low, "upper": found.confidence_interval.high, "error": found.standard_error,
        })
    return rows


def randomizations():
    rows = []
    for count, step, shift in [(5, 1, 0.1), (8, 2, 0.4), (13, 3, 0.2), (60, 1, 0.30), (400, 5, 0.32), (400, 5, 0.30)]:
        data = values(count, step) - shift
        found = stats.permutation_test(
            (data,), np.mean, permutation_type="samples", vectorized=True, n_resamples=np.inf if count <= 13 else 200000,
            batch=1000, random_state=np.random.default_rng(2))
        rows.append({"differences": data.tolist(), "exact": count <= 13, "p": found.pvalue})
    return rows


os.makedirs(FOLDER, exist_ok=True)
for name, content in [("sign_test", sign_tests()), ("bootstrap", intervals()), ("randomization", randomizations())]:
    with open(os.path.join(FOLDER, name + ".json"), "w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file)
        file.write("\n")
