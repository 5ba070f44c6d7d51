"""Makes the gnd files in tests/data/datasets: the same small truth as Python and as MATLAB write it.

Run with numpy and scipy (made with numpy 1.24 and scipy 1.10):  python3 tests/data/make_landmark_fixtures.py
Shapes and types are those of gnd_roxford5k and gnd_oxford5k as published: .pkl with 0-based rows, .mat with 1-based rows.
"""
import pathlib
import pickle

import numpy as np
import scipy.io

FOLDER = pathlib.Path(__file__).parent / "datasets"

IMAGES = ["all_souls_000000", "all_souls_000001", "all_souls_000002", "ashmolean_000003", "ashmolean_000004", "oxford_000005",
          "oxford_000006", "oxford_000007"]
QUERIES = ["all_souls_000013", "all_souls_000026", "ashmolean_000000"]
REVISITED = [
    {"easy": [1, 4], "hard": [2], "junk": [0], "bbx": [136.5, 34.1, 648.5, 955.7]},
    {"easy": [], "hard": [3], "junk": [], "bbx": [1.0, 2.0, 3.0, 4.0]},
    {"easy": [5], "hard": [], "junk": [6, 7], "bbx": [0.5, 0.25, 100.0, 200.0]},
]
OLDER_QUERIES = [1, 3]
OLDER = [
    {"ok": [1, 0, 2], "junk": [7], "bbx": [136.5, 34.1, 648.5, 955.7]},
    {"ok": [3, 4], "junk": [], "bbx": [1.0, 2.0, 3.0, 4.0]},
]


def write_pickle(name, value, protocol):
    with open(FOLDER / name, "wb") as file:
        pickle.dump(value, file, protocol)


def as_arrays(records):
    return [{key: np.array(value, dtype=np.float64 if key == "bbx" else np.int64) for key, value in record.items()} for record in records]


def column(texts):
    """A cell array, n x 1."""
    made = np.empty((len(texts), 1), dtype=object)
    made[:, 0] = texts
    return made


def structs(records, dtype):
    """A 1 x n struct array with 1-based rows."""
    made = np.empty((1, len(records)), dtype=[(key, object) for key in records[0]])
    for place, record in enumerate(records):
        made[0, place] = tuple(
            np.array([value]) if key == "bbx" else (np.array([value], dtype=dtype) + 1 if value else np.zeros((0, 0)))
            for key, value in record.items())
    return made


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    revisited = {"imlist": IMAGES, "qimlist": QUERIES, "gnd": REVISITED}
    write_pickle("gnd_roxford5k.pkl", revisited, 2)
    write_pickle("revisited_arrays.pkl", {**revisited, "imlist": np.array(IMAGES), "gnd": as_arrays(REVISITED)}, 4)
    write_pickle("revisited_tuples.pkl", {**revisited, "imlist": tuple(IMAGES), "gnd": tuple(REVISITED)}, 0)
    for name, dtype, compressed in [("gnd_roxford5k", np.float64, True), ("revisited_plain", np.uint16, False)]:
        scipy.io.savemat(FOLDER / f"{name}.mat", {
            "imlist": column(IMAGES), "qimlist": column(QUERIES), "gnd": structs(REVISITED, dtype)}, do_compression=compressed)
    scipy.io.savemat(FOLDER / "revisited_rows.mat", {
        "imlist": column(IMAGES).T, "qimlist": np.array(QUERIES), "gnd": structs(REVISITED, np.int32).T})
    write_pickle("gnd_oxford5k.pkl", {"imlist": IMAGES, "qimlist": [IMAGES[row] for row in OLDER_QUERIES], "gnd": OLDER}, 2)
    scipy.io.savemat(FOLDER / "gnd_oxford5k.mat", {
        "imlist": column(IMAGES), "qidx": np.array([OLDER_QUERIES], dtype=np.float64).T + 1, "gnd": structs(OLDER, np.float64)})
