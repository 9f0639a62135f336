#!/usr/bin/env python3
"""Records golden-trace.json: ten updates of small networks in PyTorch, every loss and every gradient, in double precision.

Usage: record_trace.py > golden-trace.json     (needs Debian's python3-torch)
The network is built from matrix products, as in the paper, so that W is [fan-in, fan-out]; the gradients are autograd's own.
"""
import json
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(20100513)
INPUTS, HIDDEN, CLASSES, BATCH, UPDATES = 7, [6, 5], 4, 10, 10
ACTIVATIONS = {
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softsign": torch.nn.functional.softsign, "relu": torch.relu,
    "leaky-relu": lambda s: torch.nn.functional.leaky_relu(s, 0.01), "elu": torch.nn.functional.elu,
    "softplus": torch.nn.functional.softplus, "hard-tanh": torch.nn.functional.hardtanh, "linear": lambda s: s,
}


def nll(s, labels):
    return torch.nn.functional.cross_entropy(s, labels)


def quadratic(s, labels):
    wanted = torch.nn.functional.one_hot(labels, CLASSES)
    return ((torch.softmax(s, 1) - wanted) ** 2).sum(1).mean()


def rounded(tensor):
    """Values as floats hold them, so that a single-precision engine starts from the same numbers."""
    return tensor.float().double()


def trace(activation, cost, learning_rate):
    widths = [INPUTS] + HIDDEN + [CLASSES]
    weights = [rounded(torch.randn(a, b) / a ** 0.5).requires_grad_() for a, b in zip(widths, widths[1:])]
    biases = [rounded(0.1 * torch.randn(b)).requires_grad_() for b in widths[1:]]
    start = {"weights": [w.flatten().tolist() for w in weights], "biases": [b.tolist() for b in biases]}
    updates = []
    for _ in range(UPDATES):
        x, labels = rounded(torch.randn(BATCH, INPUTS)), torch.randint(0, CLASSES, (BATCH,))
        z = x
        for i, (w, b) in enumerate(zip(weights, biases)):
            s = z @ w + b
            z = ACTIVATIONS[activation](s) if i < len(HIDDEN) else s
        loss = {"nll": nll, "quadratic": quadratic}[cost](z, labels)
        loss.backward()
        updates.append({
            "inputs": x.flatten().tolist(), "labels": labels.tolist(), "cost": loss.item(),
            "weightGradients": [w.grad.flatten().tolist() for w in weights], "biasGradients": [b.grad.tolist() for b in biases]})
        with torch.no_grad():
            for p in weights + biases:
                p -= learning_rate * p.grad
                p.grad = None
    return {
        "activation": activation, "cost": cost, "learningRate": learning_rate, "start": start, "updates": updates,
        "end": {"weights": [w.flatten().tolist() for w in weights], "biases": [b.tolist() for b in biases]}}


print(json.dumps({
    "recordedWith": "PyTorch " + torch.__version__, "inputs": INPUTS, "hidden": HIDDEN, "classes": CLASSES, "batch": BATCH,
    "traces": [trace(a, "nll", 0.5) for a in ACTIVATIONS] + [trace("tanh", "quadratic", 0.5)]}, indent=None))
