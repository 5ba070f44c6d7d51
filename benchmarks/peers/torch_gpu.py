"""torch on one device: mm and topk for the neighbours (float32, or TF32), or the published pipeline on dense n x n matrices."""
import json
import os
import statistics
import sys
import time

import peer

np = peer.np
torch = peer.load("torch")
from dense_layers import layers  # noqa: E402 (after torch was found)
LAMBDA = 0.3
BEST = 10
# As the tables call them.
UPLOAD, NEIGHBORS, MESSAGES, RANKING = "Copying to the device", "Nearest neighbours", "Message passing", "Ranking"
HOST_TO_HOST, RESIDENT = "Whole job, host to host", "Whole job, features on the device"
# A block of rows of S beside which the features still have room.
BLOCK_VALUES = 1 << 30


class Stages:
    """Seconds of each stage of one call; the device is waited for before and after."""

    def __init__(self, device):
        self.device = device
        self.seconds = {}

    def time(self, stage, work):
        self.wait()
        start = time.perf_counter()
        result = work()
        self.wait()
        self.seconds[stage] = time.perf_counter() - start
        return result

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)


def blocked_neighbors(x, k):
    x = torch.nn.functional.normalize(x)
    scores = torch.empty((len(x), k), device=x.device)
    indices = torch.empty((len(x), k), dtype=torch.int64, device=x.device)
    rows = max(1, min(len(x), BLOCK_VALUES // len(x)))
    for start in range(0, len(x), rows):
        block = slice(start, start + rows)
        scores[block], indices[block] = torch.topk(torch.mm(x[block], x.T), k)
    return scores, indices


def search(x, args, stages):
    x = stages.time(UPLOAD, lambda: x.to(stages.device))
    return stages.time(NEIGHBORS, lambda: [part.cpu() for part in blocked_neighbors(x, args.k1)])


def dense_neighbors(x, k):
    x = torch.nn.functional.normalize(x)
    s = torch.mm(x, x.T)
    return (s, *torch.topk(s, k))


def rank(h, s, queries, variant):
    scores = torch.mm(h[:queries], h[queries:].T)
    if variant == "Reference":
        scores = scores.mul_(1 - LAMBDA).add_(s[:queries, queries:], alpha=LAMBDA)
    return scores, torch.argsort(scores, dim=1, descending=True).cpu()


def rerank(x, args, stages):
    x = stages.time(UPLOAD, lambda: x.to(stages.device))
    s, scores, indices = stages.time(NEIGHBORS, lambda: dense_neighbors(x, args.k1))
    if args.variant == "Paper":
        s = None
    h = stages.time(MESSAGES, lambda: layers(scores, indices, args.k2, args.variant))
    scores, order = stages.time(RANKING, lambda: rank(h, s, args.queries, args.variant))
    seconds = stages.seconds
    resident = seconds[NEIGHBORS] + seconds[MESSAGES] + seconds[RANKING]
    seconds[HOST_TO_HOST] = seconds[UPLOAD] + resident
    seconds[RESIDENT] = resident
    return scores, order


def check(args, result):
    if not os.path.exists(os.path.join(args.folder, "neighbors.npy")):
        return "nothing of ours to compare with"
    if args.job != "dense":
        scores, indices = result
        return peer.check_neighbors(args, indices.numpy(), scores.numpy())
    scores = result[0]
    return peer.check_ranking(args, torch.topk(scores, min(BEST, scores.shape[1])).values.cpu().numpy())


def required(args, n):
    """Bytes that a dense job needs at the very least: two n x n matrices at once."""
    return 2 * 4 * n * n if args.job == "dense" else 0


def give_up(reason):
    print(reason, file=sys.stderr)
    sys.exit(peer.NOT_INSTALLED)


def open_device(args):
    device = torch.device(args.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        give_up(f"torch {torch.__version__} finds no CUDA device")
    return device


def room(device):
    """Free and whole bytes."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)
    pages = os.sysconf("SC_PAGE_SIZE")
    return os.sysconf("SC_AVPHYS_PAGES") * pages, os.sysconf("SC_PHYS_PAGES") * pages


def is_out_of_memory(error):
    return "out of memory" in str(error) or "can't allocate memory" in str(error)


def measure(x, args, device):
    work = rerank if args.job == "dense" else search
    began = time.perf_counter()
    cold = Stages(device)
    work(x, args, cold)
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
    warm, result = [], None
    while not warm or (len(warm) < args.repeat and time.perf_counter() - began < args.budget):
        # What the last run returned would stand beside the matrices of the next.
        result = None
        stages = Stages(device)
        result = work(x, args, stages)
        warm.append(stages.seconds)
    peak = torch.cuda.max_memory_allocated(device) if device.type == "cuda" else peer.peak_bytes()
    times = {stage: [cold.seconds[stage], statistics.median(run[stage] for run in warm)] for stage in cold.seconds}
    return times, len(warm), peak, result


def name_of(device):
    return f"{torch.cuda.get_device_name(device)}, CUDA {torch.version.cuda}" if device.type == "cuda" else "CPU"


def main():
    args = peer.gpu_arguments()
    torch.set_grad_enabled(False)
    torch.backends.cuda.matmul.allow_tf32 = args.job == "knn-tf32"
    device = open_device(args)
    x, args.queries = peer.features(args)
    free, whole = room(device)
    if required(args, len(x)) > free:
        give_up(f"does not fit: two dense matrices of {len(x):,} x {len(x):,} take {required(args, len(x)) / 1e9:.1f} GB, {free / 1e9:.1f} GB free")
    try:
        times, runs, peak, result = measure(torch.from_numpy(x), args, device)
        verdict = check(args, result)
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        give_up(f"does not fit: out of memory on a device of {whole / 1e9:.1f} GB ({free / 1e9:.1f} GB free at the start)")
    print(json.dumps({
        "program": f"torch {args.job}", "versions": f"Python {sys.version.split()[0]}, torch {torch.__version__} on {name_of(device)}",
        "runs": runs, "stages": times, "peak": peak, "check": verdict}))


main()
