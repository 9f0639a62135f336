"""Records networks with the traps that real ones set, and checks that recording changes nothing: traps.py OUT NAME..."""
import copy
import sys
import warnings

import sonde_recorder
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(3)
x, y = torch.randn(40, 10), torch.randint(0, 3, (40,))


class Functional(nn.Module):
    """Activations that are functions, and one layer that is used twice."""

    def __init__(self):
        super().__init__()
        self.first, self.shared, self.head = nn.Linear(10, 8), nn.Linear(8, 8), nn.Linear(8, 3)

    def forward(self, x):
        x = F.relu(self.first(x), inplace=True)
        x = torch.tanh(self.shared(x))
        return self.head(torch.tanh(self.shared(x)))


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.act, self.head = nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(32, 3)

    def forward(self, x):
        return self.head(self.act(self.norm(self.conv(x[:, None]))).flatten(1))


class Nothing:
    def log(self, loss, target=None):
        pass


def sequential(**extra):
    return nn.Sequential(nn.Linear(10, 8), nn.ReLU(inplace=True), nn.Dropout(0.1), nn.Sequential(nn.Linear(8, 8), nn.LeakyReLU(inplace=True)),
                         nn.Linear(8, 3))


def step(name, model, optimizer, i, recording):
    loss = F.cross_entropy(model(x * (float("nan") if name == "nan" and i == 4 else 1)), y)
    if name == "accumulate":
        loss = loss / 2
    if name == "early":  # Logged before the backward pass.
        recording.log(loss, target=y)
    loss.backward()
    if name != "accumulate" or i % 2:
        optimizer.step()
        optimizer.zero_grad()
    return loss


def train(name, model, recording):
    torch.manual_seed(4)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for i in range(12):
        if name == "evaluating":  # A forward pass without a backward pass, with gradients enabled, and one in eval mode.
            model(x)
            model.eval()
            with torch.no_grad():
                model(x)
            model.train()
        if name == "mixed":
            with torch.autocast("cpu", torch.bfloat16):
                loss = step(name, model, optimizer, i, recording)
        else:
            loss = step(name, model, optimizer, i, recording)
        if name == "evaluating":
            model(x)
        if name != "early":
            recording.log(loss, target=y)


def record(name, out):
    model = {"functional": Functional, "convolutional": Convolutional}.get(name, sequential)()
    twin = copy.deepcopy(model)
    train(name, twin, Nothing())
    with sonde_recorder.watch(model, every=2, out=out, rows=16, accumulate=2 if name == "accumulate" else 1) as recording:
        train(name, model, recording)
        recording.log(split="test", error=torch.tensor(12.5))
    for (key, value), other in zip(model.state_dict().items(), twin.state_dict().values()):
        assert torch.equal(value, other) or torch.isnan(value).any(), f"recording changed {key}"
    assert not model._forward_hooks and not model._forward_pre_hooks, "hooks are left"
    assert not any(p._backward_hooks for p in model.parameters()), "hooks of parameters are left"
    try:
        with sonde_recorder.watch(model, out=out):
            pass
        raise AssertionError("a recording was overwritten")
    except FileExistsError as error:
        assert "Delete it, or name another folder" in str(error)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with sonde_recorder.watch(model, out=out + "-empty"):
            pass
        assert "Nothing was recorded" in str(caught[-1].message)
        with sonde_recorder.watch(model, out=out + "-rarely") as rarely:
            for i in range(2):
                F.cross_entropy(model(x), y).backward()
            rarely.log(0.5)
        assert "several backward passes before recording.log" in str(caught[-1].message), caught[-1].message
    return recording.updates


for name in sys.argv[2:]:
    print(name, record(name, f"{sys.argv[1]}/{name}"))
