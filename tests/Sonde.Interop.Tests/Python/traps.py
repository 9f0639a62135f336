"""Records networks with the traps that real ones set, and checks that recording changes nothing: traps.py OUT NAME..."""
import copy
import errno
import gc
import os
import resource
import signal
import sys
import types
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
    if name == "frozen":
        model[0].requires_grad_(False)
    twin = copy.deepcopy(model)
    train(name, twin, Nothing())
    with sonde_recorder.watch(model, every=2, out=out, rows=16, accumulate=2 if name == "accumulate" else 1) as recording:
        train(name, model, recording)
        recording.log(split="test", error=torch.tensor(12.5))
        recording.writer.thread.submit(int).result()
        assert open(os.path.join(out, "curve.csv")).read().endswith(",test,,12.5,,,\n"), "a row waits for the next observation"
    for (key, value), other in zip(model.state_dict().items(), twin.state_dict().values()):
        assert torch.equal(value, other) or torch.isnan(value).any(), f"recording changed {key}"
    assert not model._forward_hooks and not model._forward_pre_hooks, "hooks are left"
    assert not nn.modules.module._global_forward_hooks and not nn.modules.module._global_forward_pre_hooks, "hooks of all modules are left"
    assert not any(p._backward_hooks for p in model.parameters()), "hooks of parameters are left"
    gc.collect()
    assert not any(type(thing) is types.SimpleNamespace and hasattr(thing, "between") for thing in gc.get_objects()), "layers are left in memory"
    try:
        with sonde_recorder.watch(model, out=out):
            pass
        raise AssertionError("a recording was overwritten")
    except FileExistsError as error:
        assert "Delete it, or name another folder" in str(error)
    try:
        with sonde_recorder.watch(model, out=os.path.join(out, "curve.csv")):
            pass
        raise AssertionError("a file was taken for a folder")
    except FileExistsError as error:
        assert "curve.csv is a file. Name a folder with out=." in str(error)
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
    file = open(f"{out}-rarely/observation-0.safetensors", "rb").read()
    assert b"preactivation.gradient" in file and b"weight.gradient" not in file, "gradients of several backward passes are added up"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with sonde_recorder.watch(model, out=out + "-broken"):
                raise KeyError("of the training")
        except KeyError:
            assert not caught, "the recorder warns of an exception of the training"
    for wrong in ({"every": 0}, {"every": -3}, {"every": 2.5}, {"accumulate": 0}, {"loss": "average"}):
        try:
            sonde_recorder.watch(model, **wrong)
            raise AssertionError(f"{wrong} was accepted")
        except ValueError as error:
            assert "whole numbers of 1 or more" in str(error)
    return recording.updates


def fill_disk(out):
    """A file may not become larger than 2,000 bytes: the recording ends, the training does not."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with sonde_recorder.watch(sequential(), every=2, out=out) as recording:
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
            train("sequential", recording.model, recording)
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [str(warning.message) for warning in caught] == [f"The recording in {out} ends here: [Errno {errno.EFBIG}] File too large"], caught
    assert recording.updates == 12 and not os.path.exists(f"{out}/observation-0.safetensors")


def record_without_direct_writes(out):
    """Some file systems refuse to write past the cache."""
    system_open = os.open

    def refuse(path, flags, *rest):
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, "Invalid argument")
        return system_open(path, flags, *rest)

    os.open = refuse
    print("cached", record("sequential", out))
    os.open = system_open


for name in sys.argv[2:]:
    print(name, record(name, f"{sys.argv[1]}/{name}"))
fill_disk(f"{sys.argv[1]}/full")
if hasattr(os, "O_DIRECT"):
    record_without_direct_writes(f"{sys.argv[1]}/cached")
    direct, cached = (open(f"{sys.argv[1]}/{name}/observation-0.safetensors", "rb").read() for name in ("sequential", "cached"))
    assert len(direct) == len(cached) and direct[:8] == cached[:8], "a file that is written past the cache has another size"
