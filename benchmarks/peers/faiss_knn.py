"""faiss: exact nearest neighbours by IndexFlatIP."""
import peer

faiss = peer.load("faiss")


def knn(x, k):
    faiss.normalize_L2(x)
    index = faiss.IndexFlatIP(x.shape[1])
    index.add(x)
    scores, indices = index.search(x, k)
    return indices, scores


args = peer.arguments()
faiss.omp_set_num_threads(args.threads)
x, _ = peer.features(args)
knn(peer.warm_up_rows(x)[0], args.k1)
clock = peer.Clock()
indices, scores = clock.time("kNN", lambda: knn(x, args.k1))
peak = peer.peak_bytes()
peer.report(
    "faiss IndexFlatIP", args, *x.shape, clock, peak,
    f"faiss {faiss.__version__} ({faiss.get_compile_options().strip()})", peer.check_neighbors(args, indices, scores))
