#!/usr/bin/env python3
"""Records optimizer-traces.json: a dozen updates of a small network by PyTorch's own optimizers, in double precision.

Usage: record_optimizers.py > optimizer-traces.json     (needs Debian's python3-torch)
"""
import json
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(19640101)
INPUTS, HIDDEN, CLASSES, BATCH, UPDATES = 5, [4, 3], 3, 4, 12
OPTIMIZERS = [
    ("momentum", 0.3, {"momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.3, momentum=0.9)),
    ("momentum", 0.3, {"momentum": 0.5}, lambda p: torch.optim.SGD(p, lr=0.3, momentum=0.5)),
    ("nesterov", 0.3, {"momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.3, momentum=0.9, nesterov=True)),
    ("rmsprop", 0.01, {"memory": 0.9, "epsilon": 1e-7}, lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7)),
    ("momentum", 0.3, {"momentum": 0.9, "weightDecay": 0.05}, lambda p: torch.optim.SGD(p, lr=0.3, momentum=0.9, weight_decay=0.05)),
    ("adam", 0.02, {"weightDecay": 0.05}, lambda p: torch.optim.Adam(p, lr=0.02, weight_decay=0.05)),
    ("sgd", 0.3, {"clip": 0.2}, lambda p: torch.optim.SGD(p, lr=0.3)),
    ("adam", 0.02, {"clip": 0.1, "weightDecay": 0.05}, lambda p: torch.optim.Adam(p, lr=0.02, weight_decay=0.05)),
    ("adam", 0.01, {}, lambda p: torch.optim.Adam(p, lr=0.01)),
    ("adam", 0.02, {"beta1": 0.5, "beta2": 0.9, "epsilon": 0.01}, lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.5, 0.9), eps=0.01)),
]


def rounded(tensor):
    """Values as floats hold them, so that a single-precision engine starts from the same numbers."""
    return tensor.float().double()


def trace(name, learning_rate, settings, make):
    widths = [INPUTS] + HIDDEN + [CLASSES]
    weights = [rounded(torch.randn(a, b) / a ** 0.5).requires_grad_() for a, b in zip(widths, widths[1:])]
    biases = [rounded(0.1 * torch.randn(b)).requires_grad_() for b in widths[1:]]
    optimizer = make(weights + biases)

    def values():
        return {"weights": [w.flatten().tolist() for w in weights], "biases": [b.tolist() for b in biases]}

    start, updates = values(), []
    for _ in range(UPDATES):
        x, labels = rounded(torch.randn(BATCH, INPUTS)), torch.randint(0, CLASSES, (BATCH,))
        z = x
        for i, (w, b) in enumerate(zip(weights, biases)):
            s = z @ w + b
            z = torch.tanh(s) if i < len(HIDDEN) else s
        cost = torch.nn.functional.cross_entropy(z, labels)
        optimizer.zero_grad()
        cost.backward()
        if "clip" in settings:
            torch.nn.utils.clip_grad_norm_(weights + biases, settings["clip"])
        optimizer.step()
        updates.append({"inputs": x.flatten().tolist(), "labels": labels.tolist(), "cost": cost.item()})
    return {"optimizer": name, "learningRate": learning_rate, "settings": settings, "start": start, "updates": updates, "end": values()}


print(json.dumps({
    "recordedWith": "PyTorch " + torch.__version__, "inputs": INPUTS, "hidden": HIDDEN, "classes": CLASSES, "batch": BATCH,
    "traces": [trace(*optimizer) for optimizer in OPTIMIZERS]}, indent=None))
