"""Records networks whose dLoss/dW is, or is not, a product of what is recorded: products.py OUT. Each is recorded twice, the second time with every dLoss/dW
in the file. Prints what the first recording has for each layer."""
import json
import sys

import sonde_recorder
import torch
import torch.nn.functional as F
from torch import nn


class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.shared, self.head = nn.Linear(6, 40), nn.Linear(40, 40), nn.Linear(40, 3)

    def forward(self, x):
        return self.head(torch.tanh(self.shared(torch.tanh(self.shared(torch.tanh(self.first(x)))))))


class Tied(nn.Module):
    """An output layer that has the weights of an embedding."""

    def __init__(self):
        super().__init__()
        self.embedding, self.hidden, self.head = nn.Embedding(60, 30), nn.Linear(30, 30), nn.Linear(30, 60, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, x):
        return self.head(torch.tanh(self.hidden(self.embedding(x))))


class Borrowed(nn.Module):
    """A layer whose weights are used a second time, without a call of the layer."""

    def __init__(self):
        super().__init__()
        self.hidden, self.head = nn.Linear(40, 40), nn.Linear(40, 3)

    def forward(self, x):
        return self.head(torch.tanh(F.linear(torch.tanh(self.hidden(x)), self.hidden.weight)))


class Whole(sonde_recorder.watch):
    def _is_product(self, layer, gradient):
        return False


def chain(*behind):
    return nn.Sequential(nn.Linear(6, 40), nn.Tanh(), *behind, nn.Linear(40, 60), nn.ReLU(inplace=True), nn.Linear(60, 3))


x, y = torch.randn(5, 6, generator=torch.Generator().manual_seed(1)), torch.arange(5) % 3
# Network, inputs, targets, penalty, settings of the optimizer, settings of the recorder.
CASES = {
    "plain": (chain, x, y, 0, {}, {}),
    "dropout": (lambda: chain(nn.Dropout(0.3), nn.LayerNorm(40)), x, y, 0, {}, {}),
    "decay": (chain, x, y, 0, {"weight_decay": 0.1}, {}),
    "sum": (chain, x, y, 0, {}, {"loss": "sum"}),
    "penalty": (chain, x, y, 1e-4, {}, {}),
    "twice": (Twice, x, y, 0, {}, {}),
    "borrowed": (Borrowed, torch.randn(5, 40, generator=torch.Generator().manual_seed(2)), y, 0, {}, {}),
    "tied": (Tied, torch.arange(5), torch.arange(5) + 7, 0, {}, {}),
    "positions": (chain, x.reshape(1, 5, 6), y.reshape(1, 5), 0, {}, {}),
    "cut": (chain, x, y, 0, {}, {"rows": 3}),
    "accumulate": (chain, x, y, 0, {}, {"accumulate": 2}),
    "frozen": (chain, x, y, 0, {}, {}),
    "large": (chain, x.repeat(8, 1), y.repeat(8), 0, {}, {}),
}


def train(name, watch, out):
    build, inputs, targets, penalty, settings, options = CASES[name]
    torch.manual_seed(3)
    model = build()
    if name == "frozen":
        model[0].requires_grad_(False)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, **settings)
    with watch(model, every=2, out=out, **options) as recording:
        for _ in range(6):
            logits = model(inputs)
            loss = F.cross_entropy(logits.flatten(0, -2), targets.flatten(), reduction="sum" if name == "sum" else "mean")
            loss = (loss + penalty * sum(p.square().sum() for p in model.parameters())) / options.get("accumulate", 1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recording.log(loss, target=targets)


for name in CASES:
    out = f"{sys.argv[1]}/{name}"
    train(name, sonde_recorder.watch, out)
    train(name, Whole, f"{sys.argv[1]}/{name}-whole")
    with open(f"{out}/observation-2.safetensors", "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    layers = len([tensor for tensor in header if tensor.endswith(".preactivation")])
    print(name, *["product" if f"layer.{i}.input" in header else "whole" if f"layer.{i}.weight.gradient" in header else "none" for i in range(1, 1 + layers)])
