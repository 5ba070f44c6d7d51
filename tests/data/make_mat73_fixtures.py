"""Makes the MATLAB 7.3 twins of .mat files that scipy writes: tests/data/mat/values73.mat and *_v73.mat in tests/data/datasets.

Run with h5py and scipy (made with h5py 3.7 on HDF5 1.10.8):  python3 tests/data/make_mat73_fixtures.py
Laid out as MATLAB does with -v7.3: a user block, reversed extents, classes as attributes, the contents of cells and of arrays of structs
in #refs# by reference, the extents of empty arrays as their elements. No MATLAB had a part in them.
"""
import pathlib

import h5py
import numpy as np

import make_identity_fixtures as identity
import make_landmark_fixtures as landmark
import make_mat_fixtures as mat

HERE = pathlib.Path(__file__).parent
HEADER = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Thu Jan  1 00:00:00 1970 HDF5 schema 1.00 .".ljust(116) + b"\0" * 8 + b"\x00\x02IM"
CLASSES = {"f4": "single", "f8": "double", "b1": "logical", **{f"{kind}{size}": f"{'u' * (kind == 'u')}int{8 * size}" for kind in "iu" for size in (1, 2, 4, 8)}}


class Writer:
    def __init__(self, file):
        self.file = file
        self.count = 0
        self.references = file.create_group("#refs#")

    def mark(self, made, kind, decode=None):
        made.attrs["MATLAB_class"] = np.bytes_(kind)
        if decode is not None:
            made.attrs["MATLAB_int_decode"] = np.int32(decode)
        return made

    def empty(self, parent, name, shape, kind):
        made = self.mark(parent.create_dataset(name, data=np.array(shape, "<u8")), kind)
        made.attrs["MATLAB_empty"] = np.uint8(1)
        return made

    def referred(self, value):
        self.count += 1
        name = f"r{self.count}"
        self.write(self.references, name, value)
        return self.references[name].ref

    def pointers(self, parent, name, values):
        """References in MATLAB's order: the file's extents are the array's in reverse."""
        made = np.empty(values.shape[::-1], dtype=h5py.ref_dtype)
        for place in np.ndindex(values.shape):
            made[place[::-1]] = self.referred(values[place])
        return parent.create_dataset(name, data=made, dtype=h5py.ref_dtype)

    def write(self, parent, name, value):
        if isinstance(value, str) or (isinstance(value, np.ndarray) and value.dtype.kind == "U"):
            self.text(parent, name, [value] if isinstance(value, str) else [str(row) for row in value])
            return
        value = np.asarray(value)
        value = value.reshape(1, -1) if value.ndim < 2 else value
        if value.dtype.names:
            self.struct(parent, name, value)
        elif value.dtype == object:
            if value.size == 0:
                self.empty(parent, name, value.shape, "cell")
            else:
                self.mark(self.pointers(parent, name, value), "cell")
        elif value.size == 0:
            self.empty(parent, name, value.shape, CLASSES[value.dtype.str[1:]])
        else:
            kind = CLASSES[value.dtype.str[1:]]
            stored = value.astype("u1") if kind == "logical" else value
            options = dict(chunks=True, compression="gzip") if value.size > 4 else {}
            self.mark(parent.create_dataset(name, data=np.ascontiguousarray(stored.T), **options), kind, 1 if kind == "logical" else None)

    def text(self, parent, name, rows):
        if not any(rows):
            self.empty(parent, name, (0, 0), "char").attrs["MATLAB_int_decode"] = np.int32(2)
            return
        width = max(len(row) for row in rows)
        units = np.array([np.frombuffer(row.ljust(width).encode("utf-16-le"), "<u2") for row in rows])
        self.mark(parent.create_dataset(name, data=np.ascontiguousarray(units.T)), "char", 2)

    def struct(self, parent, name, value):
        fields = np.empty(len(value.dtype.names), dtype=object)
        fields[:] = [np.array([letter.encode() for letter in field], "S1") for field in value.dtype.names]
        made = self.empty(parent, name, value.shape, "struct") if value.size == 0 else self.mark(parent.create_group(name), "struct")
        made.attrs.create("MATLAB_fields", fields, dtype=h5py.vlen_dtype(np.dtype("S1")))
        for field in value.dtype.names if value.size else ():
            if value.size == 1:
                self.write(made, field, value[field].flat[0])
            else:
                self.pointers(made, field, value[field])


