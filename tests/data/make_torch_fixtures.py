"""Makes the files of torch.save in tests/data/torch, and pickles with tensors in them.

Run with torch and numpy (made with PyTorch 1.13):  python3 tests/data/make_torch_fixtures.py
The formulas are those of make_numpy_fixtures.py.
"""
import pathlib
import pickle
import struct
import zipfile

import torch

from make_numpy_fixtures import cameras, features, integers, labels, names

FOLDER = pathlib.Path(__file__).parent / "torch"


def tensor(dtype=torch.float32, rows=6, columns=5):
    return torch.from_numpy(features(rows, columns)).to(dtype)


def table():
    return {"features": tensor(), "labels": torch.from_numpy(labels(6)), "cams": torch.from_numpy(cameras(6)), "names": names(6)}


def save(name, value, **options):
    torch.save(value, FOLDER / f"{name}.pt", **options)


def make_types():
    for name, dtype in [("f4", torch.float32), ("f2", torch.float16), ("bf16", torch.bfloat16), ("f8", torch.float64)]:
        save(name, tensor(dtype))
        save(name + "_legacy", tensor(dtype), _use_new_zipfile_serialization=False)
    whole = torch.from_numpy(integers(6, 5))
    for name, dtype in [("i8", torch.int64), ("i4", torch.int32), ("i2", torch.int16), ("i1", torch.int8), ("u1", torch.uint8)]:
        save(name, whole.to(dtype))
    save("bool", whole % 2 == 1)


def make_views():
    base = tensor(rows=12, columns=10)
    save("transposed", tensor(rows=5, columns=6).t())
    save("strided", base[::2, ::2])
    save("offset", base[3:9])
    save("strided_bf16", base.bfloat16()[1:7, 2:9:2])
    save("expanded", torch.ones(1, 5).expand(6, 5))
    save("rows_of_one", list(tensor()))
    save("transposed_legacy", tensor(rows=5, columns=6).t(), _use_new_zipfile_serialization=False)


def make_tables():
    save("table", table())
    save("table_legacy", table(), _use_new_zipfile_serialization=False)
    save("parameter", torch.nn.Parameter(tensor()))
    save("requires_grad", tensor().requires_grad_())
    save("tuple", (tensor(), torch.from_numpy(labels(6)), cameras(6).tolist()))
    save("list", [tensor(), names(6)])
    save("by_name", {name: row.clone() for name, row in zip(names(6), tensor())})
    save("sets", {"query": {"feat": tensor(rows=4), "pids": torch.arange(4)}, "gallery": {"feat": tensor(), "pids": torch.arange(6)}})
    save("size", {"features": tensor(), "shape": tensor().shape, "dtype": torch.float32})
    rows = list(zip(tensor(), torch.from_numpy(labels(6)), cameras(6).tolist()))
    save("records", [(row.clone(), label.clone(), camera) for row, label, camera in rows])
    save("batches", [batch.clone() for batch in tensor().split(2)])
    save("batches_records", [(tensor()[i:i + 2].clone(), torch.from_numpy(labels(6)[i:i + 2].copy()), cameras(6)[i:i + 2].tolist()) for i in [0, 2, 4]])
    for protocol in [2, 4]:
        with open(FOLDER / f"tensors_in_pickle_p{protocol}.pkl", "wb") as file:
            pickle.dump({"features": tensor(), "labels": torch.from_numpy(labels(6)), "names": names(6)}, file, protocol)


def rewrite(name, target, change, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(FOLDER / f"{name}.pt") as source, zipfile.ZipFile(FOLDER / f"{target}.pt", "w", compression) as copy:
        for entry in source.infolist():
            for changed, data in change(entry.filename, source.read(entry)):
                copied = zipfile.ZipInfo(changed, (1980, 1, 1, 0, 0, 0))
                copied.compress_type = compression
                copy.writestr(copied, data)


def make_foreign():
    """What newer versions and other machines write, made of what PyTorch 1.13 wrote."""
    rewrite("table", "table_deflated", lambda name, data: [(name, data)], zipfile.ZIP_DEFLATED)

    def big(name, data):
        if name.endswith("data/0"):
            data = b"".join(struct.pack(">f", value) for value in struct.unpack(f"<{len(data) // 4}f", data))
        return [(name, data), (name.replace("version", "byteorder"), b"big")] if name.endswith("version") else [(name, data)]

    rewrite("f4", "f4_big", big)

    def script(name, data):
        return [(name, data), (name.replace("version", "constants.pkl"), b"\x80\x02).")] if name.endswith("version") else [(name, data)]

    rewrite("f4", "script", script)
    # PyTorch 2 saves types without a storage class of their own over bytes, with the type beside them.
    pickled = (b"\x80\x02ctorch._utils\n_rebuild_tensor_v3\n((X\x07\x00\x00\x00storagectorch.storage\nUntypedStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x3ctQ"
               b"K\x00K\x06K\x05\x86K\x05K\x01\x86\x89ccollections\nOrderedDict\n)Rctorch\nuint16\n}tR.")
    data = b"".join(struct.pack("<H", value) for value in integers(6, 5).ravel())
    with zipfile.ZipFile(FOLDER / "untyped_u2.pt", "w") as archive:
        for name, content in [("data.pkl", pickled), ("byteorder", b"little"), ("data/0", data), ("version", b"3\n")]:
            archive.writestr(zipfile.ZipInfo(f"archive/{name}", (1980, 1, 1, 0, 0, 0)), content)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make_types()
    make_views()
    make_tables()
    make_foreign()
