"""Records what every layer of a PyTorch network does while it trains, for `sonde import`. Needs PyTorch and numpy alone.

    with sonde_recorder.watch(model, every=100, out="recording") as recording:
        for x, y in batches:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recording.log(loss, target=y)

What is written is described in docs/recordings.md. Values and gradients of the network are never changed.
"""
import json
import os
import warnings

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"ReLU", "ReLU6", "LeakyReLU", "PReLU", "ELU", "SELU", "CELU", "GELU", "SiLU", "Mish", "Softplus", "Softsign", "Tanh", "Hardtanh",
               "Sigmoid", "Hardsigmoid", "Hardswish", "Tanhshrink", "LogSigmoid", "Softmax", "LogSoftmax"}
CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)


class watch:
    """Watches a network. `every`: updates between two observations. `optimizer`: names it and its learning rate in the recording. `loss`: "mean" or
    "sum", as the loss treats the examples of a batch. `rows`: examples (times positions) that are kept of a larger batch. `accumulate`: backward passes
    per update, each of a loss divided by that number. `scaler`: the GradScaler of mixed precision."""

    def __init__(self, model, every=100, out="recording", optimizer=None, loss="mean", rows=1024, accumulate=1, scaler=None):
        self.model, self.every, self.out, self.optimizer, self.loss = model, every, out, optimizer, loss
        self.rows, self.accumulate, self.scaler = rows, accumulate, scaler
        self.names = {module: name for name, module in model.named_modules()}
        self.layers, self.hooks, self.watching, self.output, self.observed, self.target = [], [], [], None, None, None
        self.backwards, self.seen, self.facts, self.sums, self.is_broken = 0, -1, None, [0, 0.0, 0, 0], False
        self.is_counted, self.flushed = True, -1

    @property
    def updates(self):
        return self.backwards // self.accumulate

    def __enter__(self):
        if os.path.exists(os.path.join(self.out, "recording.json")):
            raise FileExistsError(f"{self.out} holds a recording already. Delete it, or name another folder with out=.")
        os.makedirs(self.out, exist_ok=True)
        layers = [m for m in self.names if isinstance(m, (nn.Linear,) + CONVOLUTIONS) and m.weight.requires_grad]
        if not layers:
            raise ValueError("The model has no Linear or Conv layer that trains, so there is nothing to record.")
        with open(os.path.join(self.out, "curve.csv"), "w") as curve:
            curve.write("update,split,cost,error\n")
        self.hooks = [self.model.register_forward_pre_hook(lambda *_: self._begin()), self.model.register_forward_hook(self._end)]
        self.hooks += [layer.weight.register_hook(lambda _: self._count()) for layer in {layers[0], layers[-1]}]
        return self

    def __exit__(self, *_):
        self._finish(is_end=True)
        self._flush()
        for hook in self.hooks + self.watching:
            hook.remove()
        if self.facts is None:
            warnings.warn("Nothing was recorded: call the model itself, as in model(x), and loss.backward(), inside of the with block.")
        else:
            self._guard(self._describe)

    def log(self, loss, target=None, split="train", error=None):
        """Adds the loss to the curve. `target` counts errors of classes and goes with the observation; `error`: per cent, for other splits."""
        loss = loss.detach() if torch.is_tensor(loss) else loss
        if split != "train":
            self._guard(lambda: self._row(split, float(loss), "" if error is None else float(error)))
            return
        wrong, count = 0, 0
        if target is not None and self.observed is not None and self.target is None:
            self.target = target.detach()
        if target is not None and self.output is not None and target.shape == self.output.shape[:-1] and not target.is_floating_point():
            wrong, count = (self.output.argmax(-1) != target).sum(), target.numel()
        self.sums = [a + b for a, b in zip(self.sums, (1, loss, wrong, count))]
        if self.updates % self.every == 0 and self.updates != self.flushed:
            self._flush()

    def _count(self):
        self.backwards += not self.is_counted
        self.is_counted = True

    def _begin(self):
        self._finish()
        self.is_counted = not torch.is_grad_enabled()
        if not torch.is_grad_enabled() or self.is_broken or self.observed is not None or self.updates % self.every or self.updates == self.seen:
            return
        self.observed, self.layers = self.updates, []
        leaves = [m for m in self.names if isinstance(m, (nn.Linear,) + CONVOLUTIONS) or not list(m.children())]
        self.watching = [m.register_forward_hook(self._see) for m in leaves]

    def _end(self, _, __, output):
        self.output = output.detach() if torch.is_tensor(output) and output.dim() > 1 else None
        self.depth = 2 if self.output is None else self.output.dim()
        self._unwatch()

    def _unwatch(self):
        for hook in self.watching:
            hook.remove()
        self.watching = []

    def _see(self, module, inputs, output):
        kind = type(module).__name__
        if not isinstance(module, (nn.Linear,) + CONVOLUTIONS):
            if self.layers and torch.is_tensor(output):
                last = self.layers[-1]
                if kind in ACTIVATIONS and last["activation"] is None and output.numel() == last["numel"]:
                    last["activation"], last["z"] = kind, self._units(output, last["axis"])
                elif kind not in ("Flatten", "Identity"):
                    last["between" if last["activation"] is None else "behind"].append(kind)
            return None
        axis = 1 if isinstance(module, CONVOLUTIONS) else -1
        if self.layers and self.layers[-1]["z"] is None and axis == self.layers[-1]["axis"] == -1 and inputs[0].numel() == self.layers[-1]["numel"]:
            self.layers[-1]["z"] = self._units(inputs[0], -1)  # A function such as F.relu, which no module announces.
        calls = sum(layer["module"] is module for layer in self.layers)
        layer = {"module": module, "name": self.names[module] + (f" (call {calls + 1})" if calls else ""), "kind": kind, "axis": axis, "activation": None,
                 "between": [], "behind": [], "numel": output.numel(), "count": output.numel() // output.shape[axis], "z": None, "gradient": None,
                 "weight_gradient": None, "s": self._units(output, axis), "input": self._units(inputs[0], axis) if not self.layers else None,
                 "weight": self._copy(module.weight), "bias": None if module.bias is None else self._copy(module.bias)}
        self.layers.append(layer)
        if output.requires_grad:
            output.register_hook(lambda gradient: layer.update(gradient=self._units(gradient, axis)))
        if module.weight.requires_grad and not calls:
            layer["hook"] = module.weight.register_hook(lambda gradient: layer.update(weight_gradient=self._copy(gradient)))
        return output.clone()  # What follows may change its input in place; the recorded tensor and its gradient stay.

    def _finish(self, is_end=False):
        self._unwatch()
        for layer in self.layers:
            if "hook" in layer:
                layer.pop("hook").remove()
        if self.observed is None:
            return
        has_backward = any(layer["gradient"] is not None for layer in self.layers)
        if has_backward and self.updates == self.observed and not is_end:
            return  # More backward passes belong to this update; the change of the weights is seen after it.
        update, layers, self.observed = self.observed, self.layers, None
        if has_backward:
            self.seen = update
            self._guard(lambda: self._write(update, layers))
        self.target, self.layers = None, []

    def _write(self, update, layers):
        scale = float(self.scaler.get_scale()) if self.scaler is not None else 1.0
        tensors = {"input": layers[0]["input"]}
        if self.target is not None:
            target = self.target.float() if self.target.is_floating_point() else self.target.long()
            tensors["target"] = target.flatten(0, max(0, self.depth - 2))[:self.rows].cpu().numpy()
        for i, layer in enumerate(layers, 1):
            change = self._copy(layer["module"].weight) - layer["weight"]
            values = {"preactivation": layer["s"], "activation": layer["z"], "preactivation.gradient": layer["gradient"], "weight": layer["weight"],
                      "weight.gradient": layer["weight_gradient"], "weight.update": change if change.any() else None, "bias": layer["bias"]}
            for name, value in values.items():
                if value is not None:
                    tensors[f"layer.{i}.{name}"] = value / scale if name.endswith("gradient") and scale != 1 else value
        names = {f"layer.{i}": layer["name"] for i, layer in enumerate(layers, 1)}
        _save(os.path.join(self.out, f"observation-{update}.safetensors"), tensors, {"rows": str(layers[-1]["count"] * self.accumulate), **names})
        if self.facts is None:
            self.facts = [{"name": layer["name"], "kind": layer["kind"], "inputs": layer["weight"].shape[1], "units": layer["s"].shape[1],
                           "activation": layer["activation"], "between": layer["between"], "behind": layer["behind"]} for layer in layers]
            self.batch = layers[-1]["count"]
            self._describe()

    def _describe(self):
        facts = {"format": "sonde-recording-1", "framework": f"pytorch {torch.__version__}", "loss": self.loss, "batch": self.batch,
                 "every": self.every, "updates": self.updates, "layers": self.facts}
        if self.optimizer is not None:
            facts.update(optimizer=type(self.optimizer).__name__, learningRate=float(self.optimizer.param_groups[0]["lr"]))
        path = os.path.join(self.out, "recording.json")
        with open(path + ".tmp", "w") as file:
            json.dump(facts, file, indent=1)
        os.replace(path + ".tmp", path)

    def _flush(self):
        batches, loss, wrong, count = self.sums
        self.sums, self.flushed = [0, 0.0, 0, 0], self.updates
        if batches:
            self._guard(lambda: self._row("train", float(loss) / batches, 100.0 * float(wrong) / count if count else ""))

    def _row(self, split, cost, error):
        with open(os.path.join(self.out, "curve.csv"), "a") as curve:
            curve.write(f"{self.updates},{split},{cost},{error}\n")

    def _units(self, tensor, axis):
        tensor = tensor.detach().movedim(axis, -1)
        return self._copy(tensor.reshape(-1, tensor.shape[-1])[:self.rows], is_matrix=False)

    @staticmethod
    def _copy(tensor, is_matrix=True):
        tensor = tensor.detach().to("cpu", torch.float32, copy=True)
        return (tensor.flatten(1) if is_matrix and tensor.dim() > 2 else tensor).numpy()

    def _guard(self, step):
        if self.is_broken:
            return
        try:
            step()
        except OSError as error:  # A full disk ends the recording, not the training.
            self.is_broken = True
            warnings.warn(f"The recording in {self.out} ends here: {error}")


def _save(path, tensors, metadata):
    header, begin = {"__metadata__": metadata}, 0
    arrays = {name: np.ascontiguousarray(value, "<f4" if value.dtype.kind == "f" else "<i8") for name, value in tensors.items()}
    for name, value in arrays.items():
        header[name] = {"dtype": "F32" if value.dtype.kind == "f" else "I64", "shape": list(value.shape), "data_offsets": [begin, begin + value.nbytes]}
        begin += value.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".tmp", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for value in arrays.values():
            file.write(value.tobytes())
    os.replace(path + ".tmp", path)
