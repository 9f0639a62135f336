"""Records what every layer of a network does while it trains, for `sonde import`. Needs PyTorch and numpy; `Writer` needs numpy alone.

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

import numpy as np

try:
    import torch
except ImportError:  # Other frameworks use the Writer.
    torch = None

PAGE = 4096  # Bytes. Files are written past the system's cache, whose pages may cost more than all else; that takes whole pages at addresses of pages.


class Writer:
    """Writes a recording of any framework from numpy's arrays. `facts` are those of recording.json, such as framework= and layers=."""

    def __init__(self, out="recording", **facts):
        if os.path.exists(os.path.join(out, "recording.json")):
            raise FileExistsError(f"{out} holds a recording already. Delete it, or name another folder with out=.")
        if os.path.exists(out) and not os.path.isdir(out):
            raise FileExistsError(f"{out} is a file. Name a folder with out=.")
        os.makedirs(out, exist_ok=True)
        # What the next file holds by name, and the memory for it: that of the last file, since new memory costs more than to copy.
        self.kept, self.places, self.layout = {}, {}, None
        self.out, self.facts, self.rows, self.is_broken, self.is_described = out, facts, [], False, False
        self.thread = concurrent.futures.ThreadPoolExecutor(1)  # Files are written while the training continues.
        self.last = self._submit("curve.csv", b"update,split,cost,error,r2,rmse,mae\n")

    def log(self, update, split="train", cost=None, error=None, r2=None, rmse=None, mae=None, is_last=True):
        """Adds a row to curve.csv: now, so that a script that is killed loses none, or with the next file if more `is_last=False` is to come."""
        cells = ["" if value is None else str(float(value)) for value in (cost, error, r2, rmse, mae)]
        self.rows.append(",".join([str(update), split, *cells]) + "\n")
        if is_last:
            self._submit()

    def observe(self, update, input=None, target=None, **layers):
        """Writes an observation. `layers` are lists with an array for each layer: preactivation=, preactivation_gradient=, weight= and so on."""
        self.begin()
        arrays = {"input": input, "target": target}
        arrays.update((f"layer.{i}.{name.replace('_', '.')}", array) for name, of_layers in layers.items() for i, array in enumerate(of_layers, 1))
        for name, array in arrays.items():
            if array is not None:
                self.keep(name, np.asarray(array))
        self.facts.setdefault("layers", [{"name": str(i + 1)} for i in range(max(map(len, layers.values())))])
        self.write(update)

    def begin(self):
        """Begins an observation, as soon as the last one is written."""
        self.last.result()
        self.kept = {}

    def keep(self, name, array):
        """Copies an array to its place in the next file, in 32 bits."""
        self.place(name, array.shape, "<f4" if array.dtype.kind not in "iub" else "<i4")[...] = array

    def place(self, name, shape, kind="<f4"):
        place = self.places.get(name)
        if place is None or place.shape != shape:
            self.places[name] = place = np.empty(shape, kind)
        self.kept[name] = place
        return place

    def write(self, update, **metadata):
        """Writes what was kept."""
        layout = metadata, {name: array.shape for name, array in self.kept.items()}
        if layout != self.layout:
            self.layout = layout
            self._lay_out(metadata)
        self.last = self._submit(f"observation-{update}.safetensors", self.content, getattr(os, "O_DIRECT", 0))
        if not self.is_described:
            self.describe()

    def describe(self, **facts):
        self.is_described = True
        self.facts.update(facts)
        self._submit("recording.json", json.dumps({"format": "sonde-recording-1", **self.facts}, indent=1).encode())

    def close(self):
        self.thread.shutdown()

    def _lay_out(self, metadata):
        """Makes the content of this file and of the next ones of the same layout: the header, and a place for each tensor."""
        header, size = {"__metadata__": metadata}, 0
        for name, array in self.kept.items():
            header[name] = {"dtype": "F32" if array.dtype.kind == "f" else "I32", "shape": array.shape, "data_offsets": [size, size + array.nbytes]}
            size += array.nbytes
        text = json.dumps(header).encode()
        text += b" " * (-(8 + len(text) + size) % PAGE)
        begin = 8 + len(text)
        memory = np.empty(begin + size + PAGE, np.uint8)
        self.content = memory[-memory.ctypes.data % PAGE:][:begin + size]
        self.content[:begin] = np.frombuffer(len(text).to_bytes(8, "little") + text, np.uint8)
        for name, array in self.kept.items():
            first, end = header[name]["data_offsets"]
            self.places[name] = self.content[begin + first:begin + end].view(array.dtype).reshape(array.shape)
            self.places[name][...] = array

    def _submit(self, *file):
        rows, self.rows = self.rows, []
        return self.thread.submit(self._write, "".join(rows), *file)

    def _write(self, rows, name=None, content=None, flag=0):
        if self.is_broken:
            return
        try:
            if name:
                part = os.path.join(self.out, name + ".tmp")
                _write_all(part, content, os.O_TRUNC | flag)
                os.replace(part, os.path.join(self.out, name))
            if rows:
                _write_all(os.path.join(self.out, "curve.csv"), rows.encode(), os.O_APPEND)
        except OSError as error:
            if flag and error.errno == errno.EINVAL:  # A file system that has no way past the cache.
                self._write(rows, name, content)
            else:  # A full disk ends the recording, not the training.
                self.is_broken = True
                warnings.warn(f"The recording in {self.out} ends here: {error}")


