"""Reads Sonde's run folders with numpy alone: curves, layers, histograms, spectra, parameters.

    import sonde_reader

    run = sonde_reader.open("runs/first-look")
    for trial in run:
        print(trial.id, trial.status, trial.setting["network.activation"])
    curve = run["tanh-s1"].curve             # a dict of numpy arrays: update, split, cost, error
    layers = run.table("layers")             # all trials, with a column 'trial'; a pandas DataFrame if pandas is there
    weights = run["tanh-s1"].parameters()    # {"layer1.weights": array of shape [inputs, outputs], ...}

A table is what trial.json lists, also while the trial is trained, and after 'sonde compact' has joined the tables of finished trials. Nothing is written, nothing is executed, and no pickle is read.

The Parquet reader below knows what Sonde writes: flat columns and lists of doubles, Snappy, plain, dictionary and delta encodings. For Parquet of other programs
use pyarrow or DuckDB, which read Sonde's tables too.
"""

import builtins
import functools
import json
import os
import struct

import numpy

__all__ = ["open", "Run", "Trial", "read_parquet", "read_safetensors", "FormatError"]

TABLES = ("curve", "layers", "histograms", "spectra", "images", "findings", "predictions")


class FormatError(Exception):
    """A file is not what its name says."""


def open(directory):
    """Opens a run folder."""
    return Run(directory)


class Run:
    """A run folder: an iterable of its trials, and a mapping from an id to a trial."""

    def __init__(self, directory):
        self.directory = os.fspath(directory)
        if not os.path.isdir(os.path.join(self.directory, "trials")):
            raise FileNotFoundError(f"{self.directory}: expected a run folder with trials/, found none. Give the folder that 'sonde run' wrote.")

    @property
    def ids(self):
        """The ids of the trials that have begun, in alphabetical order."""
        trials = os.path.join(self.directory, "trials")
        return sorted(name for name in os.listdir(trials) if os.path.isfile(os.path.join(trials, name, "trial.json")))

    def __iter__(self):
        return (Trial(self.directory, id) for id in self.ids)

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, id):
        return Trial(self.directory, id)

    def table(self, name):
        """A table of all trials, with the column 'trial' first. A pandas DataFrame if pandas is installed, else a dict of numpy arrays."""
        return _frame(_joined([trial._columns(name, with_id=True) for trial in self]))

    def settings(self):
        """One row per trial: its id, status, updates, errors and settings."""
        trials = list(self)
        keys = list(dict.fromkeys(key for trial in trials for key in trial.setting))
        columns = {"trial": [t.id for t in trials], "status": [t.status for t in trials], "updates": [t.updates for t in trials]}
        for name in ("validationError", "testError"):
            columns[name] = [float(t.result.get(name, "nan")) for t in trials]
        columns.update({key: [t.setting.get(key) for t in trials] for key in keys})
        return _frame({key: numpy.array(values) for key, values in columns.items()})


class Trial:
    """One trial of a run folder. Its facts are those of trial.json when the object was made."""

    def __init__(self, run_directory, id):
        self.id = id
        self.run_directory = run_directory
        self.directory = os.path.join(run_directory, "trials", id)
        path = os.path.join(self.directory, "trial.json")
        if not os.path.isfile(path):
            raise KeyError(f"{run_directory}: there is no trial '{id}'.")
        with _open(path) as file:
            self.manifest = json.loads(file.read())
        self.status = self.manifest["status"]
        self.updates = self.manifest["updates"]
        self.setting = self.manifest["setting"]
        self.result = self.manifest.get("result") or {}
        self.files = [file["path"] for file in self.manifest.get("files", [])]

    def __repr__(self):
        return f"<trial {self.id}: {self.status}, {self.updates} updates>"

    curve = property(lambda self: self.table("curve"), doc="Error and cost over updates.")
    layers = property(lambda self: self.table("layers"), doc="Statistics of every layer and quantity over updates.")
    histograms = property(lambda self: self.table("histograms"), doc="Histograms over updates; 'counts' holds one array per row.")
    spectra = property(lambda self: self.table("spectra"), doc="Singular values over updates, if they were recorded.")
    predictions = property(lambda self: self.table("predictions"), doc="True and predicted class of each test example.")

    def table(self, name):
        """A table of this trial as a dict of numpy arrays."""
        return self._columns(name)

    def frame(self, name):
        """A table of this trial as a pandas DataFrame."""
        return _frame(self.table(name), must=True)

    @property
    def checkpoints(self):
        """The updates of its checkpoints, the newest first."""
        return sorted({int(path.split("/")[1]) for path in self.files if path.startswith("checkpoint/")}, reverse=True)

    def parameters(self, update=None):
        """The weights and biases of a checkpoint as float32 arrays; of the newest one if no update is given."""
        known = self.checkpoints
        if not known or update is not None and update not in known:
            raise KeyError(f"{self.id}: there is no checkpoint{'' if update is None else f' of update {update}'}; there are {known}.")
        wanted = known[0] if update is None else update
        path = next(p for p in self.files if p.startswith("checkpoint/") and int(p.split("/")[1]) == wanted and p.endswith("parameters.safetensors"))
        return read_safetensors(os.path.join(self.directory, path))

    def _columns(self, name, with_id=False):
        files = sorted((file for file in self.manifest.get("files", []) if file["path"].endswith(".parquet")
            and (file["path"].startswith(name + "/") or file["path"] == name + ".parquet")), key=lambda file: file["path"])
        columns = _joined([self._read(file) for file in files])
        if with_id and columns:
            rows = len(next(iter(columns.values())))
            return {"trial": numpy.full(rows, self.id, dtype=object), **columns}
        return columns

    def _read(self, file):
        if "part" not in file:
            return read_parquet(os.path.join(self.directory, file["path"]))
        columns = _read_part(os.path.join(self.run_directory, file["part"]), file["at"], file["bytes"])
        return {name: values for name, values in columns.items() if name != "trial"}


