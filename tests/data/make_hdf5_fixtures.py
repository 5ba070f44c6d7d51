"""Makes the .h5 and MATLAB 7.3 .mat files in tests/data/hdf5.

Run with h5py (made with h5py 3.7 on HDF5 1.10.8):  python3 tests/data/make_hdf5_fixtures.py
Contents are the formulas of make_numpy_fixtures.py. The MATLAB files are h5py's, with the user block, the attributes, the reversed
extents and the references that MATLAB writes; no MATLAB had a part in them.
"""
import pathlib

import h5py
import numpy as np

from make_numpy_fixtures import cameras, features, integers, labels, names

FOLDER = pathlib.Path(__file__).parent / "hdf5"


def make_types():
    f, w = features(6, 5), integers(6, 5)
    with h5py.File(FOLDER / "types.h5", "w") as file:
        for order, ending in [("<", ""), (">", "_big")]:
            for name in ["f2", "f4", "f8"]:
                file[name + ending] = f.astype(order + name)
            for name in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
                file[name + ending] = w.astype(order + name)
        file["bool"] = w % 2 == 1
        file["complex"] = f.astype("c8")
        brain = h5py.h5t.IEEE_F32LE.copy()
        brain.set_fields(15, 7, 8, 0, 7)
        brain.set_size(2)
        brain.set_ebias(127)
        h5py.h5d.create(file.id, b"bfloat16", brain, h5py.h5s.create_simple((6, 5)))


def make_layouts():
    f = features(7, 5).astype("<f4")
    with h5py.File(FOLDER / "layouts.h5", "w") as file:
        file["contiguous"] = f
        compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        compact.set_layout(h5py.h5d.COMPACT)
        dataset = h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((7, 5)), compact)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, f)
        for name, options in layouts().items():
            file.create_dataset(name, data=f, **options)
        file.create_dataset("high", data=features(300, 4).astype("<f8"), chunks=(16, 3), compression="gzip", shuffle=True)
        shrunk = file.create_dataset("shrunk", data=features(12, 5).astype("<f4"), chunks=(2, 5), maxshape=(None, 5))
        shrunk.resize((7, 5))
        file.create_dataset("unwritten", (7, 5), "<f4")
        half = file.create_dataset("half_written", (7, 5), "<f4", chunks=(2, 5))
        half[:3] = f[:3]
        file["flat"] = f.ravel()
        file["empty"] = np.zeros((0, 5), "<f4")
        file["null"] = h5py.Empty("<f4")
        file.create_dataset("scaled", data=f, chunks=(2, 5), scaleoffset=3)
        file.create_dataset("external", (7, 5), "<f4", external=[("elsewhere.bin", 0, 140)])
        layout = h5py.VirtualLayout((7, 5), "<f4")
        layout[:] = h5py.VirtualSource("other.h5", "features", (7, 5))
        file.create_virtual_dataset("virtual", layout)
        file["by_path"] = h5py.SoftLink("/contiguous")
        file["elsewhere"] = h5py.ExternalLink("other.h5", "/features")


def layouts():
    return {
        "chunked": dict(chunks=(3, 2)),
        "rows": dict(chunks=(2, 5)),
        "growing": dict(chunks=(2, 2), maxshape=(None, None)),
        "gzip": dict(chunks=(3, 5), compression="gzip"),
        "shuffled": dict(chunks=(3, 2), compression="gzip", shuffle=True),
        "checked": dict(chunks=(3, 2), fletcher32=True),
        "all": dict(chunks=(4, 3), compression="gzip", shuffle=True, fletcher32=True),
        "lzf": dict(chunks=(7, 5), compression="lzf"),
        "lzf_shuffled": dict(chunks=(7, 5), compression="lzf", shuffle=True),
    }


def make_latest():
    f = features(7, 5).astype("<f4")
    with h5py.File(FOLDER / "latest.h5", "w", libver="latest") as file:
        file["contiguous"] = f
        file.create_dataset("single", data=f, chunks=(7, 5))
        file.create_dataset("single_gzip", data=f, chunks=(7, 5), compression="gzip")
        file.create_dataset("fixed", data=f, chunks=(3, 2))
        file.create_dataset("fixed_gzip", data=f, chunks=(3, 2), compression="gzip", shuffle=True)
        file.create_dataset("paged", data=features(1100, 2).astype("<f2"), chunks=(1, 2))
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((3, 2))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        dataset = h5py.h5d.create(file.id, b"implicit", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((7, 5)), early)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, f)
        file.create_dataset("growing", data=f, chunks=(3, 2), maxshape=(None, 5))
        file.create_dataset("growing_both", data=f, chunks=(3, 2), maxshape=(None, None))


