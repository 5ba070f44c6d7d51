"""Prints what numpy finds in a file that GnnReRank wrote, as JSON: dtype, shape, values, labels. The tests run it where there is numpy.

    python3 tests/data/read_back.py FILE
"""
import gzip
import json
import pathlib
import struct
import sys

import numpy as np

SAFETENSORS_TYPES = {"F16": "<f2", "F32": "<f4", "I64": "<i8"}


def read_text(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        table = np.genfromtxt(file, delimiter="\t" if ".tsv" in path.name else ",", names=True, dtype=None, encoding="utf-8")
    values = [name for name in table.dtype.names if name.startswith("f")]
    return np.stack([table[name].astype("f4") for name in values], axis=1), table["label"]


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)

    def tensor(entry):
        start, end = entry["data_offsets"]
        return np.frombuffer(data[8 + length + start:8 + length + end], SAFETENSORS_TYPES[entry["dtype"]]).reshape(entry["shape"])

    features = next(entry for name, entry in header.items() if "feat" in name)
    labels = next(entry for name, entry in header.items() if "label" in name)
    return tensor(features), tensor(labels)


def read(path):
    if path.suffix == ".npy":
        return np.load(path), None
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as arrays:
            return next(arrays[n] for n in arrays if "feat" in n), next(arrays[n] for n in arrays if "label" in n)
    if path.suffix == ".fvecs":
        rows = np.fromfile(path, "<i4").reshape(-1, np.fromfile(path, "<i4", 1)[0] + 1)
        assert (rows[:, 0] == rows[0, 0]).all()
        return rows[:, 1:].view("<f4"), None
    return read_safetensors(path) if path.suffix == ".safetensors" else read_text(path)


values, labels = read(pathlib.Path(sys.argv[1]))
print(json.dumps({
    "type": values.dtype.name, "shape": values.shape, "values": values.astype("f8").ravel().tolist(),
    "labels": None if labels is None else [int(label) for label in labels],
}))
