#!/usr/bin/env python3
"""Measures fault cases and their cures with more seeds than their files have, as run_case.py computes them.

Usage: more_seeds.py CASES NAME... [--seeds 20] [--sets DIR] > more-seeds.txt     (CASES holds run_case.py; needs numpy and PyYAML; DIR holds mnist)

Writes a line for each case and each cure, such as so-34311586-fix1: 0.667 0.667.
"""
import argparse, os, sys
import numpy as np
import yaml

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("cases"); p.add_argument("names", nargs="+"); p.add_argument("--seeds", type=int, default=20); p.add_argument("--sets", default=None)
a = p.parse_args()
sys.path.insert(0, a.cases)
import run_case  # noqa: E402

for name in a.names:
    case = yaml.safe_load(open(os.path.join(a.cases, f"{name}.yaml")))
    for label, changes in [(name, {})] + [(f"{name}-fix{k}", fix["changes"]) for k, fix in enumerate(case["fixes"], 1)]:
        scores = run_case.run(run_case.changed(case, changes), a.cases, a.sets, a.seeds)["end"][1]
        print(f"{label}: {' '.join(f'{score:.4g}' for score in np.asarray(scores, float))}", flush=True)
