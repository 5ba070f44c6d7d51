"""Makes the pickles in tests/data/pickle.

Run with numpy (made with Python 3.11 and numpy 1.24):  python3 tests/data/make_pickle_fixtures.py
Features are (i * 17 + j * 3) % 23 / 8 - 1, exact in float16; labels 2^53 + 1 + 2 i, cameras i % 3 + 1, names img_i_exxx.jpg, as in
make_numpy_fixtures.py. What Python 2 wrote is made opcode by opcode below, for want of a Python 2; pickle.loads reads it back.
"""
import collections
import pathlib
import pickle
import struct

import numpy as np

from make_numpy_fixtures import cameras, features, labels, names

FOLDER = pathlib.Path(__file__).parent / "pickle"
PROTOCOLS = range(6)


def values():
    """One of everything that is data, with shared and circular references."""
    shared = ["one", "two"]
    circle = []
    circle.append(circle)
    return {
        "none": None, "true": True, "false": False,
        "integers": [0, 1, 255, 256, 65535, 65536, -1, -129, 2**31 - 1, -2**31, 2**31, 2**63 - 1, -2**63],
        "large": [2**63, -2**63 - 1, 2**100, 2**2100],
        "floats": [0.0, -1.5, 1e300, float("inf"), -float("inf"), float("nan")],
        "texts": ["", "plain", "caf\u00e9 \U0001F600 \u4e2d", "quote ' \" back\\slash \n line \r \0 \x1a", "x" * 300],
        "bytes": [b"", b"\x00\x80\xff", bytes(range(256)), b"y" * 300],
        "bytearray": bytearray(b"\x01\xfe"),
        "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((1, "a"), [2])],
        "sets": [set(), {1, 2, 3}, frozenset(), frozenset({"a", "b"})],
        "keys": {1: "int", "1": "text", (1, "a"): "tuple", b"1": "bytes", 2.5: "float"},
        "ordered": collections.OrderedDict([("z", 1), ("a", 2)]),
        "default": collections.defaultdict(list, {"k": [1]}),
        "shared": [shared, shared],
        "circle": circle,
        "many": list(range(2500)),
    }


def arrays():
    f = features(6, 5)
    return {
        "f2": f.astype("<f2"), "f4": f.astype("<f4"), "f8_big": f.astype(">f8"), "fortran": np.asfortranarray(f.astype("<f4")),
        "strided": f.astype("<f4")[:, ::2], "i8": labels(6), "u1": np.arange(6, dtype="u1"), "u8": np.array([2**63], dtype="u8"),
        "bool": np.array([True, False]), "empty": np.zeros((0, 5), "<f4"), "scalar_array": np.array(3.5),
        "names": np.array(names(6)), "bytes": np.array([name.encode() for name in names(6)]), "objects": np.array(names(6), dtype=object),
        "scalars": [np.float32(1.5), np.float64(2.5), np.int64(-3), np.uint64(2**63), np.bool_(True), np.str_("\u00e9t"), np.float16(0.25)],
    }


def table():
    return {"features": features(6, 5).astype("<f4"), "labels": labels(6), "cams": cameras(6).tolist(), "names": names(6)}


def ground_truth():
    """The shape of the revisited Oxford and Paris files."""
    return {
        "imlist": ["all_souls_%06d" % i for i in range(8)],
        "qimlist": ["query_0", "query_1"],
        "gnd": [
            {"bbx": [136.5, 34.1, 648.5, 955.7], "easy": np.array([0, 3]), "hard": np.array([1]), "junk": np.array([], dtype=np.int64)},
            {"bbx": [1, 2, 3, 4], "easy": [4, 5], "hard": [6], "junk": [7]},
        ],
    }


def save(name, value, protocol):
    with open(FOLDER / f"{name}.pkl", "wb") as file:
        pickle.dump(value, file, protocol)


def short(text):
    return b"U" + bytes([len(text)]) + text


def long(data):
    return b"T" + struct.pack("<i", len(data)) + data


