#!/usr/bin/env python3
"""Records autoencoder-traces.json: updates of small denoising autoencoders with tied weights in PyTorch, in double precision.

Usage: record_autoencoder.py > autoencoder-traces.json     (needs Debian's python3-torch)
Costs are summed over the values of an example and averaged over the mini-batch; gradients are autograd's own.
"""
import json
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(20080705)
INPUTS, UNITS, BATCH, UPDATES, LEARNING_RATE = 6, 4, 5, 8, 0.1


def rounded(tensor):
    """Values as floats hold them."""
    return tensor.float().double()


def trace(activation, f, reconstruction):
    weights = rounded(torch.randn(INPUTS, UNITS) / INPUTS ** 0.5).requires_grad_()
    biases, decoder_biases = rounded(0.1 * torch.randn(UNITS)).requires_grad_(), rounded(0.1 * torch.randn(INPUTS)).requires_grad_()
    parameters = [weights, biases, decoder_biases]

    def values():
        return {"weights": weights.flatten().tolist(), "biases": biases.tolist(), "decoderBiases": decoder_biases.tolist()}

    start, updates = values(), []
    for _ in range(UPDATES):
        targets = rounded(torch.rand(BATCH, INPUTS))
        corrupted = targets * (torch.rand(BATCH, INPUTS) > 0.25)
        s = f(corrupted @ weights + biases) @ weights.T + decoder_biases
        if reconstruction == "cross-entropy":
            cost = torch.nn.functional.binary_cross_entropy_with_logits(s, targets, reduction="sum") / BATCH
        else:
            cost = 0.5 * ((s - targets) ** 2).sum() / BATCH
        for p in parameters:
            p.grad = None
        cost.backward()
        with torch.no_grad():
            for p in parameters:
                p -= LEARNING_RATE * p.grad
        updates.append({"corrupted": corrupted.flatten().tolist(), "targets": targets.flatten().tolist(), "cost": cost.item()})
    return {"activation": activation, "reconstruction": reconstruction, "start": start, "updates": updates, "end": values()}


ACTIVATIONS = [("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("softsign", torch.nn.functional.softsign)]
print(json.dumps({
    "recordedWith": "PyTorch " + torch.__version__, "inputs": INPUTS, "units": UNITS, "learningRate": LEARNING_RATE,
    "traces": [trace(name, f, cost) for name, f in ACTIVATIONS for cost in ("cross-entropy", "quadratic")]}, indent=None))
