"""Trains a PyTorch network from given weights on given batches and records it: train_as_given.py FOLDER OUT OPTIMIZER classes|values ACTIVATION,..."""
import sys

import numpy as np
import sonde_recorder
import torch
from torch import nn

folder, out, optimizer, task, activations = sys.argv[1:]
sizes, updates, batch = [12, 40, 9, 4], 21, 8


def load(name, *shape):
    return torch.from_numpy(np.fromfile(f"{folder}/{name}.bin", "<f4").reshape(*shape))


ACTIVATIONS = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softsign": nn.Softsign, "relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "elu": nn.ELU,
               "selu": nn.SELU, "gelu": nn.GELU, "silu": nn.SiLU, "mish": nn.Mish, "softplus": nn.Softplus, "hard-tanh": nn.Hardtanh,
               "linear": nn.Identity}


def train(activation):
    layers = []
    for i, (inputs, units) in enumerate(zip(sizes, sizes[1:]), 1):
        linear = nn.Linear(inputs, units)
        linear.weight.data = load(f"weights{i}", inputs, units).T.contiguous()
        linear.bias.data = torch.zeros(units)
        layers += [linear, ACTIVATIONS[activation]()]
    model = nn.Sequential(*layers[:-1])
    chosen = {"sgd": lambda p: torch.optim.SGD(p, lr=0.25), "momentum": lambda p: torch.optim.SGD(p, lr=0.25, momentum=0.9),
              "adam": lambda p: torch.optim.Adam(p, lr=0.01)}[optimizer](model.parameters())
    with sonde_recorder.watch(model, every=5, out=f"{out}/{activation}", optimizer=chosen) as recording:
        for i in range(updates):
            loss = criterion(model(x[i]), y[i])
            chosen.zero_grad()
            loss.backward()
            chosen.step()
            recording.log(loss, target=y[i])
        recording.log(split="test", **({"error": 40} if task == "classes" else {"r2": 0.75, "rmse": 2, "mae": 1}))


x = load("inputs", updates, batch, sizes[0])
y = load("labels", updates, batch).long() if task == "classes" else load("values", updates, batch, sizes[-1])
criterion = nn.CrossEntropyLoss() if task == "classes" else nn.MSELoss()
for name in activations.split(","):
    train(name)
