"""Loads a network that Sonde wrote and computes with it; writes networks for Sonde to read: exchange.py FOLDER"""
import json
import sys

import numpy as np
import torch
from torch import nn

folder = sys.argv[1]


def load_file(path):
    """What safetensors.torch.load_file does, in five lines."""
    content = open(path, "rb").read()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + length])
    header.pop("__metadata__", None)
    return {name: torch.from_numpy(np.frombuffer(content, "<f4", int(np.prod(entry["shape"])), 8 + length + entry["data_offsets"][0])
                                   .reshape(entry["shape"]).copy()) for name, entry in header.items()}


x = torch.from_numpy(np.fromfile(f"{folder}/inputs.bin", "<f4").reshape(-1, 7))
model = nn.Sequential(nn.Linear(7, 6), nn.Tanh(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
model.load_state_dict(load_file(f"{folder}/network.safetensors"))
model(x).softmax(1).detach().numpy().astype("<f4").tofile(f"{folder}/answers.bin")

torch.manual_seed(9)
other = nn.Sequential(nn.Linear(7, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 5, bias=False), nn.LeakyReLU(), nn.Linear(5, 4), nn.ELU(), nn.Linear(4, 4),
                      nn.GELU(), nn.Linear(4, 4), nn.SiLU(), nn.Linear(4, 4), nn.Mish(), nn.Linear(4, 3), nn.Softmax(1)).eval()
torch.onnx.export(other, x[:2], f"{folder}/other.onnx", input_names=["x"], dynamic_axes={"x": {0: "n"}})
other(x).detach().numpy().astype("<f4").tofile(f"{folder}/other.bin")
convolutional = nn.Sequential(nn.Conv1d(1, 2, 3), nn.Flatten(), nn.Linear(10, 3)).eval()
torch.onnx.export(convolutional, x[:2, None], f"{folder}/conv.onnx")
