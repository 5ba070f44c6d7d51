"""Makes the files of tests/data/matrix that Python programs write: one for each element type that a format has.

Run with numpy, scipy, h5py and torch (made with numpy 1.24, scipy 1.10, h5py 3.7, torch 1.13):  python3 tests/data/make_matrix_fixtures.py
Row i, column j (5 x 4, 0-based) is (7 i + 3 j) mod 11; truth values are that, mod 2. The tests compute it again.
safetensors has no Python package in the distributions used here: its files are written from its published format, with struct and json.
"""
import json
import pathlib
import pickle
import struct

import h5py
import numpy as np
import scipy.io
import torch

FOLDER = pathlib.Path(__file__).parent / "matrix"
I, J = np.indices((5, 4))
VALUES = (7 * I + 3 * J) % 11
NUMPY_TYPES = {
    "float16": "f2", "float32": "f4", "float64": "f8", "int8": "i1", "int16": "i2", "int32": "i4", "int64": "i8",
    "uint8": "u1", "uint16": "u2", "uint32": "u4", "uint64": "u8", "bool": "?",
}
TORCH_TYPES = {
    "float16": torch.float16, "bfloat16": torch.bfloat16, "float32": torch.float32, "float64": torch.float64, "int8": torch.int8,
    "int16": torch.int16, "int32": torch.int32, "int64": torch.int64, "uint8": torch.uint8, "bool": torch.bool,
}
SAFETENSORS_TYPES = {
    "float16": "F16", "float32": "F32", "float64": "F64", "int8": "I8", "int16": "I16", "int32": "I32", "int64": "I64",
    "uint8": "U8", "uint16": "U16", "uint32": "U32", "uint64": "U64", "bool": "BOOL",
}


def values(name):
    return (VALUES % 2 if name == "bool" else VALUES).astype(NUMPY_TYPES[name])


def write_numpy():
    for name in NUMPY_TYPES:
        a = values(name)
        np.save(FOLDER / f"npy_{name}.npy", a)
        np.savez_compressed(FOLDER / f"npz_{name}.npz", features=a)
        with open(FOLDER / f"pickle_{name}.pkl", "wb") as file:
            pickle.dump({"features": a}, file, protocol=4)
        if name != "float16":  # MATLAB has no such class
            scipy.io.savemat(FOLDER / f"mat_{name}.mat", {"features": a})


def write_hdf5():
    for name in NUMPY_TYPES:
        with h5py.File(FOLDER / f"hdf5_{name}.h5", "w", libver="earliest") as file:
            file.create_dataset("features", data=values(name))


def write_torch():
    for name, kind in TORCH_TYPES.items():
        tensor = torch.tensor(VALUES % 2 if name == "bool" else VALUES).to(kind)
        torch.save({"features": tensor}, FOLDER / f"torch_{name}.pt")


def write_safetensors():
    for name, kind in SAFETENSORS_TYPES.items():
        safetensors(name, kind, values(name).tobytes())
    # bfloat16 is the upper half of float32.
    safetensors("bfloat16", "BF16", (VALUES.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes())


def safetensors(name, kind, data):
    header = json.dumps({"features": {"dtype": kind, "shape": list(VALUES.shape), "data_offsets": [0, len(data)]}}).encode()
    header += b" " * (-len(header) % 8)
    (FOLDER / f"safetensors_{name}.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + data)


def write_vectors():
    for ending, name in (("fvecs", "float32"), ("bvecs", "uint8"), ("ivecs", "int32")):
        with open(FOLDER / f"{ending}_{name}.{ending}", "wb") as file:
            for row in values(name):
                np.array([len(row)], "<i4").tofile(file)
                row.tofile(file)
    for ending, name in (("fbin", "float32"), ("f16bin", "float16"), ("ibin", "int32"), ("u8bin", "uint8"), ("i8bin", "int8")):
        with open(FOLDER / f"{ending}_{name}.{ending}", "wb") as file:
            np.array(values(name).shape, "<u4").tofile(file)
            values(name).tofile(file)


def write_text():
    for ending, delimiter in (("csv", ","), ("tsv", "\t")):
        np.savetxt(FOLDER / f"{ending}_text.{ending}", VALUES, delimiter=delimiter, fmt="%.9g")
        np.savetxt(FOLDER / f"{ending}_text.{ending}.gz", VALUES, delimiter=delimiter, fmt="%.9g")


def write_folder():
    for i, row in enumerate(values("float32")):
        folder = FOLDER / "npyfolder_float32"
        folder.mkdir(exist_ok=True)
        np.save(folder / f"image{i}.npy", row)


FOLDER.mkdir(exist_ok=True)
write_numpy()
write_hdf5()
write_torch()
write_safetensors()
write_vectors()
write_text()
write_folder()
