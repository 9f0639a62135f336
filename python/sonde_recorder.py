"""Records what every layer of a PyTorch network does while it trains, for `sonde import`. Needs PyTorch and numpy alone.

    with sonde_recorder.watch(model, every=100, out="recording") as recording:
        for x, y in batches:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recording.log(loss, target=y)

What is written is described in docs/recordings.md. The network's values and gradients never change, and it has hooks during an observation only.
"""
import collections
import concurrent.futures
import json
import os
import types
import warnings

import torch
from torch import nn


class watch:
    """Watches a network. `every`: updates between two observations. `optimizer`: names it and its learning rate in the recording. `loss`: "mean" or
    "sum", as the loss treats the examples of a batch. `rows`: examples (times positions) that are kept of a larger batch. `accumulate`: backward passes
    per update, each of a loss divided by that number. `scaler`: the GradScaler of mixed precision."""

    def __init__(self, model, every=100, out="recording", optimizer=None, loss="mean", rows=1024, accumulate=1, scaler=None):
        self.model, self.every, self.out, self.optimizer, self.loss = model, every, out, optimizer, loss
        self.rows, self.accumulate, self.scaler = rows, accumulate, scaler
        self.stride = max(1, every * accumulate // 20)  # Of the losses between two observations about 20 are averaged: even a detach() costs time.
        self.passes, self.losses, self.facts, self.hooks, self.layers, self.is_open, self.is_broken = 0, [], {}, [], [], False, False
        self.weights = {}  # Of each layer, W and its change. New memory costs more than the copy, so every observation uses the same.

    @property
    def updates(self):
        return self.passes // self.accumulate

    def __enter__(self):
        if os.path.exists(os.path.join(self.out, "recording.json")):
            raise FileExistsError(f"{self.out} holds a recording already. Delete it, or name another folder with out=.")
        if not any(_is_weighted(module) for module in self.model.modules()):
            raise ValueError("The model has no Linear or Conv layer, so there is nothing to record.")
        os.makedirs(self.out, exist_ok=True)
        self.writer = concurrent.futures.ThreadPoolExecutor(1)  # Files are written while the training continues.
        self.uses = collections.Counter(id(parameter) for module in self.model.modules() for parameter in module.parameters(recurse=False))
        self._write("curve.csv", [b"update,split,cost,error\n"])
        self._hook()
        return self

    def __exit__(self, *_):
        self._unhook()
        if self.facts:
            self._add_losses(self.updates)
            self._describe()
        else:
            warnings.warn("Nothing was recorded: call the model itself, as in model(x), and loss.backward(), then recording.log(loss).")
        self.writer.shutdown()

    def log(self, loss=None, target=None, split="train", error=None):
        """Call it after every backward pass and its optimizer step: this counts the updates. Or adds an evaluation, if `split` is not train."""
        if split != "train":
            self._add(self.updates, split, loss, error)
            return
        self.passes += 1
        if loss is not None and self.passes % self.stride == 0:
            self.losses.append(loss.detach() if torch.is_tensor(loss) else loss)
        if self.hooks:
            self._end_update(target)
        if self.passes % (self.every * self.accumulate) == 0 and not self.is_broken:
            self._hook()

    def _hook(self):
        self._unhook()
        self.last_write.result()  # One observation at most waits to be written.
        self.observed, self.layers, self.target, self.output, self.backwards = self.updates, [], None, None, 0
        self.hooks = [self.model.register_forward_pre_hook(self._begin_forward)]
        for name, module in self.model.named_modules():
            if _is_weighted(module):
                self.hooks.append(module.register_forward_hook(lambda *call, name=name: self._see_layer(name, *call)))
                if module.weight.requires_grad:
                    self.hooks.append(module.weight.register_hook(lambda gradient, module=module: self._see_weight_gradient(module, gradient)))
            elif not list(module.children()):
                self.hooks.append(module.register_forward_hook(self._see_function))
        self.hooks.append(self.model.register_forward_hook(self._end_forward))

    def _unhook(self):
        while self.hooks:
            self.hooks.pop().remove()

    def _begin_forward(self, *_):
        has_gradients = any(layer.ds is not None for layer in self.layers)
        self.is_open = torch.is_grad_enabled() and not has_gradients  # An evaluation, or another pass of the same update, is left out.
        if self.is_open:
            self.layers, self.scale = [], self.scaler.get_scale() if self.scaler else 1

    def _end_forward(self, _, __, output):
        if self.is_open:
            self.output, self.is_open = output, False

    def _see_layer(self, name, module, inputs, output):
        if not self.is_open:
            return None
        axis, before = -1 if isinstance(module, nn.Linear) else -1 - len(module.kernel_size), self.layers[-1:]
        calls = 1 + sum(layer.module is module for layer in self.layers)
        layer = types.SimpleNamespace(
            name=name if calls == 1 else f"{name} (call {calls})", module=module, axis=axis, numel=output.numel(), activation=None, between=[], behind=[],
            x=self._units(inputs[0], axis) if inputs else None, s=self._units(output, axis), z=None, ds=None, dw=None, is_product=False,
            b=None if module.bias is None else _copy(module.bias))
        if before and before[0].z is None and axis == before[0].axis == -1 and inputs and inputs[0].numel() == before[0].numel:
            before[0].z = layer.x  # A function such as F.relu, which no module announces.
        self.layers.append(layer)
        if module not in self.weights:
            self.weights[module] = torch.empty(2, len(module.weight), module.weight[0].numel())
        if calls == 1:
            self.weights[module][0].copy_(module.weight.detach().flatten(1))
        if output.requires_grad:
            output.register_hook(lambda gradient: setattr(layer, "ds", self._units(gradient, axis)))
        return output.clone()  # What follows may change its input in place; the recorded tensor and its gradient stay.

    def _see_function(self, module, _, output):
        if self.is_open and self.layers and torch.is_tensor(output):
            layer, kind = self.layers[-1], type(module).__name__
            if layer.activation is None and type(module).__module__ == "torch.nn.modules.activation" and output.numel() == layer.numel:
                layer.activation, layer.z = kind, self._units(output, layer.axis)
            elif kind not in ("Flatten", "Identity"):
                (layer.between if layer.activation is None else layer.behind).append(kind)

    def _see_weight_gradient(self, module, gradient):
        for layer in [layer for layer in self.layers if layer.module is module][:1]:
            self.backwards += layer is self.layers[0]
            layer.is_product = layer.dw is None and self._is_product(layer, gradient)
            if not layer.is_product:
                layer.dw = _copy(gradient.flatten(1)) if layer.dw is None else layer.dw + _copy(gradient.flatten(1))

    def _is_product(self, layer, gradient):
        """True if dLoss/dW is dLoss/ds, transposed, times the input: the import computes it then, which saves most of the bytes. A product with random
        numbers tells. A penalty in the loss, shared weights, rows that are not kept, and 16-bit arithmetic give another one."""
        if (self.accumulate > 1 or layer.axis != -1 or layer.x is None or layer.ds is None or layer.ds.numel() != layer.numel
                or self.uses[id(layer.module.weight)] > 1 or 4 * layer.x.numel() > gradient.numel()):
            return False
        random = torch.randn(gradient.shape[1], generator=torch.Generator().manual_seed(0))  # The default generator must stay where it is.
        seen = (gradient @ random.to(gradient)).float().cpu()
        return bool((seen - layer.ds.T @ (layer.x @ random)).abs().max() <= 1e-5 * seen.abs().max())

    def _end_update(self, target):
        self.target = target if self.target is None else self.target
        if self.passes % self.accumulate or all(layer.ds is None for layer in self.layers):
            return
        self._unhook()
        if self.backwards > self.accumulate:
            warnings.warn("There were several backward passes before recording.log: call it after every one, so that updates are counted right.")
        tensors, error, last, output, target = {"input": self.layers[0].x}, None, self.layers[-1], self.output, self.target
        if target is not None:
            if torch.is_tensor(output) and target.shape == output.shape[:-1] and not target.is_floating_point():
                error = 100 * (output.argmax(-1) != target).float().mean().item()
            target = target.detach().flatten(0, output.dim() - 2) if torch.is_tensor(output) and output.dim() > 2 else target.detach()
            tensors["target"] = target[:self.rows].to("cpu", torch.float32 if target.is_floating_point() else torch.int64)
        for i, layer in enumerate(self.layers, 1):
            before, change = self.weights[layer.module]
            change.copy_(layer.module.weight.detach().flatten(1)).sub_(before)
            tensors.update({f"layer.{i}.preactivation": layer.s, f"layer.{i}.activation": layer.z, f"layer.{i}.preactivation.gradient": layer.ds,
                            f"layer.{i}.input": layer.x if layer.is_product else None, f"layer.{i}.weight.gradient": layer.dw, f"layer.{i}.weight": before,
                            f"layer.{i}.weight.update": change if change[0].any() or change.any() else None, f"layer.{i}.bias": layer.b})
        batch = last.numel // last.s.shape[1]
        self._save(tensors, {"rows": str(batch * self.accumulate), **{f"layer.{i}": layer.name for i, layer in enumerate(self.layers, 1)}})
        self._add_losses(self.observed, error)
        if not self.facts:
            self.facts = {"format": "sonde-recording-1", "framework": f"pytorch {torch.__version__}", "loss": self.loss, "batch": batch,
                          "every": self.every, "layers": [{
                              "name": layer.name, "kind": type(layer.module).__name__, "inputs": layer.module.weight[0].numel(), "units": layer.s.shape[1],
                              "activation": layer.activation, "between": layer.between, "behind": layer.behind} for layer in self.layers]}
            self._describe()
        self.layers, self.output = [], None

    def _units(self, tensor, axis):
        return _copy(tensor.movedim(axis, -1).reshape(-1, tensor.shape[axis])[:self.rows])

    def _describe(self):
        if self.optimizer is not None:
            self.facts.update(optimizer=type(self.optimizer).__name__, learningRate=float(self.optimizer.param_groups[0]["lr"]))
        self._write("recording.json", [json.dumps({**self.facts, "updates": self.updates}, indent=1).encode()])

    def _add_losses(self, update, error=None):
        if self.losses:
            self._add(update, "train", sum(map(float, self.losses)) / len(self.losses), error)
            self.losses = []

    def _add(self, update, split, cost, error):
        cost, error = ("" if value is None else float(value) for value in (cost, error))
        self._write("curve.csv", [f"{update},{split},{cost},{error}\n".encode()], is_added=True)

    def _save(self, tensors, metadata):
        header, size, arrays = {"__metadata__": metadata}, 0, []
        for name, value in tensors.items():
            if value is not None:
                value = (value / self.scale if name.endswith("gradient") and self.scale != 1 else value).contiguous().numpy()
                arrays.append(value)
                header[name] = {"dtype": "I64" if value.dtype.kind == "i" else "F32", "shape": value.shape, "data_offsets": [size, size + value.nbytes]}
                size += value.nbytes
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        self._write(f"observation-{self.observed}.safetensors", [len(text).to_bytes(8, "little"), text, *arrays])

    def _write(self, name, parts, is_added=False):
        self.last_write = self.writer.submit(self._write_now, os.path.join(self.out, name), parts, is_added)

    def _write_now(self, path, parts, is_added):
        try:
            if not self.is_broken:
                with open(path if is_added else path + ".tmp", "ab" if is_added else "wb") as file:
                    file.writelines(parts)
                if not is_added:
                    os.replace(path + ".tmp", path)
        except OSError as error:  # A full disk ends the recording, not the training.
            self.is_broken = True
            warnings.warn(f"The recording in {self.out} ends here: {error}")


def _is_weighted(module):
    return isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d))


def _copy(tensor):
    """In 32 bits, in this computer's memory; never the memory of the tensor itself."""
    return torch.empty(tensor.shape).copy_(tensor.detach())
