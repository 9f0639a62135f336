"""Trains a PyTorch network from given weights on given batches and records it: train_as_given.py FOLDER OUT OPTIMIZER classes|values"""
import sys

import numpy as np
import sonde_recorder
import torch
from torch import nn

folder, out, optimizer, task = sys.argv[1:]
sizes, updates, batch = [12, 40, 9, 4], 21, 8


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
y = load("labels", updates, batch).long() if task == "classes" else load("values", updates, batch, sizes[-1])
criterion = nn.CrossEntropyLoss() if task == "classes" else nn.MSELoss()
optimizer = {"sgd": lambda p: torch.optim.SGD(p, lr=0.25), "momentum": lambda p: torch.optim.SGD(p, lr=0.25, momentum=0.9),
             "adam": lambda p: torch.optim.Adam(p, lr=0.01)}[optimizer](model.parameters())
with sonde_recorder.watch(model, every=5, out=out, optimizer=optimizer) as recording:
    for i in range(updates):
        loss = criterion(model(x[i]), y[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recording.log(loss, target=y[i])