def python2_array(array):
    """numpy 1.7 under Python 2.7: byte strings for text and data, protocol 2."""
    shape = b"".join(b"K" + bytes([extent]) for extent in array.shape) + (b"\x85" if array.ndim == 1 else b"\x86")
    return (b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85" + short(b"b") + b"\x87R(K\x01" + shape
            + b"cnumpy\ndtype\n" + short(array.dtype.str[1:].encode()) + b"K\x00K\x01\x87R(K\x03" + short(b"<")
            + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89" + long(array.tobytes()) + b"tb")


def make_python2():
    f = features(6, 5).astype("<f4")
    text = b"\x80\x02}q\x00(" + short(b"features") + python2_array(f) + short(b"labels") + python2_array(np.arange(6)) + short(b"names") + b"]("
    text += b"".join(short(b"img_%d.jpg" % i) for i in range(6)) + b"eu."
    read = pickle.loads(text, encoding="latin1")
    assert (read["features"] == f).all() and read["names"][5] == "img_5.jpg" and (read["labels"] == np.arange(6)).all()
    (FOLDER / "python2_table.pkl").write_bytes(text)
    text = b"(dp0\nS'it\\'s \\x00\\xff\\n'\np1\n(lp2\nI1\naL12L\naI01\naF0.5\nasS\"a'b\"\np3\nccollections\nOrderedDict\np4\n((lp5\n(lp6\nS'k'\naI7\naatRp7\ns."
    read = pickle.loads(text, encoding="latin1")
    assert read == {"it's \0\xff\n": [1, 12, True, 0.5], "a'b": collections.OrderedDict([("k", 7)])}
    (FOLDER / "python2_text.pkl").write_bytes(text)


def make_tables():
    f = features(6, 5).astype("<f4")
    for protocol in PROTOCOLS:
        save(f"table_p{protocol}", table(), protocol)
    save("plain", f, 4)
    save("fortran_big", np.asfortranarray(features(6, 5).astype(">f8")), 2)
    save("list_of_lists", features(6, 5).tolist(), 4)
    save("list_of_arrays", list(f), 5)
    save("by_name", dict(zip(names(6), f)), 4)
    save("by_name_rows", {name: row.reshape(1, -1) for name, row in zip(names(6), f)}, 4)
    save("by_number", {7 * i: f[i].tolist() for i in range(6)}, 2)
    save("tuple", (f, labels(6), cameras(6)), 4)
    save("tuple_lists", (f, np.arange(6).tolist(), names(6)), 3)
    save("nested", {
        "query": {"features": f[:4], "labels": labels(4), "cams": cameras(4), "names": names(4)},
        "gallery": {"features": f, "labels": labels(6), "cams": cameras(6), "names": np.array(names(6), dtype=object)}}, 4)
    save("sets", {"query_f": f[:4].tolist(), "query_label": [1, 2, 3, 4], "gallery_f": f, "gallery_label": list(range(6))}, 4)
    save("ragged", [[1.0, 2.0], [3.0]], 4)
    save("no_features", {"epoch": 3, "note": "nothing here"}, 4)


def make_records():
    """A record a row, or a batch of rows, as re-identification scripts, DeepFace and others pickle them."""
    f, l, c, n = features(6, 5).astype("<f4"), labels(6), cameras(6), names(6)
    save("records_tuples", [(f[i], int(l[i]), int(c[i])) for i in range(6)], 4)
    save("records_numpy", [(n[i], l[i], c[i], f[i].reshape(1, -1)) for i in range(6)], 4)
    save("records_paths", [[n[i], features(6, 5)[i].tolist()] for i in range(6)], 4)
    save("records_deepface", [{"identity": n[i], "hash": f"{i:04x}", "embedding": features(6, 5)[i].tolist(), "target_x": i} for i in range(6)], 5)
    save("records_by_name", {n[i]: {"feature": f[i], "pid": int(l[i]), "cam": int(c[i])} for i in range(6)}, 4)
    save("records_tuples_by_name", {n[i]: (int(l[i]), f[i], int(c[i])) for i in range(6)}, 2)
    save("records_sets", {
        "query": {n[i]: {"feature": f[i], "pid": int(l[i])} for i in range(4)}, "gallery": {n[i]: {"feature": f[i], "pid": int(l[i])} for i in range(6)}}, 4)
    save("batches", [f[:2], np.asfortranarray(f[2:4]), f[4:]], 4)
    save("batches_records", [(f[i:i + 2], l[i:i + 2], c[i:i + 2].tolist(), n[i:i + 2]) for i in range(0, 6, 2)], 4)
    save("records_unlike", [(f[i], int(l[i])) for i in range(5)] + [(n[5], int(l[5]))], 4)
    save("records_without", [(n[i], int(l[i])) for i in range(6)], 4)
    save("tuple_of_one", (f[:1], l[:1], c[:1]), 4)
    save("two_matrices", [f, f[:4]], 4)
    save("many_dicts", {name: {"note": "x", "pid": 1} for name in names(12)}, 4)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for protocol in PROTOCOLS:
        save(f"values_p{protocol}", values(), protocol)
        save(f"arrays_p{protocol}", arrays(), protocol)
    save("ground_truth", ground_truth(), 2)
    make_python2()
    make_tables()
    make_records()
