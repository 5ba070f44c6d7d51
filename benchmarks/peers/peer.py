"""What the peers share: arguments, input, clocks, checks, and the one line of JSON they print."""
import argparse
import ctypes
import importlib
import json
import os
import resource
import sys
import time

NOT_INSTALLED = 3


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True, help="query.npy, gallery.npy, and what the engine made of them")
    parser.add_argument("--k1", type=int, default=26)
    parser.add_argument("--k2", type=int, default=7)
    parser.add_argument("--variant", choices=["Paper", "Reference"], default="Paper")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--top", type=int, help="scipy_propagation.py: the best scores to keep a query; all, unless given")
    parser.add_argument("--program", default="torch", help="row_sort.py: torch or numpy")
    parser.add_argument("--peer-file", help="k_reciprocal.py: a Python file that defines re_ranking")
    parser.add_argument("--peer-input", choices=["similarity", "distance"], default="similarity")
    return parser.parse_args()


def load(name):
    """Imports a package, or ends with the exit code that says it is not here."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"{name} is not installed: {error}", file=sys.stderr)
        sys.exit(NOT_INSTALLED)


np = load("numpy")


class Clock:
    """Wall and processor seconds of each stage, in the order they ran."""

    def __init__(self):
        self.stages = {}

    def time(self, stage, work):
        cpu, wall = time.process_time(), time.perf_counter()
        result = work()
        self.stages[stage] = [time.perf_counter() - wall, time.process_time() - cpu]
        return result

    def total(self, stage, parts):
        self.stages[stage] = [sum(self.stages[part][kind] for part in parts) for kind in (0, 1)]


def features(args):
    query = np.load(os.path.join(args.folder, "query.npy"))
    gallery = np.load(os.path.join(args.folder, "gallery.npy"))
    return np.concatenate([query, gallery]), len(query)


def warm_up_rows(x):
    """A few rows to run everything once with, before the clock starts."""
    return x[:300].copy(), 60


def neighbor_lists(args):
    path = os.path.join(args.folder, "neighbors.npy")
    return np.load(path)[:, :args.k1].astype(np.int64), np.load(path.replace(".npy", ".scores.npy"))[:, :args.k1]


def check_neighbors(args, indices, scores):
    """Rows whose set of neighbours is not the engine's; and, of those, rows whose scores say that it is no near-tie."""
    ours, our_scores = neighbor_lists(args)
    differ = np.any(np.sort(ours, axis=1) != np.sort(np.asarray(indices), axis=1), axis=1)
    far = np.abs(np.sort(our_scores, axis=1) - np.sort(np.asarray(scores), axis=1)).max(axis=1) > 1e-5
    return f"{differ.sum():,} of {len(ours):,} rows have other neighbours, {far.sum():,} by more than near-ties"


def best_of(scores, count):
    """The largest of each row, falling."""
    return -np.sort(-np.partition(scores, -count, axis=1)[:, -count:], axis=1)


def check_ranking(args, scores):
    """Queries whose ten best scores are not the engine's."""
    ours = np.load(os.path.join(args.folder, f"best.{args.variant.lower()}.npy"))
    best = best_of(scores, min(ours.shape[1], scores.shape[1]))
    far = np.abs(ours[:, :best.shape[1]] - best).max(axis=1) > 1e-4
    return f"{far.sum():,} of {len(ours):,} queries have other best scores (over 1e-4)"


def peak_bytes():
    """VmHWM is this program's own; ru_maxrss keeps what the process was before it became this program."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def blas():
    """The BLAS this process has loaded, as it names itself."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            loaded = sorted({line.split()[-1] for line in maps if "blas" in line and ".so" in line})
    except OSError:
        return "BLAS unknown"
    for path in loaded:
        try:
            library = ctypes.CDLL(path)
            library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
            version = " ".join(library.openblas_get_config().decode().split()[:2])
            return f"{version} ({library.openblas_get_corename().decode()}; {library.openblas_get_num_threads()} threads)"
        except (OSError, AttributeError):
            continue
    return ", ".join(os.path.basename(path) for path in loaded) or "no BLAS"


def report(peer, args, n, d, clock, peak, versions, check=""):
    print(json.dumps({
        "peer": peer, "versions": f"Python {sys.version.split()[0]}, {versions}, {blas()}", "threads": args.threads,
        "n": n, "d": d, "stages": clock.stages, "peak": peak, "check": check}))
