"""Takes the long runs on Shapeset into the account of docs/reproduction.md.

    sonde paper --scale full --no-training --out runs/paper-full
    PYTHONPATH=python python3 docs/reproduction/account.py runs/paper-full

The folder holds the run folders shapeset and pretraining, whose trials may still be training. Put into it what earlier runs
recorded, so that networks are compared with each other:

    for file in docs/reproduction/records/*.tar; do tar -xf $file --skip-old-files -C runs/paper-full; done

The first command judges every item by what is recorded and draws the figures. The second one then replaces, in
docs/reproduction,

    long-runs.csv           the records of each network that has done 500,000 updates here, and no fewer than in the table
    paper-full.json         every item on which the folder decides as much as the committed results, or more; of figure 11 the
                            networks that the folder has
    records/*.tar           of each network of long-runs.csv that is trained to its end, everything but its weights
    figure-11.png and others (PICTURES)
                            if the folder has all networks that the picture shows; else figure-11-more.png has those of the folder

and in docs/reproduction.md the first table. It prints the numbers for the sentences, which you write. It needs numpy and Pillow
(on Debian python3-numpy and python3-pil). Then rewrite the table of verdicts, and read the difference:

    SONDE_REWRITE_DOCS=1 dotnet test -c Release --project tests/Sonde.HouseRules
    git diff docs/reproduction.md
"""

import csv
import io
import json
import os
import re
import sys
import tarfile
from decimal import ROUND_HALF_UP, Decimal

from PIL import Image

import sonde_reader

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENT = os.path.join(HERE, "..", "reproduction.md")
TABLE = os.path.join(HERE, "long-runs.csv")
CURVES = os.path.join(HERE, "..", "..", "src", "Sonde.Paper", "Curves", "paper-curves.csv")
LONG = 500_000
SHOWN = [50_000, 100_000, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000]
# A network's name in the documents, its activation, initialization and hidden layers, and its series in the paper's figure 11. That
# with the name PRETRAINED is in a run folder of its own.
PRETRAINED = "pre-training"
NETWORKS = {
    "tanh": ("tanh", "standard", "1000x5", "tanh"), "softsign": ("softsign", "standard", "1000x5", "softsign"),
    "tanh N": ("tanh", "normalized", "1000x5", "tanh-n"), "softsign N": ("softsign", "normalized", "1000x5", "softsign-n"),
    "sigmoid, depth 4": ("sigmoid", "standard", "1000x4", "sigmoid-4"), "sigmoid, depth 5": ("sigmoid", "standard", "1000x5", "sigmoid-5"),
    PRETRAINED: ("tanh", "standard", "1000x5", "pretrained"),
}
# A head of long-runs.csv for each layer, and the quantity and the column of a run folder that it comes from.
COLUMNS = {
    "mean": ("activation", "mean", ".3f"), "sd": ("activation", "sd", ".3f"), "p98": ("activation", "p98", ".3f"),
    "weightSd": ("weight", "sd", ".4f"), "weightGradientSd": ("weightGradient", "sd", ".5f"), "gradientSd": ("backpropagatedGradient", "sd", ".6f"),
}
LEVELS = 60, 50, 40
# Pictures, and the networks that the folder must have to replace one.
PICTURES = {
    "figure-3": ("tanh", "softsign"), "figure-4": ("tanh", "softsign"), "figure-9": ("tanh", "tanh N"),
    "figure-10": ("tanh N",), "figure-2": ("sigmoid, depth 4",), "claim-reversal-1": ("tanh",),
}
DECIDED = "agreesInNumber", "agreesInOrder", "differs"
LAYERS = range(1, 6)


def folder_of(name):
    """Returns the run folder of a network."""
    return "pretraining" if name == PRETRAINED else "shapeset"


