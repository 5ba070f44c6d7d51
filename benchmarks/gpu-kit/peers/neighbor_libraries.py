"""Nearest neighbours by FlashLib and cuVS, where they are installed, beside the engine's."""
import importlib

from kit_peer import Bench, arguments, check_neighbors, open_device, rows, tell, torch


def flash(bench, x, k):
    flash_knn = importlib.import_module("flashlib").flash_knn

    def work():
        found = flash_knn(x, x, k)
        # Squared distances of unit vectors: cosines are 1 - half of them.
        distances, indices = found if isinstance(found, tuple) else (None, found)
        return distances, indices.reshape(len(x), k)

    return work, lambda distances: 1 - distances.reshape(len(x), k) / 2


def cuvs(bench, x, k):
    brute_force = importlib.import_module("cuvs.neighbors.brute_force")

    def work():
        index = brute_force.build(x, metric="inner_product")
        found = brute_force.search(index, x, k)
        return tuple(torch.as_tensor(part, device=x.device) for part in found)

    return work, lambda scores: scores


def measure(bench, x, name, make):
    args = bench.args
    what = f"{args.name}: {name}"
    try:
        work, to_scores = make(bench, x, args.k1)
    except (ImportError, AttributeError, OSError) as error:
        tell(what, "Skipped", note=f"not usable: {error}")
        return
    if not bench.is_cuda:
        tell(what, "Skipped", note="no CUDA device")
        return
    try:
        n, d = x.shape
        found = bench.time(f"{name}'s k nearest", work, bench.floor(2.0 * n * n * d, 2, 4.0 * n * d), budget=8.0)
        if found is not None and found[0] is not None:
            check_neighbors(args, name, found[1].cpu().numpy(), to_scores(found[0]).cpu().numpy(), False)
    except Exception as error:  # pylint: disable=broad-except
        # Whatever a library of others fails by, the next one is tried.
        tell(what, "Skipped", note=f"{type(error).__name__}: {str(error)[:200]}")


def main():
    args = arguments()
    torch.set_grad_enabled(False)
    device = open_device(args)
    bench = Bench(args, device)
    x = torch.nn.functional.normalize(torch.from_numpy(rows(args)).to(device))
    measure(bench, x, "FlashLib", flash)
    measure(bench, x, "cuVS", cuvs)


main()