def read_safetensors(path):
    """The tensors of a safetensors file, by name."""
    with _open(path) as file:
        content = file.read()
    length = struct.unpack_from("<Q", content)[0]
    if length > len(content) - 8:
        raise FormatError(f"{path}: the header is longer than the file.")
    header = json.loads(content[8 : 8 + length])
    kinds = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "I32": "<i4", "U8": "u1"}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        data = content[8 + length + begin : 8 + length + end]
        tensors[name] = numpy.frombuffer(data, kinds[entry["dtype"]]).reshape(entry["shape"]).copy()
    return tensors


def read_parquet(path):
    """The columns of a Parquet file that Sonde wrote, by name: numpy arrays; text and lists as arrays of objects, nulls as NaN or None."""
    with _open(path) as file:
        content = file.read()
    if len(content) < 12 or content[:4] != b"PAR1" or content[-4:] != b"PAR1":
        raise FormatError(f"{path}: expected a Parquet file, found another one or half of one.")
    length = struct.unpack_from("<I", content, len(content) - 8)[0]
    footer = _Compact(content, len(content) - 8 - length).struct()
    leaves = _leaves(footer[2])
    parts = {leaf["name"]: [] for leaf in leaves}
    for group in footer[4]:
        for leaf, chunk in zip(leaves, group[1]):
            parts[leaf["name"]].append(_chunk(content, leaf, chunk[3], path))
    return {name: numpy.concatenate(arrays) if arrays else numpy.array([]) for name, arrays in parts.items()}


def _read_part(path, at, size):
    """The columns of the row groups in a stretch of a Parquet file: those of one trial, in a file that 'sonde compact' wrote."""
    leaves, groups = _footer_of(path, os.stat(path).st_mtime_ns)
    with _open(path) as file:
        file.seek(at)
        content = file.read(size)
    parts = {leaf["name"]: [] for leaf in leaves}
    for group in groups:
        if at <= _start(group[1][0][3]) < at + size:
            for leaf, chunk in zip(leaves, group[1]):
                parts[leaf["name"]].append(_chunk(content, leaf, chunk[3], path, at))
    return {name: numpy.concatenate(arrays) if arrays else numpy.array([]) for name, arrays in parts.items()}


@functools.lru_cache(maxsize=16)
def _footer_of(path, changed):
    """The columns and row groups of a Parquet file. Trials that follow one another are in the same file."""
    with _open(path) as file:
        file.seek(-8, os.SEEK_END)
        length, magic = struct.unpack("<I4s", file.read(8))
        if magic != b"PAR1":
            raise FormatError(f"{path}: expected a Parquet file, found another one or half of one.")
        file.seek(-8 - length, os.SEEK_END)
        footer = _Compact(file.read(length)).struct()
    return _leaves(footer[2]), footer[4]


# ---- tables ----


def _open(path):
    return builtins.open(path, "rb")


def _joined(tables):
    tables = [table for table in tables if table]
    return {} if not tables else {name: numpy.concatenate([table[name] for table in tables]) for name in tables[0]}


def _frame(columns, must=False):
    try:
        import pandas
    except ImportError:
        if must:
            raise
        return columns
    return pandas.DataFrame({name: list(values) if values.dtype == object else values for name, values in columns.items()})


# ---- Parquet: thrift's compact protocol ----


