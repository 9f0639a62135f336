"""Times an ordinary PyTorch training loop with and without python/sonde_recorder.py, in turn: recorder_overhead.py small|paper [PAIRS] [UPDATES]"""
import os
import shutil
import statistics
import sys
import tempfile
import time

import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../python"))
import sonde_recorder  # noqa: E402

NETWORKS = {"small": ([784, 100, 100, 10], nn.ReLU, 32), "paper": ([1024, *[1000] * 5, 9], nn.Tanh, 10)}  # Units, activation, examples per update.


class Nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def log(self, loss, target=None):
        pass


def train(name, updates, out):
    units, activation, batch = NETWORKS[name]
    torch.manual_seed(1)
    model = nn.Sequential(*[part for inputs, outputs in zip(units, units[1:]) for part in (nn.Linear(inputs, outputs), activation())][:-1])
    x, y = torch.randn(5000, units[0]), torch.randint(0, units[-1], (5000,))
    criterion, optimizer = nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.01)
    wall, processor = time.perf_counter(), time.process_time()
    with sonde_recorder.watch(model, every=100, out=out, optimizer=optimizer) if out else Nothing() as recording:
        for update in range(updates):
            k = torch.randint(0, 5000, (batch,))
            loss = criterion(model(x[k]), y[k])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recording.log(loss, target=y[k])
    return time.perf_counter() - wall, time.process_time() - processor


def touch_memory():
    """Writes and deletes a file. The first use of memory by a new virtual machine costs ten times as much as the next."""
    with tempfile.TemporaryFile() as file:
        for _ in range(1500):
            file.write(bytes(1 << 20))


def main(name, pairs=5, updates=2000):
    touch_memory()
    train(name, updates // 10, None)
    ratios = []
    for _ in range(pairs):
        folder = tempfile.mkdtemp()
        plain, recorded = train(name, updates, None), train(name, updates, os.path.join(folder, "recording"))
        shutil.rmtree(folder)
        ratios.append([b / a for a, b in zip(plain, recorded)])
        print(f"{name}: {1e3 * plain[0] / updates:.3f} ms per update; with the recorder wall x{ratios[-1][0]:.4f}, processor x{ratios[-1][1]:.4f}", flush=True)
    print(f"{name}: median of {pairs}: wall x{statistics.median(r[0] for r in ratios):.4f}, processor x{statistics.median(r[1] for r in ratios):.4f}")


main(sys.argv[1], *map(int, sys.argv[2:]))
