"""Makes the .mat files in tests/data/mat: structs, cells and text, one within another.

Run with numpy and scipy (made with numpy 1.24 and scipy 1.10):  python3 tests/data/make_mat_fixtures.py
"""
import pathlib

import numpy as np
import scipy.io

FOLDER = pathlib.Path(__file__).parent / "mat"


def cell(*values):
    """A 1 x n cell array."""
    made = np.empty((1, len(values)), dtype=object)
    for place, value in enumerate(values):
        made[0, place] = value
    return made


def structs(shape, fields, rows):
    """A struct array: MATLAB keeps the fields of one element together."""
    made = np.empty(shape, dtype=[(field, object) for field in fields])
    for place, row in enumerate(rows):
        made.flat[place] = row
    return made


def values():
    grid = structs((2, 2), ["at"], [(f"{row}{column}",) for row in range(2) for column in range(2)])
    return {
        "matrix": np.array([[1.5, 2, 3], [4, 5, 6]]),
        "whole": np.array([[-3, 200, 70000]], dtype=np.int32),
        "flags": np.array([[True, False]]),
        "cube": np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
        "nothing": np.zeros((0, 0)),
        "text": "all_souls_000013",
        "blank": "",
        "rows": np.array(["ab", "abcd"]),
        "letters": "Z\u00fcrich \u20ac",
        "cells": cell("one", np.array([[2.0, 3.0]]), np.zeros((0, 0)), cell("deep", cell())),
        "column": np.array([["a"], ["bb"], ["ccc"]], dtype=object),
        "single": structs((1, 1), ["name", "inner"], [("x", structs((1, 1), ["list"], [(cell("y", 7.0),)]))]),
        "many": structs((1, 3), ["easy", "hard"], [
            (np.array([[1, 2]], dtype=np.uint16), np.zeros((1, 0))),
            (np.array([[3.0]]), np.array([[4.0, 5.0]])),
            (np.zeros((0, 0)), np.array([[6]], dtype=np.int64))]),
        "grid": grid,
        "none": structs((1, 0), ["easy", "hard"], []),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, compressed in [("values", False), ("values_compressed", True)]:
        scipy.io.savemat(FOLDER / f"{name}.mat", values(), do_compression=compressed, long_field_names=True)
