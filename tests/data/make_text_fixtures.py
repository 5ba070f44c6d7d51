"""Writes the text fixtures of NumPy: python3 make_text_fixtures.py TARGET_FOLDER (NumPy 1.24).

Row i, dimension j (0-based) is ((7 i + 3 j) mod 11 - 5) / 4; label i mod 5.
"""
import sys

import numpy as np

target = sys.argv[1]
rows, columns = np.arange(40)[:, None], np.arange(6)[None, :]
features = ((7 * rows + 3 * columns) % 11 - 5) / 4
np.savetxt(f"{target}/text/numpy_bare.csv", features, delimiter=",")
np.savetxt(
    f"{target}/text/numpy_header.csv", np.hstack([features, rows % 5]), delimiter=",", newline="\r\n", comments="", fmt="%.6g",
    header=",".join([f"feat_{j}" for j in range(6)] + ["label"]))
np.savetxt(f"{target}/text/numpy_tabs.tsv", features.astype(np.float32), delimiter="\t", fmt="%r")
