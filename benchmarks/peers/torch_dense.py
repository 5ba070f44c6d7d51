"""torch: the published dense pipeline on the CPU: S, its topk, dense A, dense layers, the product, and the order of its rows."""
import peer

torch = peer.load("torch")
from dense_layers import layers  # noqa: E402 (after torch was found)
LAMBDA = 0.3


def neighbors(x, k):
    x = torch.nn.functional.normalize(x)
    s = torch.mm(x, x.T)
    scores, indices = torch.topk(s, k)
    return s, scores, indices


def product(h, s, queries, variant):
    scores = torch.mm(h[:queries], h[queries:].T)
    if variant == "Reference":
        scores = scores.mul_(1 - LAMBDA).add_(s[:queries, queries:], alpha=LAMBDA)
    return scores


def run(x, queries, args, clock):
    name = args.variant
    s, scores, indices = clock.time("kNN", lambda: neighbors(x, args.k1))
    if name == "Paper":
        s = None
    h = clock.time(f"layers ({name})", lambda: layers(scores, indices, args.k2, name))
    scores = clock.time(f"scores ({name})", lambda: product(h, s, queries, name))
    clock.time("sort", lambda: torch.argsort(scores, dim=1, descending=True))
    clock.total(f"scores and sort ({name})", [f"scores ({name})", "sort"])
    clock.total(f"whole job ({name})", ["kNN", f"layers ({name})", f"scores ({name})", "sort"])
    return scores


args = peer.arguments()
torch.set_num_threads(args.threads)
torch.set_grad_enabled(False)
x, queries = peer.features(args)
rows, few = peer.warm_up_rows(x)
run(torch.from_numpy(rows), few, args, peer.Clock())
clock = peer.Clock()
scores = run(torch.from_numpy(x), queries, args, clock)
peak = peer.peak_bytes()
peer.report(
    "torch, dense", args, *x.shape, clock, peak, f"torch {torch.__version__}", peer.check_ranking(args, scores.numpy()))
