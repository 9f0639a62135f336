"""Writes the recording in pytorch/, and expected.json with the same statistics as numpy computes them: python3 make_golden.py"""
import json
import os
import shutil
import sys

import numpy as np
import torch
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../../../python"))
import sonde_recorder  # noqa: E402

torch.manual_seed(1)


def build():
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(inplace=True), nn.Sequential(nn.Linear(8, 5), nn.Tanh()), nn.Linear(5, 3))


model, twin = build(), build()
optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
criterion = nn.CrossEntropyLoss()
x = torch.randn(200, 6)
y = x[:, :3].argmax(1)
out = os.path.join(here, "pytorch")
shutil.rmtree(out, ignore_errors=True)
expected = []


def statistics(update, layer, quantity, values):
    values = np.asarray(values, np.float64).ravel()
    return {"update": update, "layer": layer, "quantity": quantity, "mean": values.mean(), "sd": values.std(), "min": values.min(), "max": values.max(),
            "p2": np.percentile(values, 2), "p50": np.percentile(values, 50), "p98": np.percentile(values, 98)}


def direct(update, inputs, labels):
    """The same quantities without the recorder: layer by layer, from the definitions."""
    twin.load_state_dict(model.state_dict())
    linear = [twin[0], twin[2][0], twin[3]]
    z, states = inputs, []
    for layer, f in zip(linear, (torch.relu, torch.tanh, None)):
        s = z @ layer.weight.T + layer.bias
        s.retain_grad()
        z = s if f is None else f(s)
        states.append((layer, s, z))
    (criterion(z, labels) * len(inputs)).backward()
    for i, (layer, s, z) in enumerate(states, 1):
        z = torch.softmax(s, 1) if i == len(states) else z
        expected.append(statistics(update, i, "preactivation", s.detach()))
        expected.append(statistics(update, i, "activation", z.detach()))
        expected.append(statistics(update, i, "backpropagatedGradient", s.grad))
        expected.append(statistics(update, i, "weight", layer.weight.detach()))

with sonde_recorder.watch(model, every=10, out=out, optimizer=optimizer) as recording:
    for i in range(25):
        k = torch.randint(0, 200, (16,))
        if i % 10 == 0:
            direct(i, x[k], y[k])
        loss = criterion(model(x[k]), y[k])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recording.log(loss, target=y[k])
        if i % 12 == 0:
            with torch.no_grad():
                output = model(x)
                recording.log(criterion(output, y), split="test", error=100 * (output.argmax(1) != y).float().mean())
with open(os.path.join(here, "expected.json"), "w") as file:
    json.dump(expected, file, indent=0)
