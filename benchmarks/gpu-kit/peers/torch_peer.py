"""torch beside the engine: neighbours in several precisions, the order of full lists, the published dense pipeline."""
import sys

from kit_peer import Bench, arguments, check_neighbors, open_device, rows, tell, torch
from dense_layers import layers

LAMBDA = 0.3
CANDIDATES = 64
SINGLE, TF32, HALF = 0, 1, 2
# Values of S that are held at once, of candidates' rows that are gathered at once, and of S that are made at all:
# of more rows some are measured, and the time of all is told.
BLOCK_VALUES = 1 << 30
GATHERED_VALUES = 1 << 28
MOST_VALUES = 1 << 36


def set_precision(name):
    torch.backends.cuda.matmul.allow_tf32 = name == "TF32"


def blocks(count, width, most):
    step = max(1, min(count, most // width))
    return [slice(start, min(start + step, count)) for start in range(0, count, step)]


def products(x, block):
    return torch.mm(x[block], x.T)


def all_products(x, count, most):
    """Made and thrown away."""
    return [products(x, block).shape for block in blocks(count, len(x), most)]


def search(x, k, count):
    """Scores and indices of the first rows."""
    found = [torch.topk(products(x, block), k) for block in blocks(count, len(x), BLOCK_VALUES)]
    return torch.cat([part[0] for part in found]), torch.cat([part[1] for part in found])


def score_again(x, first, candidates, k):
    """The float32 scores of each row's candidates, and the best of these."""
    scores, indices = [], []
    for block in blocks(len(candidates), candidates.shape[1] * x.shape[1], GATHERED_VALUES):
        some = candidates[block]
        again = torch.bmm(x[some], x[first + block.start:first + block.stop].unsqueeze(2)).squeeze(2)
        best, place = torch.topk(again, k)
        scores.append(best)
        indices.append(torch.gather(some, 1, place))
    return torch.cat(scores), torch.cat(indices)


def search_in_two(x, halves, k, count):
    kept = min(max(CANDIDATES, 2 * k), len(x))
    found = []
    for block in blocks(count, len(x), 2 * BLOCK_VALUES):
        candidates = torch.topk(products(halves, block), kept)[1]
        found.append(score_again(x, block.start, candidates, k))
    return torch.cat([part[0] for part in found]), torch.cat([part[1] for part in found])


def each(bench, x, count, work):
    """Runs work on the products of a block of rows: the products made before the clock starts."""
    block = blocks(count, len(x), BLOCK_VALUES)[0]
    s = products(x, block)
    return lambda: work(s), count / (block.stop - block.start)


def search_by_halves(bench, x, count, part, floor):
    k, scale = bench.args.k1, len(x) / count
    set_precision("float32")
    halves = x.bfloat16()
    found = bench.time(
        f"mm in bf16 + topk({max(CANDIDATES, 2 * k)}) + float32 scores + topk({k})",
        lambda: search_in_two(x, halves, k, count), floor, part, scale)
    if found is not None:
        check_neighbors(bench.args, "torch bf16, scored again", found[1].cpu().numpy(), found[0].cpu().numpy(), False)
    found = None
    bench.time("mm, bf16", lambda: all_products(halves, count, 2 * BLOCK_VALUES), floor, part, scale)


def neighbors(bench, x):
    n, d = x.shape
    k = bench.args.k1
    count = min(n, max(1, MOST_VALUES // n))
    scale = n / count
    part = f"{count:,} of {n:,} rows measured, times {scale:.2f}" if scale > 1 else ""
    operations, read = 2.0 * n * n * d, 4.0 * n * n

    # The strongest one first: time may not be enough for all.
    search_by_halves(bench, x, count, part, bench.floor(operations, HALF, 2.0 * n * d))
    for name, peak in (("TF32", TF32), ("float32", SINGLE)):
        set_precision(name)
        floor = bench.floor(operations, peak, 4.0 * n * d)
        bench.time(f"mm, {name}", lambda: all_products(x, count, BLOCK_VALUES), floor, part, scale)
        found = bench.time(f"mm + topk({k}), {name}", lambda: search(x, k, count), floor, part, scale)
        if found is not None:
            check_neighbors(
                bench.args, f"torch {name}", found[1].cpu().numpy(), found[0].cpu().numpy(), name == "float32")
        found = None
    set_precision("float32")
    work, share = each(bench, x, count, lambda s: torch.topk(s, k))
    bench.time(f"topk({k}) alone, float32", work, bench.floor(0, SINGLE, read), part, scale * share)


def host_search(bench, features):
    def work():
        x = torch.nn.functional.normalize(torch.from_numpy(features).to(bench.device))
        return [part.cpu() for part in search(x, bench.args.k1, len(x))]

    if len(features) ** 2 <= MOST_VALUES:
        set_precision("TF32")
        bench.time(f"mm + topk({bench.args.k1}), TF32, host to host", work)
        set_precision("float32")


def order(bench, x):
    queries = bench.args.queries
    gallery = len(x) - queries
    if queries * gallery > BLOCK_VALUES:
        return
    scores = torch.mm(x[:queries], x[queries:].T)
    moved = 12.0 * queries * gallery
    floor = bench.floor(0, SINGLE, moved)
    bench.time("argsort of full lists alone", lambda: torch.argsort(scores, dim=1, descending=True), floor)
    some = min(100, gallery)
    bench.time(f"topk({some}) of lists alone", lambda: torch.topk(scores, some), bench.floor(0, SINGLE, moved / 3))


def dense(bench, features, x):
    """The pipeline as it was published: dense S, A, both layers, product, argsort."""
    queries, k1, k2 = bench.args.queries, bench.args.k1, bench.args.k2
    n = len(x)
    if bench.is_cuda and 12 * n * n > torch.cuda.mem_get_info(bench.device)[0]:
        tell(f"{bench.args.name}: torch, dense pipeline", "Skipped", note=f"three matrices of {n:,} x {n:,} do not fit")
        return

    def from_rows(rows_on_device, variant):
        s = torch.mm(rows_on_device, rows_on_device.T)
        scores, indices = torch.topk(s, k1)
        h = layers(scores, indices, k2, variant)
        final = torch.mm(h[:queries], h[queries:].T)
        if variant == "Reference":
            final = final.mul_(1 - LAMBDA).add_(s[:queries, queries:], alpha=LAMBDA)
        return torch.argsort(final, dim=1, descending=True)

    for precision in ("float32", "TF32"):
        set_precision(precision)
        for variant in ("Paper", "Reference"):
            bench.time(f"dense pipeline, {variant}, {precision}, from device", lambda: from_rows(x, variant))
    s = torch.mm(x, x.T)
    scores, indices = torch.topk(s, k1)
    s = None
    for variant in ("Paper", "Reference"):
        bench.time(f"dense layers alone, {variant}", lambda: layers(scores, indices, k2, variant).shape)

    def from_host():
        up = torch.nn.functional.normalize(torch.from_numpy(features).to(bench.device))
        return from_rows(up, "Paper").cpu()

    set_precision("TF32")
    bench.time("dense pipeline, Paper, TF32, host to host", from_host)
    set_precision("float32")


def main():
    args = arguments()
    torch.set_grad_enabled(False)
    device = open_device(args)
    bench = Bench(args, device)
    features = rows(args)
    name = torch.cuda.get_device_name(device) if bench.is_cuda else "the processor"
    cuda = torch.version.cuda if bench.is_cuda else "none"
    versions = f"torch {torch.__version__}, CUDA {cuda}, Python {sys.version.split()[0]}"
    tell(f"{args.name}: torch", "Measured", note=f"{versions}, on {name}")
    x = torch.nn.functional.normalize(torch.from_numpy(features).to(device))
    if "knn" in args.jobs:
        neighbors(bench, x)
    if "dense" in args.jobs:
        dense(bench, features, x)
    if "order" in args.jobs:
        order(bench, x)
    if "knn" in args.jobs:
        host_search(bench, features)


main()