def make_groups():
    f = features(6, 5).astype("<f4")
    for version in ["earliest", "latest"]:
        with h5py.File(FOLDER / f"groups_{version}.h5", "w", libver=version) as file:
            for item in range(30):
                file.create_dataset(f"other/deep/item{item:02}", data=np.int8(item))
            group = file.create_group("run/1")
            group["embeddings"] = f
            group["labels"] = labels(6)
            file["labels"] = labels(6)[::-1]
            file["run/again"] = file["run"]
            file["run"].attrs["note"] = "x" * 50


def make_checked():
    """Every structure and every chunk has a checksum: headers, a heap with rows of blocks, a tree of two levels, indexes of chunks."""
    with h5py.File(FOLDER / "checked.h5", "w", libver="latest") as file:
        file.create_dataset("features", data=features(6, 5).astype("<f4"), chunks=(2, 3), fletcher32=True)
        file.create_dataset("labels", data=labels(6), chunks=(6,), compression="gzip")
        file.create_dataset("cameras", data=cameras(6), chunks=(4,), fletcher32=True)
        file.create_dataset("names", data=np.array([name.encode() for name in names(6)]), chunks=(6,), compression="gzip", shuffle=True)
        for link in range(120):
            file[f"other {link:03}"] = file["features"]


def make_sets():
    with h5py.File(FOLDER / "sets.h5", "w") as file:
        for prefix, rows in [("query", 4), ("gallery", 9)]:
            file[f"{prefix}_f"] = features(rows, 5).astype("<f4")
            file[f"{prefix}_label"] = labels(rows)
            file[f"{prefix}_cam"] = cameras(rows)
            file.create_dataset(f"{prefix}_name", data=names(rows), dtype=h5py.string_dtype())
    with h5py.File(FOLDER / "grouped_sets.h5", "w", libver="latest") as file:
        for group, rows in [("query", 4), ("gallery", 9)]:
            file[f"{group}/features"] = features(rows, 5).astype("<f2")
            file[f"{group}/pids"] = labels(rows).astype(">i8")
            file[f"{group}/names"] = np.array([name.encode() for name in names(rows)])


def make_names():
    f = features(5, 3).astype("<f4")
    with h5py.File(FOLDER / "names.h5", "w") as file:
        file["features"] = f
        file.create_dataset("names", data=names(5), dtype=h5py.string_dtype())
        file["fixed"] = np.array([name.encode() for name in names(5)])
        file["empty"] = np.array(["", "b", "", "d", "e"], dtype=h5py.string_dtype())
        spaces = h5py.h5t.C_S1.copy()
        spaces.set_size(24)
        spaces.set_strpad(h5py.h5t.STR_SPACEPAD)
        dataset = h5py.h5d.create(file.id, b"spaces", spaces, h5py.h5s.create_simple((5,)))
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([name.encode().ljust(24) for name in names(5)]), spaces)
        file["column"] = np.array([["a"], ["b"], ["c"], ["d"], ["e"]], dtype=h5py.string_dtype())
        file["bytes"] = np.array([b"\xff\xfe"] * 5)


def matlab(file, name, array, kind):
    """MATLAB's array n x d is the dataset d x n."""
    dataset = file.create_dataset(name, data=np.ascontiguousarray(array.T), **(dict(chunks=True, compression="gzip") if array.size > 20 else {}))
    dataset.attrs["MATLAB_class"] = np.bytes_(kind)
    return dataset


def characters(text):
    return np.frombuffer(text.encode("utf-16-le"), "<u2").reshape(1, -1)


def make_matlab():
    path = FOLDER / "matlab73.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        matlab(file, "features", features(6, 5), "double")
        matlab(file, "single", features(6, 5).astype("<f4"), "single")
        matlab(file, "logical", (integers(6, 5) % 2).astype("u1"), "logical").attrs["MATLAB_int_decode"] = np.int32(1)
        matlab(file, "labels", labels(6).reshape(1, 6), "int64")
        matlab(file, "cam", cameras(6).astype("<f8").reshape(6, 1), "double")
        refs = file.create_group("#refs#")
        cells = []
        for i, name in enumerate(names(6)):
            cells.append(matlab(refs, f"r{i}", characters(name), "char").ref)
            refs[f"r{i}"].attrs["MATLAB_int_decode"] = np.int32(2)
        cell = file.create_dataset("names", data=np.array([cells], dtype=h5py.ref_dtype))
        cell.attrs["MATLAB_class"] = np.bytes_("cell")
        rows = names(6)
        width = max(len(characters(name)[0]) for name in rows)
        matrix = np.array([np.pad(characters(name)[0], (0, width - len(characters(name)[0])), constant_values=32) for name in rows])
        matlab(file, "letters", matrix, "char")
        blank = refs.create_dataset("blank", data=np.array([0, 0], "<u8"))
        blank.attrs["MATLAB_class"] = np.bytes_("char")
        blank.attrs["MATLAB_empty"] = np.uint8(1)
        some = file.create_dataset("some", data=np.array([[blank.ref] * 3 + cells[3:]], dtype=h5py.ref_dtype))
        some.attrs["MATLAB_class"] = np.bytes_("cell")
        mixed = file.create_dataset("mixed", data=np.array([[file["single"].ref] + cells[1:]], dtype=h5py.ref_dtype))
        mixed.attrs["MATLAB_class"] = np.bytes_("cell")
        sparse = file.create_group("sparse")
        sparse.attrs["MATLAB_class"] = np.bytes_("double")
        sparse.attrs["MATLAB_sparse"] = np.uint64(6)
        sparse["data"] = np.ones(3)
        struct = file.create_group("settings")
        struct.attrs["MATLAB_class"] = np.bytes_("struct")
        matlab(struct, "inner", features(6, 2), "double")
        empty = file.create_dataset("nothing", data=np.array([0, 5], "<u8"))
        empty.attrs["MATLAB_class"] = np.bytes_("double")
        empty.attrs["MATLAB_empty"] = np.uint8(1)
    header = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Thu Jan  1 00:00:00 1970 HDF5 schema 1.00 .".ljust(116) + b"\0" * 8 + b"\x00\x02IM"
    with open(path, "r+b") as file:
        file.write(header)


