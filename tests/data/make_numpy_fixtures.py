"""Makes the .npy, .npz and .mat files in tests/data/numpy.

Run with numpy and scipy (made with numpy 1.24 and scipy 1.10):  python3 tests/data/make_numpy_fixtures.py
The tests compute every value again from the formulas below; nothing else describes the contents.
"""
import pathlib
import struct

import numpy as np
import scipy.io
import scipy.sparse

FOLDER = pathlib.Path(__file__).parent / "numpy"


def features(rows, columns):
    """Values that float16 holds exactly: (i * 17 + j * 3) % 23 / 8 - 1."""
    i, j = np.indices((rows, columns))
    return (i * 17 + j * 3) % 23 / 8.0 - 1.0


def integers(rows, columns):
    """Values that every integer type holds: (i * 17 + j * 3) % 23."""
    i, j = np.indices((rows, columns))
    return (i * 17 + j * 3) % 23


def labels(rows):
    """Past float64's integers, so that a way through floating point shows."""
    return 2**53 + 1 + 2 * np.arange(rows, dtype=np.int64)


def cameras(rows):
    return (np.arange(rows) % 3 + 1).astype(np.int32)


def names(rows):
    """Different lengths, a letter outside ASCII, a character outside 16 bits in the last."""
    made = ["img_%d_\u00e9%s.jpg" % (i, "x" * i) for i in range(rows)]
    made[-1] += "\U0001F600"
    return made