def _write_all(path, content, flags):
    """Writes a file with few calls: each gives up the interpreter, which the training then waits for."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest):]
    finally:
        os.close(file)


class watch:
    """Watches a network of PyTorch. `every`: updates between two observations. `optimizer`: names it and its learning rate in the recording. `loss`:
    "mean" or "sum", as the loss treats the examples of a batch. `rows`: examples (times positions) that are kept of a larger batch. `accumulate`:
    backward passes per update, each of a loss divided by that number. `scaler`: the GradScaler of mixed precision."""

    def __init__(self, model, every=100, out="recording", optimizer=None, loss="mean", rows=1024, accumulate=1, scaler=None):
        if not (isinstance(every, int) and every > 0 and isinstance(accumulate, int) and accumulate > 0 and loss in ("mean", "sum")):
            raise ValueError(f"Expected every= and accumulate= to be whole numbers of 1 or more, and loss= to be 'mean' or 'sum'; got every={every!r}, "
                             f"accumulate={accumulate!r}, loss={loss!r}.")
        self.model, self.every, self.out, self.optimizer, self.loss = model, every, out, optimizer, loss
        self.rows, self.accumulate, self.scaler = rows, accumulate, scaler
        self.stride = max(1, every * accumulate // 10)  # Of the losses between two observations about 10 are averaged: even a detach() costs time.
        self.passes, self.losses, self.hooks = 0, [], []

    @property
    def updates(self):
        return self.passes // self.accumulate

    def __enter__(self):
        self.names = {module: name for name, module in self.model.named_modules()}
        if not any(map(_is_weighted, self.names)):
            raise ValueError("The model has no Linear or Conv layer, so there is nothing to record.")
        self.writer = Writer(self.out, framework=f"pytorch {torch.__version__}", loss=self.loss, every=self.every)
        self._hook()
        return self

    def __exit__(self, kind, *_):
        self._unhook()
        if self.writer.is_described:
            self._log_losses(self.updates)
            self.writer.describe(updates=self.updates)
        elif kind is None:  # An exception of the training says enough.
            warnings.warn("Nothing was recorded: call the model itself, as in model(x), and loss.backward(), then recording.log(loss).")
        self.writer.close()

    def log(self, loss=None, target=None, split="train", **errors):
        """Call it after every backward pass and its optimizer step: this counts the updates. Or adds an evaluation, if `split` is not train: `error=` is
        in per cent; `r2=`, `rmse=` and `mae=` are for targets that are numbers."""
        if split != "train":
            return self.writer.log(self.updates, split, loss, **errors)
        self.passes += 1
        if loss is not None and self.passes % self.stride == 0:
            self.losses.append(loss.detach() if torch.is_tensor(loss) else torch.tensor(loss))
        if self.hooks:
            self.target = target if self.target is None else self.target
            if self.passes % self.accumulate == 0 and self._has_gradient():
                self._unhook()
                self._save(loss)
        if self.passes % (self.every * self.accumulate) == 0 and not self.writer.is_broken:
            self._hook()

    def _hook(self):
        self._unhook()
        self.observed, self.layers, self.target, self.is_open = self.updates, [], None, False
        self.hooks = [self.model.register_forward_pre_hook(self._begin), torch.nn.modules.module.register_module_forward_hook(self._see)]

    def _unhook(self, kept=0):
        while len(self.hooks) > kept:
            self.hooks.pop().remove()

    def _has_gradient(self):
        return any(layer.s.grad is not None for layer in self.layers)

    def _begin(self, *_):
        self.is_open = torch.is_grad_enabled() and not self._has_gradient()  # An evaluation, or another pass of the same update, is left out.
        if self.is_open:
            self._unhook(kept=2)
            self.writer.begin()
            self.layers, self.scale = [], self.scaler.get_scale() if self.scaler else 1

    def _see(self, module, inputs, output):
        if not self.is_open or module not in self.names:
            return None
        if _is_weighted(module):
            output = self._see_layer(module, inputs, output)
        elif self.layers and torch.is_tensor(output):
            last, kind = self.layers[-1], type(module)
            if module is self.model:
                if output is not last.output or output._version > 0:  # It is more than the layer's own output, or that was changed in place.
                    self._see_activation(last, output)
            elif last.activation is None and kind.__module__ == "torch.nn.modules.activation" and output.numel() == last.s.numel():
                last.activation = kind.__name__
                self._see_activation(last, output)
            elif last.activation is None and kind.__name__ not in ("Flatten", "Identity") and not list(module.children()):
                last.between.append(kind.__name__)
        self.is_open = module is not self.model
        return output

    def _see_layer(self, module, inputs, output):
        axis, layers = -1 if isinstance(module, torch.nn.Linear) else -1 - len(module.kernel_size), self.layers
        calls, key = 1 + sum(layer.module is module for layer in layers), f"layer.{len(layers) + 1}."
        layer = types.SimpleNamespace(name=self.names[module] + (f" (call {calls})" if calls > 1 else ""), key=key, module=module, axis=axis,
                                      s=output, output=output.clone(), activation=None, between=[], backwards=0)
        if inputs and not layers:
            self._keep("input", inputs[0], axis)
        elif inputs and axis == layers[-1].axis == -1:
            self._see_activation(layers[-1], inputs[0])  # A function such as F.relu, which no module announces.
        layers.append(layer)
        self._keep(key + "weight", module.weight)
        if module.bias is not None:
            self._keep(key + "bias", module.bias)
        if calls == 1 and module.weight.requires_grad:
            self.hooks.append(module.weight.register_hook(lambda gradient: self._see_weight_gradient(layer, gradient)))
        if output.requires_grad:
            output.retain_grad()
        return layer.output  # What follows may change its input in place; the recorded tensor and its gradient stay.

    def _see_activation(self, layer, output):
        if layer.key + "activation" not in self.writer.kept and output.numel() == layer.s.numel():
            self._keep(layer.key + "activation", output.reshape(layer.s.shape), layer.axis)

    def _see_weight_gradient(self, layer, gradient):
        layer.backwards += 1
        name = layer.key + "weight.gradient"
        if layer.backwards == 1:
            self._keep(name, gradient)
        else:  # The sum of several backward passes.
            self.writer.kept[name] += _array(gradient)

    def _keep(self, name, tensor, axis=None):
        """Keeps a tensor; as [rows, units] if an axis of units is given."""
        if axis is not None and (tensor.dim() != 2 or len(tensor) > self.rows):
            tensor = tensor.movedim(axis, -1).reshape(-1, tensor.shape[axis])[:self.rows]
        self.writer.keep(name, _array(tensor))

    def _save(self, loss):
        kept, layers, last = self.writer.kept, self.layers, self.layers[-1]
        if max(layer.backwards for layer in layers) > self.accumulate:  # A frozen layer has none.
            warnings.warn("There were several backward passes before recording.log: call it after every one, so that updates are counted right. An "
                          "optimizer with several in each step, such as LBFGS, is recorded at the first, without weight gradients.")
            for layer in layers:  # They would be sums over different weights.
                kept.pop(layer.key + "weight.gradient", None)
        if self.target is not None:
            target = torch.as_tensor(self.target)
            has_columns = target.is_floating_point() and target.dim() == last.s.dim()
            self._keep("target", *(target, last.axis) if has_columns else [target.flatten()[:self.rows]])
        is_changed = False
        for layer in reversed(layers):
            self._keep(layer.key + "preactivation", layer.s, layer.axis)
            if layer.s.grad is not None:
                self._keep(layer.key + "preactivation.gradient", layer.s.grad, layer.axis)
            before = kept[layer.key + "weight"]
            change = np.subtract(_array(layer.module.weight), before, self.writer.place(layer.key + "weight.update", before.shape))
            is_changed = is_changed or change.any()
        for name in list(kept):
            if self.scale != 1 and name.endswith("gradient"):
                kept[name] /= self.scale
            if not is_changed and name.endswith("update"):  # It was logged before the optimizer's step. A frozen layer has zeros.
                del kept[name]
        batch = last.s.numel() // last.s.shape[last.axis]
        if not self.writer.is_described:
            self.writer.facts.update(updates=self.updates, batch=batch, cost=type(getattr(loss, "grad_fn", None)).__name__, layers=[{
                "name": layer.name, "kind": type(layer.module).__name__, "inputs": layer.module.weight[0].numel(),
                "units": layer.s.shape[layer.axis], "activation": layer.activation, "between": layer.between} for layer in layers])
            if self.optimizer is not None:
                self.writer.facts.update(optimizer=type(self.optimizer).__name__, learningRate=float(self.optimizer.param_groups[0]["lr"]))
        self._log_losses(self.observed)
        self.writer.write(self.observed, rows=str(batch * self.accumulate), **{f"layer.{i}": layer.name for i, layer in enumerate(layers, 1)})
        self.layers = []

    def _log_losses(self, update):
        if self.losses:
            self.writer.log(update, cost=torch.stack(self.losses).double().mean(), is_last=False)
            self.losses = []


def _is_weighted(module):
    return isinstance(module, (torch.nn.Linear, torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d))


def _array(tensor):
    """Returns numpy's array; [units, inputs] of the weights of a convolution."""
    tensor = tensor.detach()
    if tensor.dim() > 2:
        tensor = tensor.flatten(1)
    if tensor.dtype != torch.float32 and tensor.is_floating_point():
        tensor = tensor.float()
    return tensor.cpu().numpy() if tensor.is_cuda else tensor.numpy()
