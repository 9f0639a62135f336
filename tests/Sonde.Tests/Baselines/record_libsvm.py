#!/usr/bin/env python3
"""Records libsvm-fits.json: problems, and what libsvm makes of them at several C and gamma.

Usage: record_libsvm.py > libsvm-fits.json     (needs Debian's python3-sklearn, whose SVC is libsvm)
Objectives are computed here from libsvm's coefficients, with kernel values in double precision.
"""
import json
import warnings

import numpy
from sklearn.svm import SVC

SEED, TIGHT = 20100513, 1e-6


def floats(values):
    """Values of three digits as floats hold them: both sides start from the same numbers."""
    return numpy.round(values, 3).astype(numpy.float32)


def clusters(random, count, features, classes, spread):
    centres = random.normal(size=(3 * classes, features))
    which = numpy.arange(count) % len(centres)
    return floats(centres[which] + spread * random.normal(size=(count, features))), which % classes


def kernel(a, b, gamma):
    return numpy.exp(-gamma * ((a[:, None, :].astype(float) - b[None, :, :].astype(float)) ** 2).sum(2))


def fit(inputs, labels, fresh, c, gamma):
    svc = SVC(C=c, gamma=gamma, tol=TIGHT, decision_function_shape="ovo").fit(inputs.astype(float), labels)
    starts = numpy.concatenate([[0], numpy.cumsum(svc.n_support_)])
    gram = kernel(inputs[svc.support_], inputs[svc.support_], gamma)
    objectives = []
    for a in range(len(svc.classes_)):
        for b in range(a + 1, len(svc.classes_)):
            beta = numpy.zeros(len(svc.support_))
            beta[starts[a]:starts[a + 1]] = svc.dual_coef_[b - 1, starts[a]:starts[a + 1]]
            beta[starts[b]:starts[b + 1]] = svc.dual_coef_[a, starts[b]:starts[b + 1]]
            objectives.append(beta @ gram @ beta / 2 - numpy.abs(beta).sum())
    loose = SVC(C=c, gamma=gamma).fit(inputs.astype(float), labels)
    return {
        "c": c, "gamma": gamma, "objectives": objectives, "supportVectors": sorted(svc.support_.tolist()),
        "largest": numpy.abs(svc.dual_coef_).max(0)[numpy.argsort(svc.support_)].round(9).tolist(),
        "predicted": svc.predict(fresh.astype(float)).tolist(), "predictedAtUsualTolerance": loose.predict(fresh.astype(float)).tolist(),
    }


def problem(name, count, features, classes, spread, settings):
    random = numpy.random.RandomState(SEED)
    inputs, labels = clusters(random, count + 200, features, classes, spread)
    order = random.permutation(len(inputs))
    inputs, labels = inputs[order], labels[order]
    train, fresh = inputs[:count], inputs[count:]
    return {
        "name": name, "features": features, "classes": classes, "tolerance": TIGHT,
        "inputs": [float(f"{v:.3f}") for v in train.flatten()], "labels": labels[:count].tolist(), "fresh": [float(f"{v:.3f}") for v in fresh.flatten()],
        "fits": [fit(train, labels[:count], fresh, c, gamma) for c, gamma in settings],
    }


warnings.simplefilter("error")
print(json.dumps({"problems": [
    problem("two classes", 150, 5, 2, 0.6, [(0.1, 0.5), (1, 0.1), (10, 0.5), (1000, 2.0)]),
    problem("nine classes", 360, 7, 9, 0.5, [(0.1, 0.1), (1, 0.1), (10, 0.05), (100, 0.5)]),
]}))
