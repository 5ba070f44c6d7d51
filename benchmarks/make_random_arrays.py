"""Makes random HDF5 and MATLAB files, and beside each what h5py or SciPy reads from it, for Compare-RandomArray.ps1.

Run with h5py and scipy:  python3 benchmarks/make_random_arrays.py FOLDER [COUNT] [SEED]
Types, byte orders, chunks, filters, versions of the format, user blocks and the order of rows are drawn; NAME.npy is NAME.h5 or NAME.mat as
float32, NAME.names.txt its names.
"""
import pathlib
import random
import sys

import h5py
import numpy as np
import scipy.io

TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]


def values(dice, rows, columns, kind):
    generator = np.random.default_rng(dice.randrange(1 << 32))
    if kind == "b1":
        return generator.random((rows, columns)) < 0.7
    if kind[0] == "f":
        return generator.standard_normal((rows, columns)).astype(dice.choice("<>") + kind)
    low = 0 if kind[0] == "u" else -100
    return generator.integers(low, 120, (rows, columns)).astype(dice.choice("<>") + kind)


def layout(dice, rows, columns):
    if dice.random() < 0.3:
        return {}
    options = dict(chunks=(dice.randint(1, rows), dice.randint(1, columns)), shuffle=dice.random() < 0.5, fletcher32=dice.random() < 0.4)
    compression = dice.choice([None, "gzip", "gzip", "lzf"])
    options |= {} if compression is None else dict(compression=compression)
    return options | (dict(maxshape=(None, None)) if dice.random() < 0.15 else {})


def write_hdf5(path, dice, data, names):
    with h5py.File(path, "w", libver=dice.choice(["earliest", "latest", ("earliest", "v108"), "v110"]), userblock_size=dice.choice([0, 0, 512])) as file:
        group = file.create_group(dice.choice(["a", "a/b/c"])) if dice.random() < 0.4 else file
        group.attrs["note"] = "x" * dice.randint(0, 300)
        for other in range(dice.choice([0, 0, 3, 40])):
            group[f"other{other}"] = np.arange(other, dtype="i4")
        group.create_dataset("data", data=data, **layout(dice, *data.shape))
        kind = dice.choice([h5py.string_dtype(), "S24", h5py.string_dtype(length=40)])
        group.create_dataset("names", data=np.array([name.encode() for name in names], dtype=kind))
        place = group.name
    with h5py.File(path) as file:
        read = file[place]["names"]
        return file[place]["data"][()], [text.decode() for text in read[()]]


def write_mat(path, dice, data, names):
    data = data.astype("f4") if data.dtype == np.float16 else data
    cells = np.array(names, dtype=object).reshape(dice.choice([(-1, 1), (1, -1)]))
    scipy.io.savemat(path, {"data": data.astype(data.dtype.newbyteorder("=")), "names": dice.choice([cells, np.array(names)])}, do_compression=dice.random() < 0.5)
    return scipy.io.loadmat(path)["data"], names


def make(folder, count, seed):
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)
    for number in range(count):
        rows, columns, mat = dice.randint(1, 60), dice.randint(2, 40), dice.random() < 0.3
        data = values(dice, rows, columns, dice.choice(TYPES))
        data[:, 0] = 1
        names = [f"{chr(dice.choice([97, 233, 8364]))}_{row}.jpg" for row in range(rows)]
        stem = folder / f"{number:04}"
        read, texts = (write_mat if mat else write_hdf5)(stem.with_suffix(".mat" if mat else ".h5"), dice, data, names)
        np.save(stem.with_suffix(".npy"), np.ascontiguousarray(read.astype("<f4")))
        stem.with_suffix(".names.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
