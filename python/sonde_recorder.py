"""Records what every layer of a PyTorch network does while it trains, for `sonde import`. Needs PyTorch and numpy alone.

    with sonde_recorder.watch(model, every=100, out="recording") as recording:
        for x, y in batches:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            recording.log(loss, target=y)

What is written is described in docs/recordings.md. The network's values and gradients never change, and there are hooks during an observation only.
"""
import concurrent.futures
import errno
import json
import os
import types
import warnings

import torch
from torch import nn
from torch.nn.modules import module as every_module

PAGE = 4096  # Bytes. Files are written past the system's cache, whose pages may cost more than all else; that takes whole pages at addresses of pages.


class watch:
    """Watches a network. `every`: updates between two observations. `optimizer`: names it and its learning rate in the recording. `loss`: "mean" or
    "sum", as the loss treats the examples of a batch. `rows`: examples (times positions) that are kept of a larger batch. `accumulate`: backward passes
    per update, each of a loss divided by that number. `scaler`: the GradScaler of mixed precision."""

    def __init__(self, model, every=100, out="recording", optimizer=None, loss="mean", rows=1024, accumulate=1, scaler=None):
        if not (isinstance(every, int) and every > 0 and isinstance(accumulate, int) and accumulate > 0 and loss in ("mean", "sum")):
            raise ValueError(f"Expected every= and accumulate= to be whole numbers of 1 or more, and loss= to be 'mean' or 'sum'; got every={every!r}, "
                             f"accumulate={accumulate!r}, loss={loss!r}.")
        self.model, self.every, self.out, self.optimizer, self.loss = model, every, out, optimizer, loss
        self.rows, self.accumulate, self.scaler = rows, accumulate, scaler
        self.stride = max(1, every * accumulate // 20)  # Of the losses between two observations about 20 are averaged: even a detach() costs time.
        self.passes, self.losses, self.lines, self.facts, self.hooks, self.is_broken = 0, [], [], {}, [], False
        # What the next file holds, by name, and the memory for it: that of the last file, since new memory costs more than to copy.
        self.tensors, self.memory, self.layout, self.direct = {}, {}, None, getattr(os, "O_DIRECT", 0)

    @property
    def updates(self):
        return self.passes // self.accumulate

    def __enter__(self):
        if os.path.exists(os.path.join(self.out, "recording.json")):
            raise FileExistsError(f"{self.out} holds a recording already. Delete it, or name another folder with out=.")
        if os.path.exists(self.out) and not os.path.isdir(self.out):
            raise FileExistsError(f"{self.out} is a file. Name a folder with out=.")
        self.names = {module: name for name, module in self.model.named_modules()}
        if not any(map(_is_weighted, self.names)):
            raise ValueError("The model has no Linear or Conv layer, so there is nothing to record.")
        os.makedirs(self.out, exist_ok=True)
        self.writer = concurrent.futures.ThreadPoolExecutor(1)  # Files are written while the training continues.
        self._write("curve.csv", b"update,split,cost,error,r2,rmse,mae\n")
        self._hook()
        return self

    def __exit__(self, kind, *_):
        self._unhook()
        if self.facts:
            self._add_losses(self.updates)
            self._describe()
        elif kind is None:  # An exception of the training says enough.
            warnings.warn("Nothing was recorded: call the model itself, as in model(x), and loss.backward(), then recording.log(loss).")
        self.writer.shutdown()

    def log(self, loss=None, target=None, split="train", error=None, r2=None, rmse=None, mae=None):
        """Call it after every backward pass and its optimizer step: this counts the updates. Or adds an evaluation, if `split` is not train: `error` is in
        per cent; `r2`, `rmse` and `mae` are for targets that are numbers."""
        if split != "train":
            self._add(self.updates, split, loss, error, r2, rmse, mae)
            return
        self.passes += 1
        if loss is not None and self.passes % self.stride == 0:
            self.losses.append(loss.detach() if torch.is_tensor(loss) else loss)
        if self.hooks:
            self._end_update(target, loss)
        if self.passes % (self.every * self.accumulate) == 0 and not self.is_broken:
            self._hook()

    def _hook(self):
        self._unhook()
        self.last_write.result()  # One observation at most waits to be written.
        self.observed, self.layers, self.tensors, self.target, self.backwards, self.is_open = self.updates, [], {}, None, 0, False
        self.hooks = [every_module.register_module_forward_pre_hook(self._before), every_module.register_module_forward_hook(self._after)]

    def _unhook(self, kept=0):
        while len(self.hooks) > kept:
            self.hooks.pop().remove()

    def _before(self, module, _):
        if module is self.model:
            self.is_open = torch.is_grad_enabled() and not self._has_gradients()  # An evaluation, or another pass of the same update, is left out.
            if self.is_open:
                self._unhook(kept=2)
                self.layers, self.tensors, self.scale = [], {}, self.scaler.get_scale() if self.scaler else 1

    def _after(self, module, inputs, output):
        if not self.is_open or module not in self.names:
            return None
        if _is_weighted(module):
            output = self._see_layer(module, inputs, output)
        elif self.layers and torch.is_tensor(output) and not list(module.children()):
            self._see_function(type(module), self.layers[-1], output)
        if module is self.model:
            self.is_open = False
            if self.layers and torch.is_tensor(output) and (id(output) != self.layers[-1].id or output._version > 0):
                self._see_activation(self.layers[-1], output)  # It is more than the layer's own output, or that was changed in place.
        return output

    def _see_layer(self, module, inputs, output):
        axis = -1 if isinstance(module, nn.Linear) else -1 - len(module.kernel_size)
        calls, clone = 1 + sum(layer.module is module for layer in self.layers), output.clone()
        layer = types.SimpleNamespace(
            key=f"layer.{len(self.layers) + 1}.", name=self.names[module] + (f" (call {calls})" if calls > 1 else ""), module=module, axis=axis,
            shape=output.shape, id=id(clone), activation=None, between=[], backwards=0)
        if inputs and not self.layers:
            self._keep("input", inputs[0], axis)
        elif inputs and axis == self.layers[-1].axis == -1:
            self._see_activation(self.layers[-1], inputs[0])  # A function such as F.relu, which no module announces.
        self.layers.append(layer)
        self._keep(layer.key + "preactivation", output, axis)
        self._keep(layer.key + "weight", module.weight.flatten(1))
        if module.bias is not None:
            self._keep(layer.key + "bias", module.bias)
        if calls == 1 and module.weight.requires_grad:
            self.hooks.append(module.weight.register_hook(lambda gradient: self._see_weight_gradient(layer, gradient.detach().flatten(1))))
        if output.requires_grad:
            output.register_hook(lambda gradient: self._see_gradient(layer, gradient))
        return clone  # What follows may change its input in place; the recorded tensor and its gradient stay.

    def _see_function(self, kind, layer, output):
        if layer.activation is None and kind.__module__ == "torch.nn.modules.activation" and output.numel() == layer.shape.numel():
            layer.activation = kind.__name__
            self._see_activation(layer, output)
        elif layer.activation is None and kind.__name__ not in ("Flatten", "Identity"):
            layer.between.append(kind.__name__)

    def _see_activation(self, layer, output):
        if layer.key + "activation" not in self.tensors and output.numel() == layer.shape.numel():
            self._keep(layer.key + "activation", output.reshape(layer.shape), layer.axis)

    def _see_gradient(self, layer, gradient):
        if any(layer is other for other in self.layers):  # It may be of a pass that was left out.
            self._keep(layer.key + "preactivation.gradient", gradient, layer.axis)

    def _see_weight_gradient(self, layer, gradient):
        layer.backwards += 1
        self.backwards = max(self.backwards, layer.backwards)  # A frozen layer has none.
        name = layer.key + "weight.gradient"
        if name in self.tensors:  # The sum of several backward passes.
            self.tensors[name] += gradient.to("cpu", torch.float32)
        else:
            self._keep(name, gradient)

    def _has_gradients(self):
        return any(name.endswith("preactivation.gradient") for name in self.tensors)

    def _end_update(self, target, loss):
        self.target = target if self.target is None else self.target
        if self.passes % self.accumulate or not self._has_gradients():
            return
        self._unhook()
        if self.backwards > self.accumulate:
            warnings.warn("There were several backward passes before recording.log: call it after every one, so that updates are counted right. An "
                          "optimizer with several in each step, such as LBFGS, is recorded at the first, without weight gradients.")
            for layer in self.layers:  # They would be sums over different weights.
                self.tensors.pop(layer.key + "weight.gradient", None)
        self._complete()
        self._add_losses(self.observed)
        last = self.layers[-1]
        batch = last.shape.numel() // last.shape[last.axis]
        self._save({"rows": str(batch * self.accumulate), **{f"layer.{i}": layer.name for i, layer in enumerate(self.layers, 1)}})
        if not self.facts:
            self.facts = {"format": "sonde-recording-1", "framework": f"pytorch {torch.__version__}", "loss": self.loss, "batch": batch,
                          "every": self.every, "cost": type(getattr(loss, "grad_fn", None)).__name__, "layers": [{
                              "name": layer.name, "kind": type(layer.module).__name__, "inputs": layer.module.weight[0].numel(),
                              "units": layer.shape[layer.axis], "activation": layer.activation, "between": layer.between} for layer in self.layers]}
            self._describe()
        self.layers, self.tensors = [], {}

    def _complete(self):
        """Adds what is known after the update."""
        if self.target is not None:
            target, last = torch.as_tensor(self.target), self.layers[-1]
            has_columns = target.is_floating_point() and target.dim() == len(last.shape)
            self._keep("target", *(target, last.axis) if has_columns else [target.flatten()[:self.rows]])
        names = [layer.key + "weight" for layer in self.layers]
        changes = [self._keep(name + ".update", layer.module.weight.flatten(1)).sub_(self.tensors[name]) for name, layer in zip(names, self.layers)]
        if not any(change[0].any() or change.any() for change in changes):  # It was logged before the optimizer's step. A frozen layer has zeros.
            for name in names:
                del self.tensors[name + ".update"]

    def _keep(self, name, tensor, axis=None):
        """Copies a tensor to where the last file had it, in 32 bits; as [rows, units] if an axis of units is given."""
        tensor = tensor.detach()
        if axis is not None:
            tensor = tensor.movedim(axis, -1).reshape(-1, tensor.shape[axis])[:self.rows]
        if name not in self.memory or self.memory[name].shape != tensor.shape:
            self.memory[name] = torch.empty(tensor.shape, dtype=torch.float32 if tensor.is_floating_point() else torch.int64)
        self.tensors[name] = self.memory[name].copy_(tensor)
        return self.tensors[name]

    def _describe(self):
        if self.optimizer is not None:
            self.facts.update(optimizer=type(self.optimizer).__name__, learningRate=float(self.optimizer.param_groups[0]["lr"]))
        self._write("recording.json", json.dumps({**self.facts, "updates": self.updates}, indent=1).encode())

    def _add_losses(self, update):
        if self.losses:
            self._add(update, "train", sum(map(float, self.losses)) / len(self.losses), *[None] * 4)
            self.losses = []

    def _add(self, update, split, *values):
        cells = ["" if value is None else str(float(value)) for value in values]
        self.lines.append(",".join([str(update), split, *cells]) + "\n")  # They are written with the next file.

    def _save(self, metadata):
        for name in [name for name in self.tensors if self.scale != 1 and name.endswith("gradient")]:
            self.tensors[name] /= self.scale
        layout = metadata, {name: tensor.shape for name, tensor in self.tensors.items()}
        if layout != self.layout:
            self.layout = layout
            self._lay_out(metadata)
        self._write(f"observation-{self.observed}.safetensors", self.content, self.size, self.direct)

    def _lay_out(self, metadata):
        """Makes the content of this file and of the next ones of the same layout: the header, and a place for each tensor."""
        header, size = {"__metadata__": metadata}, 0
        for name, tensor in sorted(self.tensors.items(), key=lambda item: -item[1].element_size()):  # 64 bits begin at multiples of 8 bytes.
            header[name] = {"dtype": "F32" if tensor.is_floating_point() else "I64", "shape": tensor.shape,
                            "data_offsets": [size, size + tensor.numel() * tensor.element_size()]}
            size = header[name]["data_offsets"][1]
        text = json.dumps(header).encode()
        text += b" " * (-(8 + len(text)) % PAGE)
        begin, self.size = 8 + len(text), 8 + len(text) + size
        memory = torch.empty(self.size + 2 * PAGE, dtype=torch.uint8)
        content = memory[-memory.data_ptr() % PAGE:][:self.size + -self.size % PAGE]
        content[:begin] = torch.frombuffer(bytearray(len(text).to_bytes(8, "little") + text), dtype=torch.uint8)
        for name, tensor in self.tensors.items():
            first, end = header[name]["data_offsets"]
            self.memory[name] = content[begin + first:begin + end].view(tensor.dtype).view(tensor.shape).copy_(tensor)
        self.content = content.numpy()

    def _write(self, name, content, size=None, flag=0):
        self.last_write = self.writer.submit(self._write_now, os.path.join(self.out, name), content, size or len(content), flag, self.lines)
        self.lines = []

    def _write_now(self, path, content, size, flag, lines):
        if self.is_broken:
            return
        try:
            with open(path + ".tmp", "wb", 0, opener=lambda path, flags: os.open(path, flags | flag, 0o666)) as file:
                rest = memoryview(content)
                while rest:
                    rest = rest[file.write(rest):]
                file.truncate(size)
            os.replace(path + ".tmp", path)
            with open(os.path.join(self.out, "curve.csv"), "a") as curve:
                curve.writelines(lines)
        except OSError as error:
            if flag and error.errno == errno.EINVAL:  # A file system that has no way past the cache.
                self._write_now(path, content, size, 0, lines)
            else:  # A full disk ends the recording, not the training.
                self.is_broken = True
                warnings.warn(f"The recording in {self.out} ends here: {error}")


def _is_weighted(module):
    return isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d))
