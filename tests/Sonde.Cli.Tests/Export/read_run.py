"""Reads a run folder with sonde_reader, and compares it with the CSV and TensorBoard exports of the same folder, to the bit where the format allows."""

import csv
import os
import struct
import sys

import numpy
import sonde_reader

run_folder, csv_folder, events_folder = sys.argv[1:4]
run = sonde_reader.open(run_folder)


def rows(name):
    with open(os.path.join(csv_folder, name + ".csv"), newline="") as file:
        return list(csv.DictReader(file))


def same(text, value):
    if text == "":
        return value is None or value != value
    return str(value) == text or float(text) == float(value)


def expect(condition, what):
    if not condition:
        sys.exit(f"differs: {what}")


checked = 0
for name in ("curve", "layers", "predictions"):
    expected = {}
    for row in rows(name):
        expected.setdefault(row["trial"], []).append(row)
    for trial in run:
        columns = trial.table(name)
        expect(all(len(column) == len(expected[trial.id]) for column in columns.values()), f"{trial.id} {name}: number of rows")
        for key, column in columns.items():
            for k, value in enumerate(column):
                expect(same(expected[trial.id][k][key], value), f"{trial.id} {name} {key} row {k}: {value}")
                checked += 1
counts = [float(row["count"]) for row in rows("histograms")]
read = {trial.id: numpy.concatenate(list(trial.histograms["counts"])) for trial in run}
order = list(dict.fromkeys(row["trial"] for row in rows("histograms")))
expect(counts == list(numpy.concatenate([read[id] for id in order])), "histograms")
spectra = {}
for row in rows("spectra"):
    spectra.setdefault(row["trial"], []).append(float(row["value"]))
for id, values in spectra.items():
    expect(values == list(numpy.concatenate(list(run[id].spectra["values"]))), f"{id} spectra")
settings = run.settings()
expect(list(settings["trial"]) == run.ids, "settings")


# ---- TensorBoard's event files, from the description of the format ----


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            length, at = varint(data, at)
            value, at = data[at : at + length], at + length
        else:
            size = 8 if key & 7 == 1 else 4
            value, at = struct.unpack_from("<d" if size == 8 else "<f", data, at)[0], at + size
        yield key >> 3, value


def events(path):
    with open(path, "rb") as file:
        content = file.read()
    at = 0
    while at < len(content):
        length = struct.unpack_from("<Q", content, at)[0]
        expect(struct.unpack_from("<I", content, at + 8)[0] == crc32c(content[at : at + 8]), "checksum of a length")
        data = content[at + 12 : at + 12 + length]
        expect(struct.unpack_from("<I", content, at + 12 + length)[0] == crc32c(data), "checksum of an event")
        at += 16 + length
        yield dict(fields(data)), data


for trial in list(run)[:2]:
    scalars, histograms = {}, {}
    path = os.path.join(events_folder, trial.id, "events.out.tfevents.0.sonde")
    for number, (event, data) in enumerate(events(path)):
        if number == 0:
            expect(event[3] == b"brain.Event:2", "version")
            continue
        for key, value in fields(event[5]):
            entry = dict(fields(value))
            if 5 in entry:
                histograms[event.get(2, 0), entry[1].decode()] = dict(fields(entry[5]))
            else:
                scalars[event.get(2, 0), entry[1].decode()] = entry.get(2, 0.0)
    curve, layers, pictures = trial.curve, trial.layers, trial.histograms
    for update, split, cost, error in zip(curve["update"], curve["split"], curve["cost"], curve["error"]):
        expect(scalars[update, f"cost/{split}"] == numpy.float32(cost) and scalars[update, f"error/{split}"] == numpy.float32(error), f"curve at {update}")
    for k in range(len(layers["update"])):
        tag = f"layer{layers['layer'][k]}/{layers['quantity'][k]}"
        value = scalars[layers["update"][k], tag + "/sd"]
        expect(value == numpy.float32(layers["sd"][k]) or value != value, tag)
    for k in range(len(pictures["update"])):
        histogram = histograms[pictures["update"][k], f"layer{pictures['layer'][k]}/{pictures['quantity'][k]}"]
        expect(list(numpy.frombuffer(histogram[7])) == list(pictures["counts"][k]), f"counts of histogram {k}")
        expect(histogram[1] == pictures["low"][k] and numpy.frombuffer(histogram[6])[-1] == pictures["high"][k], f"limits of histogram {k}")
        expect(histogram[3] == sum(pictures["counts"][k]), f"number of histogram {k}")
    expect(len(histograms) == len(pictures["update"]), "number of histograms")

weights = next(iter(run)).parameters()
print(f"{checked} values, {len(counts)} bins, layer1.weights {weights['layer1.weights'].shape} {weights['layer1.weights'].dtype}")
