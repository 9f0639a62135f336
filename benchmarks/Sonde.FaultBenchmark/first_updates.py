#!/usr/bin/env python3
"""Records the first updates of fault cases as run_case.py computes them: weights at the start, the examples of each update, weights at the end.

Usage: first_updates.py CASES OUT [--updates 10] [--sets DIR]     (CASES holds run_case.py; needs numpy and PyYAML; DIR holds mnist)

Writes OUT/CASE/{start,end}-{weights,biases}-LAYER.npy and OUT/CASE/order.npy, a row of examples for each update, filled up with -1.
Dropout is left out: its masks are a program's own.
"""
import argparse, copy, glob, os, sys
import numpy as np
import yaml

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("cases"); p.add_argument("out"); p.add_argument("--updates", type=int, default=10); p.add_argument("--sets", default=None)
a = p.parse_args()
sys.path.insert(0, a.cases)
import run_case  # noqa: E402


def save(net, folder, name):
    for i, layer in enumerate(net.layers, 1):
        np.save(f"{folder}/{name}-weights-{i}.npy", layer["W"][0].astype(np.float32))
        np.save(f"{folder}/{name}-biases-{i}.npy", layer["b"][0].astype(np.float32))


for path in sorted(glob.glob(os.path.join(a.cases, "so-*.yaml"))):
    case = yaml.safe_load(open(path))
    layers = case["layers"] + [case["output"]]
    if case["data"].get("set") == "cifar10" or any(layer.get("batchNorm") for layer in layers):
        continue
    for layer in layers:
        layer.pop("dropout", None)
    x, t, _, _ = run_case.load(case, a.cases, a.sets)
    net = run_case.Network(case, 1)
    folder = os.path.join(a.out, case["id"])
    os.makedirs(folder, exist_ok=True)
    save(net, folder, "start")
    n, batch = len(x), min(case["batch"], len(x))
    random, rows = np.random.default_rng(77), []
    with np.errstate(all="ignore"):
        while len(rows) < a.updates:
            order = random.permutation(n) if case.get("shuffle", True) else np.arange(n)
            for first in range(0, n, batch):
                if len(rows) == a.updates:
                    break
                pick = order[first:first + batch]
                _, gradients = net.gradients(x[pick][None], t[pick][None], case["cost"])
                net.update(gradients, case["optimizer"])
                rows.append(np.concatenate([pick, np.full(batch - len(pick), -1)]))
    np.save(f"{folder}/order.npy", np.array(rows).astype(np.float32))
    save(net, folder, "end")
