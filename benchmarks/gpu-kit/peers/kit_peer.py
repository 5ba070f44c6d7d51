"""What the kit's peers share: arguments, rows, clocks, the comparison with ours, and the lines of JSON they print."""
import argparse
import json
import os
import statistics
import sys
import time

NOT_INSTALLED = 3
NEAR_TIE = 1e-5


def load(name):
    """Imports a package, or ends with the exit code that says it is not here."""
    try:
        return __import__(name)
    except ImportError as error:
        print(f"{name} is not installed: {error}", file=sys.stderr)
        sys.exit(NOT_INSTALLED)


np = load("numpy")
torch = load("torch")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True, help="features.npy, and what the engine found")
    parser.add_argument("--name", default="", help="the shape's name, before each line")
    parser.add_argument("--queries", type=int, required=True)
    parser.add_argument("--k1", type=int, default=26)
    parser.add_argument("--k2", type=int, default=7)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--budget", type=float, default=100, help="seconds after which no further job begins")
    parser.add_argument("--peaks", help="TFLOP/s of float32, TF32, float16, and GB/s of memory")
    parser.add_argument("--jobs", nargs="+", default=["knn", "order", "dense"], choices=["knn", "order", "dense"])
    parser.add_argument("--device", help="as torch calls it; the first GPU, or the processor, unless given")
    return parser.parse_args()


def tell(what, verdict, value=None, unit="", floor=None, note=""):
    line = {"what": what, "verdict": verdict, "value": value, "unit": unit, "floor": floor, "note": note}
    print(json.dumps(line), flush=True)


def open_device(args):
    if args.device is None and not torch.cuda.is_available():
        print(f"torch {torch.__version__} finds no CUDA device: its times are the processor's", file=sys.stderr)
    return torch.device(args.device or ("cuda:0" if torch.cuda.is_available() else "cpu"))


class Bench:
    """Times work on a device; the device is waited for before and after."""

    def __init__(self, args, device):
        self.args, self.device = args, device
        self.is_cuda = device.type == "cuda"
        self.peaks = [float(peak) for peak in args.peaks.split(",")] if args.peaks else None
        self.started = time.perf_counter()

    @property
    def left(self):
        return self.args.budget - (time.perf_counter() - self.started)

    def wait(self):
        if self.is_cuda:
            torch.cuda.synchronize(self.device)

    def once(self, work):
        """The result, milliseconds by events (by the clock where there are none), and by the clock."""
        self.wait()
        before = after = None
        if self.is_cuda:
            before, after = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start = time.perf_counter()
        if self.is_cuda:
            before.record()
        result = work()
        if self.is_cuda:
            after.record()
        self.wait()
        wall = 1e3 * (time.perf_counter() - start)
        return result, before.elapsed_time(after) if self.is_cuda else wall, wall

    def time(self, what, work, floor=None, note="", scale=1.0, budget=4.0):
        """Tells the warm median of some runs, and gives the last result."""
        name = f"{self.args.name}: torch, {what}"
        if self.left <= 0:
            tell(name, "Skipped", note="no time was left")
            return None
        try:
            result, _, cold = self.once(work)
            if self.is_cuda:
                torch.cuda.reset_peak_memory_stats(self.device)
            events, walls, began = [], [], time.perf_counter()
            while not events or (len(events) < self.args.repeat and time.perf_counter() - began < budget):
                # What the last run returned would stand beside the matrices of the next.
                result = None
                result, event, wall = self.once(work)
                events.append(event)
                walls.append(wall)
        except RuntimeError as error:
            reason = str(error).strip().splitlines()
            tell(name, "Skipped", note=reason[0][:200] if reason else type(error).__name__)
            return None
        parts = [
            f"{min(events) * scale:.3f}-{max(events) * scale:.3f}, {len(events)} runs",
            f"wall {statistics.median(walls) * scale:.3f}, cold {cold * scale:.3f}"]
        if self.is_cuda:
            parts.append(f"{torch.cuda.max_memory_allocated(self.device) / 1e9:.2f} GB")
        parts += [note] if note else []
        tell(name, "Measured", statistics.median(events) * scale, "ms", floor, "; ".join(parts))
        return result

    def floor(self, operations, peak, moved):
        """Milliseconds: operations at the peak of that number, and bytes moved."""
        if self.peaks is None:
            return None
        return max(operations / self.peaks[peak] / 1e9 if operations else 0, moved / self.peaks[3] / 1e6)


def rows(args):
    return np.load(os.path.join(args.folder, "features.npy"))


def check_neighbors(args, what, indices, scores, must_agree):
    """Rows whose set of neighbours is not the engine's; and, of those, rows whose scores say that it is no near tie."""
    path = os.path.join(args.folder, "neighbors.npy")
    if indices is None or not os.path.exists(path):
        return
    count = len(indices)
    ours = np.load(path)[:count, :args.k1]
    our_scores = np.load(path.replace(".npy", ".scores.npy"))[:count, :args.k1]
    differ = np.any(np.sort(ours, axis=1) != np.sort(indices, axis=1), axis=1)
    far = np.abs(np.sort(our_scores, axis=1) - np.sort(scores, axis=1)).max(axis=1) > NEAR_TIE
    verdict = "Measured" if not must_agree else "Passed" if not (differ & far).any() else "Failed"
    tell(
        f"{args.name}: neighbours beside ours, {what}", verdict, float(differ.sum()), "rows differ",
        note=f"of {count:,}; {int((differ & far).sum()):,} by more than near ties")