def long_runs(runs):
    """Returns the trial of each network that has done the most updates, if they are many enough."""
    found = {}
    for name, (*setting, _) in NETWORKS.items():
        trials = [trial for trial in runs.get(folder_of(name), []) if [trial.setting[f"network.{key}"] for key in ("activation", "init", "hidden")] == setting]
        longest = max(trials, key=lambda trial: trial.updates, default=None)
        if longest is not None and longest.updates >= LONG:
            found[name] = longest
    return found or sys.exit(f"{runs['shapeset'].directory}: expected a network of figure 11 with {LONG:,} updates or more, found none. Train one further.")


def records_of(trial):
    """Returns the test errors by update, and by update the values of each of COLUMNS, layer 1 first. Those of pre-training are left out."""
    curve, layers = trial.curve, trial.layers
    errors = {int(update): float(error) for update, split, error in zip(curve["update"], curve["split"], curve["error"]) if split == "test" and update >= 0}
    hidden, records = int(trial.setting["network.hidden"].split("x")[1]), {}
    for k, (update, layer, quantity) in enumerate(zip(layers["update"], layers["layer"], layers["quantity"])):
        for name, (of, column, _) in COLUMNS.items():
            if of == quantity and layer <= hidden and update >= 0:
                records.setdefault(int(update), {}).setdefault(name, []).append(float(layers[column][k]))
    return errors, records


def committed_rows():
    """Returns the rows of each network in long-runs.csv as it is."""
    rows = {}
    with open(TABLE, encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            rows.setdefault(row[0], []).append(row)
    return rows


def errors_of(rows):
    """Returns the test errors by update in rows of long-runs.csv."""
    return {int(update): float(error) for _, update, error, *_ in rows if error}


def archive(trial, folder):
    """Packs a trial of a run folder without its weights, by its path in the folder of sonde paper."""
    os.makedirs(os.path.join(HERE, "records"), exist_ok=True)
    def plain(entry):
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = ""
        return None if "/checkpoint" in entry.name or "/claim-" in entry.name else entry
    path, written = os.path.join(HERE, "records", f"{trial.id}.tar"), io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as file:
        file.add(os.path.join(trial.directory, "..", "..", "study.yaml"), f"{folder}/study.yaml", filter=plain)
        file.add(trial.directory, f"{folder}/trials/{trial.id}", filter=plain)
    # A study file that lists other networks too is no reason to commit two megabytes again.
    written.seek(0)
    if not os.path.exists(path) or files_of(tarfile.open(path)) != files_of(tarfile.open(fileobj=written)):
        with open(path, "wb") as file:
            file.write(written.getvalue())


def files_of(archive):
    """Returns the bytes of each file of a trial in an archive, by name."""
    with archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile() and "/trials/" in entry.name}


def rows_of(name, errors, records):
    """Returns the rows of a network in long-runs.csv."""
    for update in sorted({*errors, *records}):
        row = [name, str(update), f"{errors[update]:.2f}" if update in errors else ""]
        for column, (_, _, digits) in COLUMNS.items():
            values = records.get(update, {}).get(column, [])
            row += [format(value, digits) for value in values] + [""] * (len(LAYERS) - len(values))
        yield row


def paper_curve(name):
    """Returns the paper's test error of a network by update."""
    with open(CURVES, encoding="utf-8", newline="") as file:
        return {int(row["update"]): float(row["value"]) for row in csv.DictReader(file) if (row["figure"], row["series"]) == ("11", NETWORKS[name][3])}


def merge(committed, measured):
    """Replaces items of the committed results by measured ones; returns the names of those that changed."""
    new, changed = {item["name"]: item for item in measured["items"]}, []
    for k, old in enumerate(committed["items"]):
        item = new[old["name"]]
        if item["name"] == "figure-11":
            item = joined(old, item)
        if item != old and item["agreement"] not in ("notRun", "dataMissing") and decides(item) >= decides(old):
            committed["items"][k] = item
            changed.append(f"{item['name']}: {old['agreement']} -> {item['agreement']}")
    return changed


