#!/usr/bin/env python3
"""Records npy-files.json: small .npy files of every type, byte order, index order and format version, as NumPy writes them.

Usage: record_npy.py > npy-files.json     (needs Debian's python3-numpy)
"""
import base64
import io
import json
import numpy as np

TYPES = ["|b1", "|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<i8", ">i8", "<f4", ">f4", "<f8", ">f8"]
SHAPES = [(), (1,), (3,), (2, 3), (2, 3, 2), (2, 1, 3, 2)]
files = []


def add(name, array, version, is_read=True):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version=version, allow_pickle=True)
    values = [float(v) for v in array.flatten(order="C")] if is_read else []
    files.append({"name": name, "content": base64.b64encode(stream.getvalue()).decode(), "type": array.dtype.str.strip("<>|="),
                  "shape": list(array.shape), "values": values})


for type in TYPES:
    for shape in SHAPES:
        count = int(np.prod(shape))
        numbers = np.arange(count) % 2 if type == "|b1" else (np.arange(count) * 37 - 100) % 128 if "u" in type else np.arange(count) * 37 - 100
        numbers = numbers / 8 if "f" in type else numbers
        for order in "CF":
            add(f"{type} {shape} {order}", np.array(numbers.reshape(shape), dtype=type, order=order), (1, 0))
add("<f4 2.0", np.array([1.5, -2], "<f4"), (2, 0))
add("<f4 3.0", np.array([1.5, -2], "<f4"), (3, 0))
for name, array in {"objects": np.array([1, "a"], object), "complex": np.array([1j], "<c16"), "text": np.array(["a"]), "half": np.array([1], "<f2"), "large": np.array([1], "<u8"),
                    "records": np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")])}.items():
    add(name, array, (1, 0), is_read=False)
print(json.dumps(files, separators=(",", ":")).replace("},{", "},\n{"))
