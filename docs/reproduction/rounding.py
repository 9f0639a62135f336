"""Measures what rounding to 32 bits takes from a sigmoid network's training (docs/fidelity.md).

    sonde data export shapeset --seed 7 --count 20000 --out shapes
    PYTHONPATH=python python3 docs/reproduction/rounding.py runs/paper-quick/shapeset sigmoid-lr0.1-s1 shapes 0.1 0.01 0.003

From a trial's last checkpoint it does 2,000 updates of ten examples twice, all in 64 bits and all in 32, with the same examples, and prints for each layer how far the weights moved, and
how far apart the two ends are as a share of that.
"""

import os
import sys

import numpy

import sonde_reader

UPDATES, BATCH = 2000, 10


def read_images(folder):
    """Returns pixels and labels as bytes."""
    with open(os.path.join(folder, "images-idx3-ubyte"), "rb") as images, open(os.path.join(folder, "labels-idx1-ubyte"), "rb") as labels:
        pixels = numpy.frombuffer(images.read(), numpy.uint8)[16:]
        return pixels.reshape(-1, 1024), numpy.frombuffer(labels.read(), numpy.uint8)[8:]


def train(parameters, pixels, labels, kind, rate):
    """Returns the weights after all updates, and the mean cost before each."""
    layers = [f"layer{i + 1}" for i in range(len(parameters) // 2)]
    weights = [parameters[f"{layer}.weights"].astype(kind) for layer in layers]
    biases = [parameters[f"{layer}.biases"].astype(kind) for layer in layers]
    one, rate, cost = kind(1), kind(rate), 0.0
    for update in range(UPDATES):
        batch = slice(BATCH * update, BATCH * (update + 1))
        activations = [pixels[batch].astype(kind) / kind(127.5) - one]
        for weight, bias in zip(weights[:-1], biases[:-1]):
            activations.append(one / (one + numpy.exp(-(activations[-1] @ weight + bias))))
        scores = activations[-1] @ weights[-1] + biases[-1]
        shares = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        of_label = (numpy.arange(BATCH), labels[batch])
        cost += -numpy.log(shares[of_label]).mean() / UPDATES
        gradient = shares
        gradient[of_label] -= one
        gradient /= kind(BATCH)
        for i in reversed(range(len(weights))):
            of_weights, of_biases = activations[i].T @ gradient, gradient.sum(axis=0)
            if i > 0:
                gradient = (gradient @ weights[i].T) * activations[i] * (one - activations[i])
            weights[i] -= rate * of_weights
            biases[i] -= rate * of_biases
    return weights, cost


def main(run, trial, folder, rates):
    parameters = sonde_reader.open(run)[trial].parameters()
    pixels, labels = read_images(folder)
    for rate in rates:
        (double, cost), (single, _) = (train(parameters, pixels, labels, kind, rate) for kind in (numpy.float64, numpy.float32))
        print(f"rate {rate}, cost {cost:.4f}")
        for i, (in_double, in_single) in enumerate(zip(double, single)):
            start = parameters[f"layer{i + 1}.weights"].astype(numpy.float64)
            moved, other = in_double - start, in_single.astype(numpy.float64) - start
            print(f"  layer {i + 1}: moved {moved.std():.2e} in 64 bits, {other.std():.2e} in 32;"
                  f" apart {numpy.linalg.norm(moved - other) / numpy.linalg.norm(moved):.3f} of that; {100 * (other == 0).mean():.0f} % of the weights did not move in 32")


if __name__ == "__main__":
    main(*sys.argv[1:4], [float(rate) for rate in sys.argv[4:]])
