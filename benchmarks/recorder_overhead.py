"""Measures what python/sonde_recorder.py costs an ordinary PyTorch training loop: recorder_overhead.py small|paper [PAIRS] [EVERY]

One process trains one network in blocks of EVERY updates, with the recorder (which observes one update of a block) and without it, in pairs whose order
changes. So whatever else the machine does meets both alike. Prints the median ratio of the pairs and its 95 % confidence interval, by order statistics.
"""
import math
import os
import shutil
import statistics
import sys
import tempfile
import time

import torch
from torch import nn

sys.path.insert(0, os.environ.get("RECORDER") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../python"))
import sonde_recorder  # noqa: E402

NETWORKS = {"small": ([784, 100, 100, 10], nn.ReLU, 32), "paper": ([1024, *[1000] * 5, 9], nn.Tanh, 10)}  # Units, activation, examples per update.


class Loop:
    def __init__(self, name):
        units, activation, self.batch = NETWORKS[name]
        torch.manual_seed(1)
        self.model = nn.Sequential(*[part for inputs, outputs in zip(units, units[1:]) for part in (nn.Linear(inputs, outputs), activation())][:-1])
        self.x, self.y = torch.randn(5000, units[0]), torch.randint(0, units[-1], (5000,))
        self.criterion, self.optimizer = nn.CrossEntropyLoss(), torch.optim.SGD(self.model.parameters(), lr=0.01)

    def train(self, updates, log):
        """Returns the seconds that passed, and those that processors worked."""
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(updates):
            k = torch.randint(0, 5000, (self.batch,))
            x, y = self.x[k], self.y[k]
            loss = self.criterion(self.model(x), y)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            if log:
                log(loss, target=y)
        return time.perf_counter() - wall, time.process_time() - processor


def interval(values):
    """The median, and two values between which the true median is in 95 of 100 cases."""
    ordered, n = sorted(values), len(values)
    below = max(0, int((n - 1.96 * math.sqrt(n)) / 2))
    return f"{statistics.median(ordered):.4f} ({ordered[below]:.4f} to {ordered[n - 1 - below]:.4f})"


def main(name, pairs=40, every=100):
    folder, loop = tempfile.mkdtemp(), Loop(name)
    with sonde_recorder.watch(loop.model, every=every, out=os.path.join(folder, "recording"), optimizer=loop.optimizer) as recording:
        def block(is_recorded):
            if not is_recorded:
                recording._unhook()
                return loop.train(every, None)
            recording._hook()
            return loop.train(every, recording.log)

        for is_recorded in (False, True, False, True):  # The first use of memory costs more than the next ones.
            block(is_recorded)
        blocks = [{is_recorded: block(is_recorded) for is_recorded in ((True, False) if pair % 2 else (False, True))} for pair in range(pairs)]
    size = sum(os.path.getsize(file.path) for file in os.scandir(recording.out)) / (pairs + 2)
    shutil.rmtree(folder)
    print(f"{name}, every={every}: {1e3 * statistics.median(both[False][0] for both in blocks) / every:.3f} ms per update, {size / 1e6:.1f} MB per observation")
    for unit, label in ((0, "wall"), (1, "processor")):
        print(f"  {label} x{interval([both[True][unit] / both[False][unit] for both in blocks])} of {pairs} pairs; one observation takes "
              f"{1e3 * statistics.median(both[True][unit] - both[False][unit] for both in blocks):.2f} ms")


main(sys.argv[1], *map(int, sys.argv[2:]))
