"""torch.argsort or numpy.argsort: the order of the gallery for each query, by cosine."""
import peer

np = peer.np


def sorter(args):
    if args.program == "numpy":
        return f"NumPy {np.__version__}", lambda scores: np.argsort(-scores, axis=1)
    torch = peer.load("torch")
    torch.set_num_threads(args.threads)
    return f"torch {torch.__version__}", lambda scores: torch.argsort(torch.from_numpy(scores), dim=1, descending=True).numpy()


args = peer.arguments()
version, sort = sorter(args)
x, queries = peer.features(args)
x /= np.linalg.norm(x, axis=1, keepdims=True)
scores = x[:queries] @ x[queries:].T
sort(scores[:50])
clock = peer.Clock()
order = clock.time("sort", lambda: sort(scores))
peak = peer.peak_bytes()
falling = np.all(np.diff(np.take_along_axis(scores, order, axis=1), axis=1) <= 0)
peer.report(
    f"{args.program} argsort", args, *x.shape, clock, peak, version, "" if falling else "the rows are not in order")
