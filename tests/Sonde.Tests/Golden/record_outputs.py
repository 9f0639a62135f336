#!/usr/bin/env python3
"""Records output-traces.json: eight updates of small networks with mixed hidden layers and every kind of output and cost that PyTorch has, in double
precision.

Usage: record_outputs.py > output-traces.json     (needs Debian's python3-torch)
"""
import json
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(19580401)
INPUTS, HIDDEN, OUTPUTS, BATCH, UPDATES = 5, [("relu", torch.relu, 6), ("gelu", F.gelu, 5), ("selu", F.selu, 4)], 3, 4, 8
# Output, cost, PyTorch's cost of s and targets, how targets are drawn.
KINDS = [
    ("linear", "mse", lambda s, t: F.mse_loss(s, t), "values"),
    ("linear", "mae", lambda s, t: F.l1_loss(s, t), "values"),
    ("tanh", "mse", lambda s, t: F.mse_loss(torch.tanh(s), t), "values"),
    ("linear", "quadratic", lambda s, t: F.mse_loss(s, t, reduction="sum") / BATCH, "values"),
    ("sigmoid", "bce", lambda s, t: F.binary_cross_entropy(torch.sigmoid(s), t), "labels"),
    ("linear", "bce-logits", lambda s, t: F.binary_cross_entropy_with_logits(s, t), "labels"),
    ("softplus", "poisson", lambda s, t: F.poisson_nll_loss(F.softplus(s), t, log_input=False, eps=1e-7), "counts"),
    ("softmax", "cross-entropy", lambda s, t: F.cross_entropy(s, t), "shares"),
    ("linear", "cross-entropy-logits", lambda s, t: F.cross_entropy(s, t), "shares"),
    ("softmax", "mse", lambda s, t: F.mse_loss(torch.softmax(s, 1), t), "shares"),
]


def rounded(tensor):
    """Values as floats hold them, so that a single-precision engine starts from the same numbers."""
    return tensor.float().double()


def drawn(how):
    if how == "values":
        return rounded(torch.randn(BATCH, OUTPUTS))
    if how == "labels":
        return torch.randint(0, 2, (BATCH, OUTPUTS)).double()
    if how == "counts":
        return torch.randint(0, 4, (BATCH, OUTPUTS)).double()
    return rounded(torch.softmax(torch.randn(BATCH, OUTPUTS), 1))


def trace(output, cost, loss, how):
    widths = [INPUTS] + [units for _, _, units in HIDDEN] + [OUTPUTS]
    weights = [rounded(torch.randn(a, b) / a ** 0.5).requires_grad_() for a, b in zip(widths, widths[1:])]
    biases = [rounded(0.1 * torch.randn(b)).requires_grad_() for b in widths[1:]]

    def values():
        return {"weights": [w.flatten().tolist() for w in weights], "biases": [b.tolist() for b in biases]}

    start, updates = values(), []
    for _ in range(UPDATES):
        x, t = rounded(torch.randn(BATCH, INPUTS)), drawn(how)
        z = x
        for i, (w, b) in enumerate(zip(weights, biases)):
            s = z @ w + b
            z = HIDDEN[i][1](s) if i < len(HIDDEN) else s
        value = loss(z, t)
        value.backward()
        updates.append({"inputs": x.flatten().tolist(), "targets": t.flatten().tolist(), "cost": value.item()})
        with torch.no_grad():
            for p in weights + biases:
                p -= 0.1 * p.grad
                p.grad = None
    return {"output": output, "cost": cost, "start": start, "updates": updates, "end": values()}


print(json.dumps({
    "recordedWith": "PyTorch " + torch.__version__, "inputs": INPUTS, "hidden": ", ".join(f"{units} {name}" for name, _, units in HIDDEN),
    "outputs": OUTPUTS, "batch": BATCH, "learningRate": 0.1, "traces": [trace(*kind) for kind in KINDS]}, indent=None))
