"""The two layers of the published pipeline on dense n x n matrices, in torch, on any device."""
import torch


def layers(scores, indices, k2, variant):
    n = len(indices)
    h = torch.zeros((n, n), device=scores.device).scatter_(1, indices, 1)
    weights = scores[:, :k2].clamp(min=0).square()
    if variant == "Paper":
        h = (h + h.T).div_(2)
    for _ in range(2):
        if variant == "Reference":
            h = h + h.T
        sums = torch.nn.functional.embedding_bag(indices[:, :k2], h, mode="sum", per_sample_weights=weights)
        if variant == "Paper":
            sums += h
        h = torch.nn.functional.normalize(sums, out=sums)
    return h