def make_hostile():
    """Small files that would become large: every name is the same long text, and groups lie in groups under long names."""
    path = FOLDER / "shared_text.h5"
    with h5py.File(path, "w", libver="latest") as file:
        file["features"] = features(500, 1).astype("<f4")
        texts = file.create_dataset("names", data=["x" * 60000] + ["y"] * 499, dtype=h5py.string_dtype())
        place = texts.id.get_offset()
    with open(path, "r+b") as file:
        file.seek(place)
        first = file.read(16)
        file.seek(place)
        file.write(first * 500)
    with h5py.File(FOLDER / "deep.h5", "w", libver="latest") as file:
        file["/".join(["g" * 100] * 12) + "/features"] = features(6, 5).astype("<f4")
        file["features"] = features(6, 5).astype("<f4")


def make_images():
    """A dataset for each image; created in another order than that of the names."""
    f = features(12, 5)
    names_ = [f"img_{i:02}.jpg" for i in range(12)]
    rows = list(range(11, -1, -1))
    with h5py.File(FOLDER / "image_datasets.h5", "w") as file:
        for i in rows:
            file[names_[i]] = f[i].astype("<f4")
    with h5py.File(FOLDER / "image_groups.h5", "w") as file:
        for i in rows:
            file.create_dataset(f"{names_[i]}/vector_of_image", data=f[i : i + 1], chunks=(1, 3), compression="gzip", shuffle=True)
    # As hloc writes: names with folders, the size of the picture beside the descriptor.
    with h5py.File(FOLDER / "hloc.h5", "w", libver="latest") as file:
        for i in rows:
            group = file.create_group(f"{'db' if i < 8 else 'query/night'}/{names_[i]}")
            group["global_descriptor"] = f[i].astype("<f2")
            group["image_size"] = np.array([640, 480 + i])
            if i == 3:
                group["keypoints"] = np.zeros((7, 2))
    with h5py.File(FOLDER / "image_unlike.h5", "w") as file:
        for i in rows:
            file[names_[i]] = f[i][: 4 if i == 7 else 5].astype("<f4")
    with h5py.File(FOLDER / "no_images.h5", "w") as file:
        file["labels"], file["cameras"] = labels(6), cameras(6)


def make_benchmark():
    """ann-benchmarks: the test rows' neighbours among the train rows, nearest first."""
    random = np.random.default_rng(14)
    train, test = random.standard_normal((40, 6)).astype("<f4"), random.standard_normal((7, 6)).astype("<f4")
    unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
    angular = lambda a, b: 1 - unit(a.astype(float)) @ unit(b.astype(float)).T
    euclidean = lambda a, b: np.sqrt(np.maximum(0, 2 * angular(a, b)))

    def write(name, sets, metric, attribute):
        with h5py.File(FOLDER / name, "w") as file:
            for key, value in sets.items():
                file[key] = value
            if attribute:
                file.attrs["distance"], file.attrs["type"] = attribute, "dense"
            distances = metric(sets.get("test", train), train)
            file["neighbors"] = np.argsort(distances, axis=1, kind="stable")[:, :10].astype("<i4")
            file["distances"] = np.sort(distances, axis=1)[:, :10].astype("<f4")

    write("ann.hdf5", {"train": train, "test": test}, angular, "angular")
    write("ann_self_angular.hdf5", {"train": train}, angular, "angular")
    write("ann_self_euclidean.hdf5", {"train": train}, euclidean, np.bytes_("euclidean"))
    write("ann_self_squared.hdf5", {"train": train}, lambda a, b: euclidean(a, b) ** 2, None)
    write("ann_self_hamming.hdf5", {"train": train}, angular, "hamming")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make_types()
    make_layouts()
    make_latest()
    make_groups()
    make_checked()
    make_sets()
    make_names()
    make_matlab()
    make_hostile()
    make_images()
    make_benchmark()
