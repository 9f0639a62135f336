#!/usr/bin/env python3
"""Measures how much fault cases magnify rounding: run_case.py against itself, with weights that are 1e-7 larger, and in double precision.

Usage: rounding.py CASES NAME... [--updates 10] [--sets DIR]     (CASES holds run_case.py; needs numpy and PyYAML; DIR holds mnist)

Prints the largest difference of a weight or bias after these updates, as a share of the largest in its layer.
"""
import argparse, os, sys
import numpy as np
import yaml

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("cases"); p.add_argument("names", nargs="+"); p.add_argument("--updates", type=int, default=10); p.add_argument("--sets", default=None)
a = p.parse_args()
sys.path.insert(0, a.cases)
import run_case  # noqa: E402


def train(case, factor=1.0, dtype=np.float32):
    x, t, _, _ = run_case.load(case, a.cases, a.sets)
    net = run_case.Network(case, 1)
    for layer in net.layers:
        layer["W"], layer["b"] = (layer["W"] * factor).astype(dtype), layer["b"].astype(dtype)
    x, t = x.astype(dtype), t.astype(dtype)
    n, batch, updates = len(x), min(case["batch"], len(x)), 0
    random = np.random.default_rng(77)
    with np.errstate(all="ignore"):
        while updates < a.updates:
            order = random.permutation(n) if case.get("shuffle", True) else np.arange(n)
            for first in range(0, n, batch):
                if updates == a.updates:
                    break
                pick = order[first:first + batch]
                _, gradients = net.gradients(x[pick][None], t[pick][None], case["cost"])
                net.update(gradients, case["optimizer"])
                updates += 1
    return [layer[key][0].astype(np.float64) for layer in net.layers for key in "Wb"]


def difference(ours, theirs):
    return max(np.abs(one - other).max() / max(np.abs(other).max(), 1e-30) for one, other in zip(ours, theirs))


for name in a.names:
    case = yaml.safe_load(open(os.path.join(a.cases, f"{name}.yaml")))
    for layer in case["layers"] + [case["output"]]:
        layer.pop("dropout", None)
    single = train(case)
    print(f"{name}: weights 1e-7 larger {difference(train(case, 1 + 1e-7), single):.1e}, "
          f"in double precision {difference(single, train(case, dtype=np.float64)):.1e}", flush=True)
