"""Makes the .safetensors, .fvecs, .bvecs, .ivecs, .fbin (and its kin) and gzip files and the folder of .npy files in tests/data/vectors.

Run with numpy (made with numpy 1.24):  python3 tests/data/make_vector_fixtures.py
Safetensors are put together with struct and json from the format's description; vectors as faiss' and TEXMEX's readers take them,
with numpy's tofile. Contents are the formulas of make_numpy_fixtures.py.
"""
import gzip
import json
import pathlib
import struct

import numpy as np

from make_numpy_fixtures import cameras, features, integers, labels, names

FOLDER = pathlib.Path(__file__).parent / "vectors"

TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "<i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "<u1", "BOOL": "?",
}


def brain_floats(array):
    """The upper halves of float32; the formulas' values lose nothing."""
    return (array.astype("<f4").view("<u4") >> 16).astype("<u2")


def safetensors(path, tensors, metadata=None):
    header, data = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (dtype, array) in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def vecs(path, array, dtype):
    rows = [np.concatenate([np.frombuffer(struct.pack("<i", len(row)), "u1"), np.frombuffer(row.astype(dtype).tobytes(), "u1")]) for row in array]
    np.concatenate(rows).tofile(path)


def make_safetensors():
    f, w = features(6, 5), integers(6, 5)
    for dtype, numpy_type in TYPES.items():
        values = w % 2 == 1 if dtype == "BOOL" else (f if dtype.startswith("F") else w).astype(numpy_type)
        safetensors(FOLDER / f"{dtype.lower()}.safetensors", {"features": (dtype, values)})
    safetensors(FOLDER / "bf16.safetensors", {"embeddings": ("BF16", brain_floats(f))}, {"format": "pt"})
    safetensors(FOLDER / "f8.safetensors", {"features": ("F8_E4M3", w.astype("u1"))})
    sets = {}
    for prefix, rows in [("query", 4), ("gallery", 9)]:
        sets[f"{prefix}_f"] = ("F32", features(rows, 5).astype("<f4"))
        sets[f"{prefix}_label"] = ("I64", labels(rows))
        sets[f"{prefix}_cam"] = ("I32", cameras(rows))
    safetensors(
        FOLDER / "sets.safetensors", sets,
        {"format": "pt", "name": "resnet50", "query_name": json.dumps(names(4)), "gallery_name": json.dumps(names(9), ensure_ascii=False)})


def make_vectors():
    f, w = features(6, 5), integers(6, 5)
    vecs(FOLDER / "plain.fvecs", f, "<f4")
    vecs(FOLDER / "plain.bvecs", w, "u1")
    vecs(FOLDER / "plain.ivecs", w, "<i4")
    ragged = b"".join(struct.pack("<i", d) + b"\0" * 4 * d for d in (3, 4, 2))
    (FOLDER / "ragged.fvecs").write_bytes(ragged)


def bins(path, array, dtype, *more):
    """As big-ann-benchmarks writes them: the shape as two uint32, and the array by tofile."""
    with open(path, "wb") as file:
        np.array(array.shape, "<u4").tofile(file)
        for part, part_type in [(array, dtype), *more]:
            part.astype(part_type).tofile(file)


def make_bins():
    f, w = features(6, 5), integers(6, 5)
    bins(FOLDER / "plain.fbin", f, "<f4")
    bins(FOLDER / "plain.f16bin", f, "<f2")
    bins(FOLDER / "plain.ibin", w, "<i4")
    bins(FOLDER / "plain.u8bin", w, "u1")
    bins(FOLDER / "plain.i8bin", w - 11, "i1")
    # The three nearest of points on a half circle, itself first: as graph_indices.npy and graph_distances.npy of the numpy fixtures.
    angles = np.array([0.0, 0.2, 0.5, 1.1, 1.9, 3.0])
    distances = 2 - 2 * np.cos(angles[:, None] - angles[None, :])
    near = np.argsort(distances, axis=1, kind="stable")[:, :3]
    found = np.take_along_axis(distances, near, axis=1)
    bins(FOLDER / "graph.ibin", near, "<i4", (found, "<f4"))
    bins(FOLDER / "pair.ibin", near, "<i4")
    bins(FOLDER / "pair.fbin", found, "<f4")


def make_folder():
    folder = FOLDER / "images"
    for row, (name, vector) in enumerate(zip(["b/2.jpg", "b/10.jpg", "a", "Z", "c/1"], features(5, 4).astype("<f4"))):
        path = folder / (name + ".npy")
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, vector.reshape([(4,), (1, 4), (4, 1), (1, 4, 1, 1), (4,)][row]))
    (folder / "notes.txt").write_text("not a vector\n")


def make_gzip():
    text = "label,camera,name," + ",".join(f"f{j}" for j in range(5)) + "\n"
    for i, row in enumerate(features(6, 5)):
        text += f"{labels(6)[i]},{cameras(6)[i]},{names(6)[i]}," + ",".join(repr(v) for v in row) + "\n"
    raw = text.encode()
    (FOLDER / "named.csv.gz").write_bytes(gzip.compress(raw, mtime=0))
    tabs = raw.replace(b",", b"\t")
    with open(FOLDER / "members.tsv.gz", "wb") as file:
        for part in (tabs[:100], b"", tabs[100:]):
            file.write(gzip.compress(part, mtime=0))
    with gzip.GzipFile(FOLDER / "header.csv.gz", "wb", mtime=1) as file:
        file.write(raw)


if __name__ == "__main__":
    make_safetensors()
    make_vectors()
    make_bins()
    make_folder()
    make_gzip()
