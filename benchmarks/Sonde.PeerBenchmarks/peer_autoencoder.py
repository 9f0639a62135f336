"""A peer for speed comparisons: denoising autoencoders with tied weights under PyTorch's automatic differentiation, eager.

Usage: peer_autoencoder.py THREADS
Prints what it is. Then each line "layer cost seconds" on standard input trains this hidden layer (1 is the first) of 1,024 -> 5 x 1,000 tanh, a quarter of its
inputs masked, on mini-batches of ten that the layers below encode, by cross-entropy or the quadratic cost for half of the seconds unmeasured, then for
the seconds, and is answered with the updates per second. Examples are random numbers in memory.
"""
import sys
import time

import torch
from torch.nn import functional

EXAMPLES, INPUTS, WIDTH, BATCH, NOISE, STEP = 2000, 1024, 1000, 10, 0.25, 0.001


def cost_of(reconstruction, clean, cost):
    if cost == "quadratic":
        return functional.mse_loss(reconstruction, clean, reduction="sum") / (2 * BATCH)
    return functional.binary_cross_entropy_with_logits(reconstruction, (clean + 1) / 2, reduction="sum") / BATCH


def updates_per_second(layer, cost, seconds):
    sizes = [INPUTS] + [WIDTH] * layer
    # Uniform with variance 2 / (fan-in + fan-out).
    weights = [(2 * torch.rand(below, above) - 1) * (6 / (below + above)) ** 0.5 for below, above in zip(sizes, sizes[1:])]
    biases = [torch.zeros(size) for size in sizes[1:]]
    trained = weights[-1], biases[-1], torch.zeros(sizes[-2])
    for parameter in trained:
        parameter.requires_grad_()
    examples = 2 * torch.rand(EXAMPLES, INPUTS) - 1
    begin, start, updates, place = time.perf_counter(), None, 0, 0
    while True:
        clean = examples[place:place + BATCH]
        place = place + BATCH if place + 2 * BATCH <= EXAMPLES else 0
        with torch.no_grad():
            for weight, bias in zip(weights[:-1], biases[:-1]):
                clean = torch.addmm(bias, clean, weight).tanh_()
            corrupted = clean * (torch.rand(clean.shape) >= NOISE)
        weight, bias, decoder_bias = trained
        code = torch.addmm(bias, corrupted, weight).tanh()
        cost_of(functional.linear(code, weight, decoder_bias), clean, cost).backward()
        with torch.no_grad():
            for parameter in trained:
                parameter.add_(parameter.grad, alpha=-STEP)
                parameter.grad = None
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
    number, name, length = line.split()
    print(updates_per_second(int(number), name, float(length)), flush=True)