class _Compact:
    """Reads thrift's compact protocol into dicts from field numbers to values."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def struct(self):
        fields, last = {}, 0
        while (head := self.byte()) != 0:
            last = last + (head >> 4) if head >> 4 else self.zigzag()
            fields[last] = self.value(head & 15)
        return fields

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self.byte()
        if kind in (4, 5, 6):
            return self.zigzag()
        if kind == 7:
            self.at += 8
            return struct.unpack_from("<d", self.data, self.at - 8)[0]
        if kind == 8:
            length = self.varint()
            self.at += length
            return bytes(self.data[self.at - length : self.at])
        if kind in (9, 10):
            head = self.byte()
            count = head >> 4 if head >> 4 < 15 else self.varint()
            return [(self.byte() == 1) if head & 15 in (1, 2) else self.value(head & 15) for _ in range(count)]
        if kind == 12:
            return self.struct()
        raise FormatError(f"unknown kind {kind} in a Parquet footer")


def _leaves(schema):
    """The columns with values, in order: name (of the outermost field), physical type, and the largest definition and repetition levels."""
    leaves, at = [], 1

    def walk(path, definition, repetition):
        nonlocal at
        element = schema[at]
        at += 1
        repeat = element.get(3, 0)
        definition, repetition = definition + (repeat != 0), repetition + (repeat == 2)
        path = path + [element[4].decode()]
        if element.get(5):
            for _ in range(element[5]):
                walk(path, definition, repetition)
        else:
            leaves.append({"name": path[0], "type": element[1], "definition": definition, "repetition": repetition, "text": element.get(6) == 0})

    for _ in range(schema[0][5]):
        walk([], 0, 0)
    return leaves


# ---- Parquet: pages ----


def _start(meta):
    """Where a column of a row group begins in its file: at its dictionary, if it has one."""
    return min(offset for offset in (meta.get(11), meta[9]) if offset)


def _chunk(content, leaf, meta, path, begin=0):
    """The values of one column of one row group. The content is that of the file from a place on."""
    at = _start(meta) - begin
    left, dictionary, values, definitions, repetitions = meta[5], None, [], [], []
    while left > 0:
        reader = _Compact(content, at)
        header = reader.struct()
        body = content[reader.at : reader.at + header[3]]
        at = reader.at + header[3]
        if header[1] == 2:
            dictionary = _plain(_unpacked(body, meta[4], header[2], path), leaf, header[7][1])[0]
            continue
        if header[1] == 0:
            page, count, encoding = _unpacked(body, meta[4], header[2], path), header[5][1], header[5][2]
            repetition, page = _levels(page, leaf["repetition"], count)
            definition, page = _levels(page, leaf["definition"], count)
        elif header[1] == 3:
            v2 = header[8]
            count, encoding, r, d = v2[1], v2[4], v2[6], v2[5]
            repetition = _hybrid(body[:r], leaf["repetition"].bit_length(), count) if leaf["repetition"] else numpy.zeros(count, int)
            definition = _hybrid(body[r : r + d], leaf["definition"].bit_length(), count) if leaf["definition"] else numpy.zeros(count, int)
            page = _unpacked(body[r + d :], meta[4] if v2.get(7, True) else 0, header[2] - r - d, path)
        else:
            raise FormatError(f"{path}: unknown kind of page {header[1]}")
        present = int((definition == leaf["definition"]).sum())
        values.append(_decoded(page, leaf, encoding, present, dictionary, path))
        definitions.append(definition)
        repetitions.append(repetition)
        left -= count
    return _assembled(leaf, numpy.concatenate(values), numpy.concatenate(definitions), numpy.concatenate(repetitions))


def _assembled(leaf, values, definitions, repetitions):
    if leaf["repetition"]:
        present = definitions == leaf["definition"]
        starts = numpy.flatnonzero(repetitions == 0)
        counts = numpy.add.reduceat(present.astype(int), starts) if len(starts) else numpy.array([], int)
        lists = numpy.empty(len(starts), dtype=object)
        for k, piece in enumerate(numpy.split(values, numpy.cumsum(counts)[:-1]) if len(starts) else []):
            lists[k] = piece
        return lists
    if leaf["definition"] and len(values) < len(definitions):
        whole = numpy.full(len(definitions), None if values.dtype == object else numpy.nan, dtype=object if values.dtype == object else float)
        whole[definitions == leaf["definition"]] = values
        return whole
    return values


def _levels(page, largest, count):
    """The levels at the front of a page, and the rest of the page."""
    if largest == 0:
        return numpy.zeros(count, int), page
    length = struct.unpack_from("<I", page)[0]
    return _hybrid(page[4 : 4 + length], largest.bit_length(), count), page[4 + length :]


def _decoded(page, leaf, encoding, count, dictionary, path):
    if encoding == 0:
        return _plain(page, leaf, count)[0]
    if encoding in (2, 8):
        if dictionary is None:
            raise FormatError(f"{path}: a page refers to a dictionary that is not there")
        return dictionary[_hybrid(page[1:], page[0], count)] if count else dictionary[:0]
    if encoding == 5:
        return _delta(_Compact(page), count).astype("<i4" if leaf["type"] == 1 else "<i8")
    if encoding == 6:
        reader = _Compact(page)
        lengths = _delta(reader, count)
        return _texts(page, reader.at, lengths)
    raise FormatError(f"{path}: encoding {encoding} is not one that Sonde writes. Read the file with pyarrow or DuckDB.")


def _plain(page, leaf, count):
    kinds = {1: "<i4", 2: "<i8", 4: "<f4", 5: "<f8"}
    if leaf["type"] in kinds:
        kind = numpy.dtype(kinds[leaf["type"]])
        return numpy.frombuffer(page, kind, count).copy(), count * kind.itemsize
    if leaf["type"] == 0:
        return numpy.unpackbits(numpy.frombuffer(page, "u1"), bitorder="little")[:count].astype(bool), (count + 7) // 8
    texts, at = numpy.empty(count, dtype=object), 0
    for k in range(count):
        length = struct.unpack_from("<I", page, at)[0]
        texts[k] = bytes(page[at + 4 : at + 4 + length])
        at += 4 + length
    return _text_of(texts), at


def _texts(page, at, lengths):
    texts = numpy.empty(len(lengths), dtype=object)
    for k, length in enumerate(lengths):
        texts[k] = bytes(page[at : at + length])
        at += length
    return _text_of(texts)


def _text_of(texts):
    for k, text in enumerate(texts):
        try:
            texts[k] = text.decode()
        except UnicodeDecodeError:
            pass
    return texts


def _hybrid(data, width, count):
    """Runs and bit-packed groups of numbers of a width."""
    if width == 0:
        return numpy.zeros(count, int)
    parts, have, reader, size = [], 0, _Compact(data), (width + 7) // 8
    while have < count:
        head = reader.varint()
        if head & 1:
            groups = head >> 1
            piece = _bits(data[reader.at : reader.at + groups * width], width, groups * 8)
            reader.at += groups * width
        else:
            value = int.from_bytes(data[reader.at : reader.at + size], "little")
            reader.at += size
            piece = numpy.full(head >> 1, value)
        parts.append(piece)
        have += len(piece)
    return numpy.concatenate(parts)[:count]


def _bits(data, width, count):
    bits = numpy.unpackbits(numpy.frombuffer(data, "u1"), bitorder="little")
    bits = numpy.pad(bits, (0, max(0, count * width - len(bits))))[: count * width].reshape(count, width)
    return (bits.astype(numpy.uint64) << numpy.arange(width, dtype=numpy.uint64)).sum(axis=1, dtype=numpy.uint64).astype(numpy.int64)


def _delta(reader, count):
    """Numbers as differences, in blocks of mini-blocks of a width each."""
    block, minis, total, first = reader.varint(), reader.varint(), reader.varint(), reader.zigzag()
    values, per_mini = [numpy.array([first])], block // minis
    have = 1
    while have < total:
        least = reader.zigzag()
        widths = [reader.byte() for _ in range(minis)]
        for width in widths:
            if have >= total:
                break
            length = per_mini * width // 8
            deltas = _bits(reader.data[reader.at : reader.at + length], width, per_mini) if width else numpy.zeros(per_mini, numpy.int64)
            reader.at += length
            deltas = deltas[: total - have] + least
            values.append(deltas)
            have += len(deltas)
    return numpy.cumsum(numpy.concatenate(values))[:count]


# ---- Snappy ----


def _unpacked(data, codec, length, path):
    if codec == 0:
        return data
    if codec != 1:
        raise FormatError(f"{path}: compression {codec} is not one that Sonde writes. Read the file with pyarrow or DuckDB.")
    reader = _Compact(data)
    if reader.varint() != length:
        raise FormatError(f"{path}: a page has another length than its header says")
    at, out = reader.at, bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            size = tag >> 2
            if size >= 60:
                extra = size - 59
                size = int.from_bytes(data[at : at + extra], "little")
                at += extra
            out += data[at : at + size + 1]
            at += size + 1
            continue
        if tag & 3 == 1:
            size, offset = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | data[at]
            at += 1
        else:
            wide = 2 if tag & 3 == 2 else 4
            size, offset = (tag >> 2) + 1, int.from_bytes(data[at : at + wide], "little")
            at += wide
        for _ in range(size) if offset < size else ():
            out.append(out[-offset])
        if offset >= size:
            out += out[-offset : len(out) - offset + size]
    if len(out) != length:
        raise FormatError(f"{path}: a page has {len(out)} bytes where its header says {length}")
    return bytes(out)
