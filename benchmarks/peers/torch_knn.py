"""torch: exact nearest neighbours by mm in row blocks and topk."""
import peer

np = peer.np
torch = peer.load("torch")
ROWS = 1024


def knn(x, k):
    x = torch.nn.functional.normalize(x)
    indices = torch.empty((len(x), k), dtype=torch.int64)
    scores = torch.empty((len(x), k))
    for start in range(0, len(x), ROWS):
        rows = slice(start, start + ROWS)
        scores[rows], indices[rows] = torch.topk(torch.mm(x[rows], x.T), k)
    return indices, scores


args = peer.arguments()
torch.set_num_threads(args.threads)
x, _ = peer.features(args)
knn(torch.from_numpy(peer.warm_up_rows(x)[0]), args.k1)
clock = peer.Clock()
indices, scores = clock.time("kNN", lambda: knn(torch.from_numpy(x), args.k1))
peak = peer.peak_bytes()
peer.report(
    "torch mm + topk", args, *x.shape, clock, peak, f"torch {torch.__version__}",
    peer.check_neighbors(args, indices.numpy(), scores.numpy()))