def save73(path, values, further=lambda writer: {}):
    with h5py.File(path, "w", userblock_size=512) as file:
        writer = Writer(file)
        for name, value in values.items():
            writer.write(file, name, value)
        patches = further(writer)
    with open(path, "r+b") as file:
        file.write(HEADER)
        for place, address in patches.items():
            file.seek(place)
            file.write(address.to_bytes(8, "little"))


def broken(writer):
    """A variable for each way not to be read. Returns references that are overwritten: where they lie, and with which address."""
    file = writer.file
    writer.write(file, "text", "good")
    patches = {}
    for name, address in [("dangling", 3), ("unset", 0), ("outside", 1 << 40)]:
        writer.write(file, name, mat.cell("a", "b"))
        patches[file[name].id.get_offset() + 8] = address
    for name, kind in [("words", "string"), ("handle", "function_handle")]:
        writer.mark(file.create_dataset(name, data=np.zeros((1, 6), "<u4")), kind)
    writer.mark(file.create_dataset("complex", data=np.ones((1, 3), "c16")), "double")
    writer.mark(file.create_dataset("cube_of_text", data=np.ones((2, 3, 4), "<u2")), "char")
    writer.mark(file.create_dataset("narrow_text", data=np.ones((4, 1), "<u1")), "char")
    writer.mark(file.create_dataset("cell_of_numbers", data=np.ones((1, 3))), "cell")
    writer.mark(file.create_group("sparse"), "double").attrs["MATLAB_sparse"] = np.uint64(6)
    writer.mark(file.create_group("object"), "containers.Map")
    writer.mark(file.create_dataset("full_struct", data=np.ones((1, 3))), "struct")
    writer.empty(file, "empty_of_three", (1, 3), "double")
    writer.empty(file, "empty_of_nothing", (), "double")
    uneven = writer.mark(file.create_group("uneven"), "struct")
    writer.pointers(uneven, "a", mat.cell(1.0, 2.0))
    writer.pointers(uneven, "b", mat.cell(1.0, 2.0, 3.0))
    mixed = writer.mark(file.create_group("mixed"), "struct")
    writer.pointers(mixed, "a", mat.cell(1.0, 2.0))
    writer.write(mixed, "b", np.array([[1.0]]))
    loop = writer.mark(file.create_dataset("loop", (1, 2), h5py.ref_dtype), "cell")
    loop[0, :] = [loop.ref, file["text"].ref]
    inner = file["text"].ref
    for depth in range(5):
        level = writer.mark(file.create_dataset(f"#refs#/level{depth}", (200, 1), h5py.ref_dtype), "cell")
        level[:, 0] = [inner] * 200
        inner = level.ref
    writer.mark(file.create_dataset("without_end", (1, 1), h5py.ref_dtype), "cell")[0, 0] = inner
    return patches


def unclassed(path):
    """As programs that know nothing of MATLAB write it."""
    with h5py.File(path, "w") as file:
        file.create_dataset("text", data="one", dtype=h5py.string_dtype())
        file.create_dataset("texts", data=["a", "bb"], dtype=h5py.string_dtype())
        file["fixed"] = np.array([b"a", b"bb"])
        file["number"] = 7
        file["list"] = np.arange(3, dtype=">i2")
        file["flags"] = np.array([True, False])
        file["group/inner"] = 2.5


if __name__ == "__main__":
    save73(HERE / "mat" / "values73.mat", mat.values())
    save73(HERE / "datasets" / "gnd_roxford5k_v73.mat", {
        "imlist": landmark.column(landmark.IMAGES), "qimlist": landmark.column(landmark.QUERIES),
        "gnd": landmark.structs(landmark.REVISITED, np.float64)})
    save73(HERE / "datasets" / "gnd_oxford5k_v73.mat", {
        "imlist": landmark.column(landmark.IMAGES), "qidx": np.array([landmark.OLDER_QUERIES], dtype=np.float64).T + 1,
        "gnd": landmark.structs(landmark.OLDER, np.float64)})
    save73(HERE / "datasets" / "cuhk03_new_protocol_config_labeled_v73.mat", identity.cuhk03([6], [3, 5, 7]))
    save73(HERE / "datasets" / "cars_annos_v73.mat", identity.cars())
    save73(HERE / "mat" / "broken73.mat", {}, broken)
    unclassed(HERE / "mat" / "unclassed73.mat")