def decides(item):
    """Returns how many quantities an item decides; less if something was missing."""
    return sum(reading["agreement"] in DECIDED for reading in item["readings"]) - ("is missing" in item["sentence"])


def joined(old, new):
    """Keeps the readings of figure 11 on networks that only the committed results have."""
    def stem(reading):
        return reading["what"].split(", update ")[0]
    def last_errors(item):
        return dict(re.findall(r"(?:: |, )((?:sigmoid, depth \d|[^,:]+?)) (\d+\.\d+ % at [\d,]+\d)", item["sentence"].split("Last test errors")[-1]))
    errors = {**last_errors(old), **last_errors(new)}
    # A network that the folder does not have is "not run" there, whatever the committed results have.
    measured = [reading for reading in new["readings"] if reading["agreement"] != "notRun"]
    readings = list({stem(reading): reading for reading in old["readings"] + measured}.values())
    order = [reading["agreement"] for reading in readings if reading["what"].startswith("pairs of models")]
    numbers = [reading["agreement"] for reading in readings if reading["what"].startswith("test error")]
    # The rule of Judgement.cs, for curves and one order.
    may_hold = "notRun" in order + numbers or {"agreesInOrder", "notReachedYet"} & set(order)
    verdict = ("differs" if "differs" in order or ("differs" in numbers and not may_hold)
        else "notReachedYet" if {"notReachedYet", "notRun"} & set(order + numbers) else "agreesInOrder" if "differs" in numbers else "agreesInNumber")
    within, compared = numbers.count("agreesInNumber"), sum(number in DECIDED for number in numbers)
    start = re.sub(r"\d+ of \d+ curves (is|are)", f"{within} of {compared} curves {'is' if within == 1 else 'are'}", new["sentence"].split("Last test errors")[0])
    sentence = f"{start}Last test errors: {', '.join(f'{name} {error}' for name, error in errors.items())}."
    return {**new, "readings": readings, "sentence": sentence, "agreement": verdict}


def copy_picture(figures, name, target=None, only_last_of=1):
    """Copies a picture; of one with several rows of panels only the last row, if their number is given."""
    with Image.open(os.path.join(figures, f"{name}.png")) as picture:
        top = picture.height * (only_last_of - 1) // only_last_of
        picture.crop((0, top, picture.width, picture.height)).save(os.path.join(HERE, f"{target or name}.png"), optimize=True)


def table_of(curves):
    """Returns the document's first table from our and the paper's curve of each network."""
    def row(head, cells):
        return f"| {' | '.join([head, *cells])} |\n"
    def rounded(error):
        return str(Decimal(str(error)).quantize(Decimal("0.1"), ROUND_HALF_UP))
    lines = row("test error, %", [f"{update:,}" for update in SHOWN]) + f"|---|{'---|' * len(SHOWN)}\n"
    for name, (ours, paper) in curves.items():
        for who, values in (("paper", paper), ("here", ours)):
            lines += row(f"{name}, {who}", [rounded(values[update]) if update in values else "–" for update in SHOWN])
    return lines


def first_update(curve, level):
    """Returns the update at which a curve is first down to a level, read between two of its points after the untrained network's; "-" if it is not."""
    points = sorted(curve.items())
    for (before, high), (after, low) in zip(points, points[1:]):
        if high > level >= low and before == 0:
            return f"{after:,} or before"
        if high > level >= low:
            return f"{before + (after - before) * (high - level) / (high - low):,.0f}"
    return "-"


