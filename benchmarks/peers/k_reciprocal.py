"""k-reciprocal re-ranking as a Python file of the reader's choice has it: re_ranking(q_g, q_q, g_g, k1, k2, lambda_value)."""
import importlib.util
import os
import sys

import peer

np = peer.np
K1, K2, LAMBDA = 20, 6, 0.3


def function_of(path):
    spec = importlib.util.spec_from_file_location("peer_file", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, "re_ranking"):
        sys.exit(f"{os.path.basename(path)} defines no re_ranking.")
    return module.re_ranking


def matrices(x, queries, kind):
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    q, g = x[:queries], x[queries:]
    result = [q @ g.T, q @ q.T, g @ g.T]
    return result if kind == "similarity" else [2 - 2 * matrix for matrix in result]


def run(re_ranking, x, queries, kind, clock):
    given = clock.time("matrices", lambda: matrices(x, queries, kind))
    distances = clock.time("k-reciprocal", lambda: re_ranking(*given, K1, K2, LAMBDA))
    clock.time("order", lambda: np.argsort(distances, axis=1))
    clock.total("whole job (k-reciprocal)", list(clock.stages))


args = peer.arguments()
re_ranking = function_of(args.peer_file)
x, queries = peer.features(args)
run(re_ranking, *peer.warm_up_rows(x), args.peer_input, peer.Clock())
clock = peer.Clock()
run(re_ranking, x, queries, args.peer_input, clock)
peer.report(
    os.path.basename(args.peer_file), args, *x.shape, clock, peer.peak_bytes(), f"NumPy {np.__version__}",
    "another method: its ranking is not compared")
