"""Runs the recipes of docs/recordings.md with small replacements for Keras and JAX, and compares their gradients with PyTorch's: recipes.py DOCUMENT OUT"""
import os
import re
import sys
import types

import functorch
import numpy as np
import sonde_recorder
import torch
from torch import nn

blocks = dict(re.findall(r"<!-- recipe: (\S+) -->\n```python\n(.*?)```", open(sys.argv[1]).read(), re.S))
os.chdir(sys.argv[2])
torch.manual_seed(1)
x, y = torch.randn(30, 6), torch.randint(0, 3, (30,))
model = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 3))
linears = [module for module in model if isinstance(module, nn.Linear)]
pre = []
for linear in linears:
    linear.register_forward_hook(lambda _, __, s: (s.retain_grad(), pre.append(s))[0])
nn.functional.cross_entropy(model(x), y).backward()


class Dense:
    def __init__(self, linear, activation):
        self.linear, self.activation, self.name, self.units = linear, types.SimpleNamespace(__name__=activation), "dense", linear.out_features

    def get_weights(self):
        return [self.linear.weight.detach().numpy().T, self.linear.bias.detach().numpy()]


def run(name, modules, names):
    sys.modules.update(modules)
    space, saves, write = dict(names), [], sonde_recorder.Writer.write
    sonde_recorder.Writer.write = lambda writer, update: (saves.append({key: array.copy() for key, array in writer.kept.items()}), write(writer, update))
    exec(blocks[name], space)
    return space, saves


def check(seen):
    for i, (linear, s) in enumerate(zip(linears, pre), 1):
        for key, wanted in ((f"layer.{i}.preactivation.gradient", s.grad), (f"layer.{i}.weight.gradient", linear.weight.grad)):
            assert np.allclose(seen[key], wanted, atol=1e-6), key


keras = types.SimpleNamespace(
    __version__="0", callbacks=types.SimpleNamespace(Callback=object), layers=types.SimpleNamespace(Dense=Dense),
    activations=types.SimpleNamespace(get=lambda name: getattr(np, name)))
space, saves = run("keras.py", {"keras": keras}, {})
callback = space["Recording"](x.numpy(), y.numpy(), every=2, out="keras")
callback.model = types.SimpleNamespace(layers=[Dense(linears[0], "tanh"), Dense(linears[1], "tanh"), Dense(linears[2], "softmax")],
                                       optimizer=types.SimpleNamespace(learning_rate=0.1))
callback.on_train_begin()
start = [linear.weight.data.clone() for linear in linears]
for batch in range(4):
    callback.on_train_batch_begin(batch)
    for linear in linears:
        linear.weight.data += 0.01 * torch.randn_like(linear.weight)
    callback.on_train_batch_end(batch)
for linear, weight in zip(linears, start):
    linear.weight.data = weight
callback.on_epoch_end(0, {"loss": 1.1, "accuracy": 0.5, "val_loss": 1.2, "val_accuracy": 0.4})
assert len(saves) == 2
check(saves[0])

jnp = types.SimpleNamespace(tanh=torch.tanh, zeros=torch.zeros)
jax = types.SimpleNamespace(__version__="0", grad=functorch.grad, numpy=jnp)
space, saves = run("jax.py", {"jax": jax, "jax.numpy": jnp}, {"loss": nn.functional.cross_entropy})
space["observe"](0, [(linear.weight.detach().T, linear.bias.detach()) for linear in linears], x, y)
check(saves[0])