def describe(name, trial, errors, paper, records):
    """Prints the numbers for the sentences on a network."""
    common = sorted(set(errors) & set(paper))
    apart = {update: errors[update] - paper[update] for update in common}
    late = [update for update in common if update >= 100_000]
    print(f"{name} ({trial.id}): {trial.status}, {trial.updates:,} updates; last test at {max(errors):,}")
    print(f"  within 3 points at {sum(abs(apart[update]) <= 3 for update in late)} of {len(late)} common updates from 100,000 on")
    print("  distances from the paper: " + ", ".join(f"{update:,} {apart[update]:+.1f}" for update in common))
    near = {level: [apart[update] for update in late if abs(paper[update] - level) <= 1] for level in range(65, 10, -3)}
    print("  mean distance while the paper's error is within a point of: "
        + ", ".join(f"{level} % {sum(of) / len(of):+.1f} ({len(of)})" for level, of in near.items() if of))
    last = max(records)
    for column in COLUMNS:
        print(f"  {column} at {last:,}, layer 1 first: {', '.join(f'{value:.4g}' for value in records[last][column])}")
    reached = [next((f"{update:,}" for update in sorted(records) if records[update]["p98"][k] >= 0.9), "-") for k in range(len(records[last]["p98"]))]
    print(f"  layers reach a 98th percentile of 0.9 at {', '.join(reached)}")


def main(folder):
    runs = {name: sonde_reader.open(os.path.join(folder, name)) for name in ("shapeset", "pretraining") if os.path.isdir(os.path.join(folder, name))}
    networks = {(trial.setting["network.activation"], trial.setting["network.init"]) for trial in runs["shapeset"]}
    rows = committed_rows()
    measured_here = set()
    for name, trial in long_runs(runs).items():
        if name in rows and trial.updates < int(rows[name][-1][1]):
            print(f"{name} ({trial.id}): {trial.updates:,} updates are fewer than the {int(rows[name][-1][1]):,} of the table, which stays")
            continue
        errors, records = records_of(trial)
        rows[name] = list(rows_of(name, errors, records))
        measured_here.add(name)
        if trial.status == "done":
            archive(trial, folder_of(name))
        describe(name, trial, errors, paper_curve(name), records)
    head = ["network", "update", "testError", *[f"{column}Layer{i}" for column in COLUMNS for i in LAYERS]]
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *[row for name in NETWORKS for row in rows.get(name, [])]])
    curves = {name: (errors_of(rows[name]), paper_curve(name)) for name in NETWORKS if name in rows}
    for name, of in curves.items():
        for who, curve in zip(("here", "paper"), of):
            print(f"{name}, {who}: down to {', '.join(f'{level} % at {first_update(curve, level)}' for level in LEVELS)}")

    with open(os.path.join(folder, "paper.json"), encoding="utf-8") as file:
        measured = json.load(file)
    target = os.path.join(HERE, f"paper-{measured['scale']}.json")
    with open(target, encoding="utf-8") as file:
        committed = json.load(file)
    print("changed items:", *merge(committed, measured) or ["none"], sep="\n  ")
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(committed, indent=2, ensure_ascii=False) + "\n")

    figures = os.path.join(folder, "figures")
    copy_picture(figures, "figure-11", "figure-11" if measured_here == set(rows) else "figure-11-more")
    for name, needed in PICTURES.items():
        missing = [network for network in needed if network not in measured_here]
        if missing:
            print(f"{name}.png stays: the folder has no {', '.join(missing)} as long as in the table")
        else:
            copy_picture(figures, name, only_last_of=3 if name == "claim-reversal-1" and ("tanh", "normalized") not in networks else 1)

    with open(DOCUMENT, encoding="utf-8") as file:
        text = file.read()
    text, count = re.subn(r"\| test error, % \| 50,000 \|[^\n]*\n(\|[^\n]*\n)+", lambda _: table_of(curves), text, count=1)
    if count == 0:
        sys.exit(f"{DOCUMENT}: expected a table that begins with '| test error, % | 50,000 |', found none. Add one, and run this again.")
    with open(DOCUMENT, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: PYTHONPATH=python python3 docs/reproduction/account.py FOLDER   (FOLDER holds paper.json, figures/ and shapeset/)")
    main(sys.argv[1])
