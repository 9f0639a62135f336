"""Trains with a recipe of docs/recordings.md in its framework itself: recipe_as_given.py DOCUMENT OUT keras|jax"""
import importlib.util
import os
import re
import sys

import numpy as np

blocks = dict(re.findall(r"<!-- recipe: (\S+) -->\n```python\n(.*?)```", open(sys.argv[1]).read(), re.S))
os.chdir(sys.argv[2])
os.environ.setdefault("KERAS_BACKEND", next((name for name in ("jax", "torch", "tensorflow") if importlib.util.find_spec(name)), "numpy"))
random = np.random.default_rng(1)
x, y = random.normal(size=(60, 6)).astype("f4"), random.integers(0, 3, 60)
sizes = [6, 8, 5, 3]
exec(blocks[sys.argv[3] + ".py"])

if sys.argv[3] == "keras":
    layers = [keras.layers.Dense(units, "softmax" if units == 3 else "tanh") for units in sizes[1:]]  # noqa: F821
    model = keras.Sequential([keras.Input((6,)), *layers])  # noqa: F821
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=6, epochs=5, verbose=0, validation_data=(x, y), callbacks=[Recording(x[:30], y[:30], every=20)])  # noqa: F821
else:
    def loss(s, y):
        s = s - s.max(1, keepdims=True)
        return (jnp.log(jnp.exp(s).sum(1)) - s[jnp.arange(len(y)), y]).mean()  # noqa: F821

    weights = [(jnp.array(random.normal(size=(i, k)).astype("f4")) / i ** 0.5, jnp.zeros(k)) for i, k in zip(sizes, sizes[1:])]  # noqa: F821
    for update in range(41):
        if update % 20 == 0:
            observe(update, weights, x, y)  # noqa: F821
        gradients, _ = jax.grad(forward, has_aux=True)(weights, [0] * 3, x, y)  # noqa: F821
        weights = [(w - 0.1 * dw, b - 0.1 * db) for (w, b), (dw, db) in zip(weights, gradients)]
