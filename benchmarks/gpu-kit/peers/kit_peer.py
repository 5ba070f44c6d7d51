"""What the kit's peers share: arguments, rows, clocks, the comparison with ours, and the lines of JSON they print."""
import argparse
import json
import math
import os
import statistics
import sys
import time

# A budget counts from here: loading torch takes seconds.
STARTED = time.perf_counter()
NOT_INSTALLED = 3
NEAR_TIE = 1e-5
# What takes longer is run twice in all.
LONG_MILLISECONDS = 1e3


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
    parser.add_argument("--budget", type=float, default=100, help="seconds of the process after which no run begins")
    parser.add_argument("--peaks", help="TFLOP/s of float32, TF32, float16, and GB/s of memory")
    parser.add_argument("--jobs", nargs="+", default=["knn", "order", "dense"], choices=["knn", "order", "dense"])
    parser.add_argument("--device", default="cuda:0", help="as torch calls it: cuda:1, or cpu")
    return parser.parse_args()


def is_out_of_memory(error):
    return any(words in str(error) for words in ("out of memory", "can't allocate memory", "ALLOC_FAILED"))


def tell(what, verdict, value=None, unit="", floor=None, note=""):
    if value is not None and not (math.isfinite(value) and (value > 0 or unit != "ms")):
        # JSON has no word for what is no number.
        verdict, note = "Failed", f"{value} is no result. {note}".strip()
        value = value if math.isfinite(value) else None
    line = {"what": what, "verdict": verdict, "value": value, "unit": unit, "floor": floor, "note": note}
    print(json.dumps(line), flush=True)


def open_device(args):
    """The device; where torch does not find it the script ends: the processor's times would stand as a GPU's."""
    device = torch.device(args.device)
    if device.type == "cuda":
        found = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if (device.index or 0) >= found:
            print(f"torch {torch.__version__} finds no {device}: it has {found} CUDA devices", file=sys.stderr)
            sys.exit(NOT_INSTALLED)
        torch.cuda.set_device(device)
    return device


class Bench:
    """Times work on a device; the device is waited for before and after."""

    def __init__(self, args, device):
        self.args, self.device = args, device
        self.is_cuda = device.type == "cuda"
        self.peaks = [float(peak) for peak in args.peaks.split(",")] if args.peaks else None

    @property
    def left(self):
        return self.args.budget - (time.perf_counter() - STARTED)

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
            result, event, cold = self.once(work)
            if self.is_cuda:
                torch.cuda.reset_peak_memory_stats(self.device)
            # Where no other run would end in time the cold one stands.
            events, walls = ([event], [cold]) if 1e3 * self.left < cold else ([], [])
            began = time.perf_counter()
            most = 1 if events or cold > LONG_MILLISECONDS else self.args.repeat
            budget = min(budget, self.left)
            while not events or (len(events) < most and time.perf_counter() - began < budget):
                # What the last run returned would stand beside the matrices of the next.
                result = None
                result, event, wall = self.once(work)
                events.append(event)
                walls.append(wall)
        except RuntimeError as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            tell(name, "Skipped" if is_out_of_memory(error) else "Failed", note=reason)
            self.require_device()
            return None
        parts = [
            f"{min(events) * scale:.3f}-{max(events) * scale:.3f}, {len(events)} runs",
            f"wall {statistics.median(walls) * scale:.3f}, cold {cold * scale:.3f}"]
        if self.is_cuda:
            parts.append(f"{torch.cuda.max_memory_allocated(self.device) / 1e9:.2f} GB")
        parts += [note] if note else []
        tell(name, "Measured", statistics.median(events) * scale, "ms", floor, "; ".join(parts))
        return result

    def require_device(self):
        """Ends the script where an error has spoilt the device: all that follows would fail too."""
        try:
            self.wait()
        except RuntimeError:
            sys.exit("the device is spoilt for this process")

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
    # Written so that NaN is far.
    far = ~(np.abs(np.sort(our_scores, axis=1) - np.sort(scores, axis=1)).max(axis=1) <= NEAR_TIE)
    verdict = "Measured" if not must_agree else "Passed" if not (differ & far).any() else "Failed"
    tell(
        f"{args.name}: neighbours beside ours, {what}", verdict, float(differ.sum()), "rows differ",
        note=f"of {count:,}; {int((differ & far).sum()):,} by more than near ties")
