"""Makes the files of neighbour lists in tests/data/graphs that Python libraries write.

Run with faiss 1.7.3, hnswlib 0.6.2, numpy 1.24, scipy 1.10 and h5py 3.7, as Debian 12 has them (python3-faiss,
python3-hnswlib, python3-scipy, python3-h5py), before make_graph_fixtures.mjs:  python3 tests/data/make_graph_fixtures.py
The tests find the neighbours again from rows.npy in float64; nothing else describes the contents.
"""
import pathlib

import faiss
import h5py
import hnswlib
import numpy as np
import scipy.io
import scipy.spatial.distance

FOLDER = pathlib.Path(__file__).parent / "graphs"
ROWS, COLUMNS, K = 30, 4, 8


def made_rows():
    """Rows of lengths from about 1 to 6, in four clouds; normalised by no one."""
    random = np.random.RandomState(7)
    centres = random.standard_normal((4, COLUMNS))
    rows = centres[np.arange(ROWS) % 4] + 0.4 * random.standard_normal((ROWS, COLUMNS))
    return (rows * (1 + np.arange(ROWS) % 5)[:, None]).astype("<f4")


def write_vecs(path, array):
    """As TEXMEX and faiss's contrib have it: each row behind the number of its values."""
    rows = np.ascontiguousarray(array)
    counts = np.full((len(rows), 1), rows.shape[1], dtype="<i4")
    np.hstack([counts, rows.view("<i4")]).tofile(path)


def faiss_files(rows, unit):
    distances, found = search(faiss.IndexFlatIP(COLUMNS), rows)
    np.save(FOLDER / "faiss_ip.npy", found)
    np.save(FOLDER / "faiss_ip.scores.npy", distances)
    distances, found = search(faiss.IndexFlatL2(COLUMNS), rows)
    write_vecs(FOLDER / "faiss_l2.ivecs", found.astype("<i4"))
    write_vecs(FOLDER / "faiss_l2.fvecs", distances)

    # Of the rows as their users normalise them, one cell of four visited: lists end in -1 and the largest float.
    quantizer = faiss.IndexFlatIP(COLUMNS)
    index = faiss.IndexIVFFlat(quantizer, COLUMNS, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(unit)
    distances, found = search(index, unit)
    assert (found == -1).any() and distances[found == -1].max() < -1e38
    np.savez(FOLDER / "faiss_ivf.npz", I=found, D=distances)


def search(index, rows):
    index.add(rows)
    return index.search(rows, K)


def hnswlib_files(rows):
    for space in ("cosine", "ip", "l2"):
        index = hnswlib.Index(space=space, dim=COLUMNS)
        index.init_index(max_elements=ROWS, ef_construction=100, M=16, random_seed=1)
        index.set_num_threads(1)
        index.add_items(rows, np.arange(ROWS))
        index.set_ef(ROWS)
        labels, distances = index.knn_query(rows, k=K)
        np.savez_compressed(FOLDER / ("hnswlib_%s.npz" % space), labels=labels, distances=distances)


def square_files(rows):
    square = scipy.spatial.distance.cdist(rows, rows, "cosine")
    np.save(FOLDER / "square_cosine.npy", square)
    np.save(FOLDER / "square_fortran.npy", np.asfortranarray(square.astype("<f4")))
    scipy.io.savemat(FOLDER / "square_l2.mat", {"D": scipy.spatial.distance.cdist(rows, rows)})
    np.savez(FOLDER / "square_two.npz", names=np.array(["a"]), cosine=1 - square, euclidean=scipy.spatial.distance.cdist(rows, rows))
    similarity = 1 - square
    np.fill_diagonal(similarity, -np.inf)
    with h5py.File(FOLDER / "square_no_self.h5", "w", libver="earliest", track_order=False) as file:
        file.create_dataset("similarity", data=similarity, track_times=False)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    made = made_rows()
    np.save(FOLDER / "rows.npy", made)
    faiss_files(made, made / np.linalg.norm(made, axis=1, keepdims=True))
    hnswlib_files(made)
    square_files(made)
