"""Brings the sample's features to 128 columns: reduce-features.py IN.npz OUT.npz. make-emoji-sample.ps1 calls it.

Rows are scaled to length 1 and projected on the 128 directions that hold most of the gallery's, by a singular value
decomposition without taking the mean away, so that cosines stay what they are. Values are rounded to float16.
"""
import sys

import numpy as np

source, target = sys.argv[1:]
arrays = dict(np.load(source))
unit = {}
for role in ("query", "gallery"):
    rows = arrays[role + "_f"].astype(np.float64)
    unit[role] = rows / np.linalg.norm(rows, axis=1, keepdims=True)

_, sizes, directions = np.linalg.svd(unit["gallery"], full_matrices=False)
directions = directions[:128]
# A direction's sign is the library's choice: this one is the same everywhere.
directions *= np.sign(directions[np.arange(128), np.abs(directions).argmax(axis=1)])[:, None]
for role, rows in unit.items():
    arrays[role + "_f"] = (rows @ directions.T).astype(np.float16)

np.savez(target, **arrays)
print(f"{(sizes[:128] ** 2).sum() / (sizes ** 2).sum():.1%} of the gallery's squared length is kept")
