"""Trains a PyTorch network from given weights on given batches and records it: train_as_given.py WEIGHTS.npz-folder OUT"""
import sys

import numpy as np
import sonde_recorder
import torch
from torch import nn

folder, out = sys.argv[1], sys.argv[2]
sizes, updates, batch = [12, 10, 9, 4], 21, 8


def load(name, *shape):
    return torch.from_numpy(np.fromfile(f"{folder}/{name}.bin", "<f4").reshape(*shape))


layers = []
for i, (inputs, units) in enumerate(zip(sizes, sizes[1:]), 1):
    linear = nn.Linear(inputs, units)
    linear.weight.data = load(f"weights{i}", inputs, units).T.contiguous()
    linear.bias.data = torch.zeros(units)
    layers += [linear, nn.Tanh()]
model = nn.Sequential(*layers[:-1])
x = load("inputs", updates, batch, sizes[0])
y = load("labels", updates, batch).long()
optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
with sonde_recorder.watch(model, every=5, out=out, optimizer=optimizer) as recording:
    for i in range(updates):
        loss = nn.functional.cross_entropy(model(x[i]), y[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recording.log(loss, target=y[i])
