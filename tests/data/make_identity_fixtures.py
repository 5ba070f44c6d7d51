"""Makes the .mat files in tests/data/datasets: tiny data sets under the names and in the types of the published ones.

Run with numpy and scipy (made with numpy 1.24 and scipy 1.10):  python3 tests/data/make_identity_fixtures.py
"""
import pathlib

import numpy as np
import scipy.io

FOLDER = pathlib.Path(__file__).parent / "datasets"

# Camera pair, person, view, image. The view is the camera.
CUHK03 = ["1_001_1_01.png", "1_001_2_06.png", "1_002_1_01.png", "1_002_2_06.png", "1_002_2_07.png", "2_001_1_01.png", "2_001_2_06.png"]


def column(values, kind=np.float64):
    return np.array(values, dtype=kind).reshape(-1, 1)


def cells(texts):
    made = np.empty((len(texts), 1), dtype=object)
    for row, text in enumerate(texts):
        made[row, 0] = text
    return made


def cuhk03(query, gallery):
    return {
        "camId": column([int(name[6]) for name in CUHK03]),
        "filelist": cells(CUHK03),
        "gallery_idx": column(gallery, np.uint16),
        "labels": column([1, 1, 2, 2, 2, 3, 3], np.uint16),
        "query_idx": column(query, np.uint16),
        "train_idx": column([1, 2], np.uint16),
    }


def cars():
    fields = ["relative_im_path", "bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2", "class", "test"]
    made = np.empty((1, 5), dtype=[(field, object) for field in fields])
    for place, (label, test) in enumerate([(1, 0), (98, 1), (99, 0), (99, 1), (196, 1)]):
        box = [np.array([[value]], dtype=np.uint16) for value in (30, 52, 246, 147)]
        made[0, place] = (f"car_ims/{place + 1:06}.jpg", *box, np.array([[label]], dtype=np.uint8), np.array([[test]], dtype=np.uint8))
    return {"annotations": made, "class_names": cells(["AM General Hummer SUV 2000"]).T}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    scipy.io.savemat(FOLDER / "cuhk03_new_protocol_config_detected.mat", cuhk03([3, 7], [4, 5, 6]), do_compression=True)
    scipy.io.savemat(FOLDER / "cuhk03_new_protocol_config_labeled.mat", cuhk03([6], [3, 5, 7]), do_compression=True)
    scipy.io.savemat(FOLDER / "cuhk03_outside.mat", cuhk03([3, 8], [4]), do_compression=True)
    scipy.io.savemat(FOLDER / "cuhk03_zero.mat", cuhk03([3, 0], [4]), do_compression=True)
    scipy.io.savemat(FOLDER / "cars_annos.mat", cars(), do_compression=True)
