"""A peer for speed comparisons: deep tanh networks under PyTorch's own stochastic gradient descent, eager.

Usage: peer_pytorch.py THREADS
Prints what it is. Then each line "inputs width depth classes batch seconds" on standard input trains such a network for half of the
seconds unmeasured, then for the seconds, and is answered with the updates per second. Examples are random numbers in memory.
"""
import sys
import time

import torch
from torch import nn

EXAMPLES = 2000


def deep_network(inputs, width, depth, classes):
    layers = []
    for _ in range(depth):
        layers += [nn.Linear(inputs, width), nn.Tanh()]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


def updates_per_second(inputs, width, depth, classes, batch, seconds):
    network = deep_network(inputs, width, depth, classes)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    examples, labels = torch.randn(EXAMPLES, inputs), torch.randint(classes, (EXAMPLES,))
    begin, start, updates, place = time.perf_counter(), None, 0, 0
    while True:
        chosen = slice(place, place + batch)
        place = place + batch if place + 2 * batch <= EXAMPLES else 0
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(examples[chosen]), labels[chosen]).backward()
        optimizer.step()
        now = time.perf_counter()
        if start is not None:
            updates += 1
            if now - start >= seconds:
                return updates / (now - start)
        elif now - begin >= seconds / 2:
            start = now


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)
print(torch.__version__, flush=True)
for line in sys.stdin:
    *sizes, seconds = line.split()
    print(updates_per_second(*map(int, sizes), float(seconds)), flush=True)