def make_npy():
    f, w = features(6, 5), integers(6, 5)
    for name, dtype in [("f2", "<f2"), ("f4", "<f4"), ("f8", "<f8"), ("f2_big", ">f2"), ("f4_big", ">f4"), ("f8_big", ">f8")]:
        np.save(FOLDER / f"{name}.npy", f.astype(dtype))
    for name in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
        np.save(FOLDER / f"{name}.npy", w.astype(name))
    for name in ["i2", "i4", "i8", "u2", "u4", "u8"]:
        np.save(FOLDER / f"{name}_big.npy", w.astype(">" + name))
    np.save(FOLDER / "bool.npy", w % 2 == 1)
    np.save(FOLDER / "f4_fortran.npy", np.asfortranarray(f.astype("<f4")))
    np.save(FOLDER / "f8_fortran_big.npy", np.asfortranarray(features(40, 37).astype(">f8")))
    for version in [(2, 0), (3, 0)]:
        with open(FOLDER / f"version{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, f.astype("<f4"), version)
    np.save(FOLDER / "object.npy", np.array([["a", 1.5], [None, 2]], dtype=object))
    np.save(FOLDER / "object_numbers.npy", features(6, 5).astype(object))
    rows = np.empty(6, dtype=object)
    rows[:] = list(features(6, 5).astype("<f4"))
    np.save(FOLDER / "object_rows.npy", rows)
    np.save(FOLDER / "object_dict.npy", dict(zip(names(6), features(6, 5).astype("<f4"))))
    records = np.empty((6, 4), dtype=object)
    for i in range(6):
        records[i] = [features(6, 5)[i].astype("<f4"), labels(6)[i], cameras(6)[i], names(6)[i]]
    np.save(FOLDER / "object_records.npy", np.asfortranarray(records))
    np.save(FOLDER / "object_vector.npy", features(6, 5)[0].astype(object))
    np.save(FOLDER / "structured.npy", np.zeros(3, dtype=[("f", "<f4", (4,)), ("label", "<i8")]))
    np.save(FOLDER / "complex.npy", f.astype("<c8"))
    np.save(FOLDER / "one_dimension.npy", f[0].astype("<f4"))
    np.save(FOLDER / "three_dimensions.npy", f.astype("<f4").reshape(2, 3, 5))
    np.save(FOLDER / "empty.npy", np.zeros((0, 5), dtype="<f4"))


def sets():
    return {
        "query_f": features(4, 5).astype("<f4"), "query_label": labels(4), "query_cam": cameras(4), "query_name": np.array(names(4)),
        "gallery_f": features(6, 5)[::-1].astype("<f2"), "gallery_label": labels(6)[::-1].copy(), "gallery_cam": cameras(6),
        "gallery_name": np.array(names(6)),
    }


def make_npz():
    np.savez_compressed(FOLDER / "sets.npz", **sets())
    np.savez(FOLDER / "plain.npz", X=features(6, 5), y=(np.arange(6.0) - 1).reshape(6, 1), camid=cameras(6).astype(">u2").reshape(1, 6),
             paths=np.array([name.encode() for name in names(6)]))
    np.savez(FOLDER / "unnamed.npz", features(6, 5).astype("<f4"))
    np.savez(FOLDER / "names_big.npz", features=features(6, 5), names=np.array(names(6)).astype(">U24"))
    np.savez(FOLDER / "object_names.npz", features=features(6, 5), names=np.array(names(6), dtype=object))
    np.savez(FOLDER / "object_all.npz", features=features(6, 5).astype(object), labels=labels(6).astype(object), cams=cameras(6).astype(object),
             names=np.array(names(6), dtype=object))
    table = {"feats": features(6, 5).astype("<f4"), "pids": labels(6), "camids": cameras(6), "paths": names(6)}
    np.savez(FOLDER / "object_table.npz", table)
    np.savez(FOLDER / "object_tables.npz", query={key: value[:4] for key, value in table.items()}, gallery=table)
    np.savez_compressed(FOLDER / "object_sets.npz", query_f=features(4, 5), query_label=labels(4).astype(object), gallery_f=features(6, 5), gallery_label=labels(6))
    np.savez(FOLDER / "stored.npz", **sets())
    np.savez(FOLDER / "stored_unusual.npz", names=np.array(names(6)), double=features(6, 5), big=features(6, 5).astype(">f4"),
             fortran=np.asfortranarray(features(6, 5).astype("<f4")), integers=integers(6, 5).astype("<i2"))


def make_rounded():
    """Values between float16's, halfway between, below its normal range and at its ends, and what numpy rounds them to."""
    random = np.random.RandomState(7)
    values = random.standard_normal((40, 8)) * 10.0 ** random.randint(-8, 5, (40, 8)).clip(-8, 4)
    values[:, 0] = 1 + np.arange(40) / 2048
    values[:, 1] = (np.arange(40) + 0.5) * 2.0**-24
    values[:, 2] = 65504 + np.arange(40) * 0.39
    values[:, 3] = 1 + (np.arange(40) + 0.5) / 1024 + np.where(np.arange(40) % 2 == 0, 1, -1) * 2.0**-40
    for dtype in ["f4", "f8"]:
        np.save(FOLDER / f"rounding_{dtype}.npy", values.astype(dtype))
        np.save(FOLDER / f"rounded_{dtype}.npy", values.astype(dtype).astype("<f2"))


def make_mat():
    arrays = {key: value for key, value in sets().items() if not key.endswith("_name")}
    arrays["gallery_f"] = arrays["gallery_f"].astype("<f8")
    arrays["mquery_f"] = features(3, 5)
    for name, compressed in [("sets", False), ("sets_compressed", True)]:
        scipy.io.savemat(FOLDER / f"{name}.mat", arrays, do_compression=compressed)
    for dtype in ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
        values = features(6, 5) if dtype[0] == "f" else integers(6, 5)
        scipy.io.savemat(FOLDER / f"{dtype}.mat", {"features": values.astype(dtype)}, do_compression=True)
    cells = np.empty((6, 1), dtype=object)
    cells[:, 0] = names(6)
    scipy.io.savemat(FOLDER / "cell_names.mat", {"features": features(6, 5), "names": cells}, do_compression=True)
    scipy.io.savemat(FOLDER / "char_names.mat", {"features": features(6, 5), "names": np.array(names(6)), "unused": {"a": 1}})
    scipy.io.savemat(FOLDER / "logical.mat", {"features": integers(6, 5) % 2 == 1})
    scipy.io.savemat(FOLDER / "small_elements.mat", {"x": np.array([[1, 2]], dtype="u1"), "y": np.array([[7]], dtype="u1")})
    scipy.io.savemat(FOLDER / "wide.mat", {"features": features(40, 37)}, do_compression=True)
    scipy.io.savemat(FOLDER / "transposed.mat", {"features": features(6, 5).T.copy(), "labels": labels(6)})
    scipy.io.savemat(FOLDER / "complex.mat", {"features": features(6, 5) + 1j})
    scipy.io.savemat(FOLDER / "three_dimensions.mat", {"features": features(6, 4).reshape(6, 2, 2)})
    scipy.io.savemat(FOLDER / "sparse.mat", {"features": scipy.sparse.csc_matrix(features(6, 5))})
    scipy.io.savemat(FOLDER / "level4.mat", {"features": features(6, 5)}, format="4")


def element(order, kind, data):
    if 0 < len(data) <= 4:
        small = struct.pack(order + "I", len(data) << 16 | kind)
        return small + data.ljust(4, b"\0")
    return struct.pack(order + "II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def matrix(order, array_class, shape, name, content):
    body = element(order, 6, struct.pack(order + "II", array_class, 0))
    body += element(order, 5, struct.pack(order + "%di" % len(shape), *shape)) + element(order, 1, name) + content
    return struct.pack(order + "II", 14, len(body)) + body


def make_matlab_style():
    """What MATLAB writes and scipy does not: big-endian, doubles stored as bytes, text as UTF-16. scipy reads it back here."""
    for file_name, order, mark in [("matlab_big.mat", ">", b"\x01\x00MI"), ("matlab_little.mat", "<", b"\x00\x01IM")]:
        encoding = "utf-16-be" if order == ">" else "utf-16-le"
        units = [name.encode(encoding) for name in names(6)[:5]]
        cells = b"".join(matrix(order, 4, (1, len(text) // 2), b"", element(order, 17, text)) for text in units)
        w, f = integers(5, 4), features(5, 4)
        content = b"MATLAB 5.0 MAT-file".ljust(124) + mark
        content += matrix(order, 6, (5, 4), b"features", element(order, 2, w.astype("u1").tobytes("F")))
        content += matrix(order, 7, (5, 4), b"embedding", element(order, 7, f.astype(order + "f4").tobytes("F")))
        content += matrix(order, 6, (5, 1), b"id", element(order, 3, (np.arange(5) * 300 - 1).astype(order + "i2").tobytes()))
        content += matrix(order, 1, (1, 5), b"names", cells)
        (FOLDER / file_name).write_bytes(content)
        back = scipy.io.loadmat(FOLDER / file_name)
        assert np.array_equal(back["features"], w) and np.array_equal(back["embedding"], f)
        assert [cell[0] for cell in back["names"][0]] == names(6)[:5] and back["id"][4, 0] == 1199


def make_graph():
    """The two nearest neighbours of six points on a half circle, as an exhaustive inner-product search returns them."""
    angles = np.array([0.0, 0.2, 0.5, 1.1, 1.9, 3.0])
    scores = np.cos(angles[:, None] - angles[None, :])
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    top = np.take_along_axis(scores, order, axis=1)
    np.save(FOLDER / "graph_indices.npy", order.astype("<i8"))
    np.save(FOLDER / "graph_cosine.npy", top.astype("<f4"))
    np.save(FOLDER / "graph_distances.npy", (2 - 2 * top).astype("<f4"))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make_npy()
    make_npz()
    make_rounded()
    make_mat()
    make_matlab_style()
    make_graph()
