"""Takes a long run of tanh into the account of docs/reproduction.md.

    sonde paper --scale full --no-training --out runs/paper-full
    PYTHONPATH=python python3 docs/reproduction/account.py runs/paper-full

The folder holds the run folder shapeset, whose trials may still be training. The first command judges every item by what is
recorded and draws the figures. This one then replaces, in docs/reproduction,

    tanh-long.csv           by every record of the network tanh, standard initialization, five hidden layers
    paper-full.json         every item on which the folder decides as much as the committed results, or more; of figure 11 the
                            networks that the folder has
    figure-11-tanh.png, figure-3-tanh.png, figure-4-tanh.png, claim-reversal-1.png
                            without the panels of networks that the folder does not have

and in docs/reproduction.md the first table. It prints the numbers for the sentences, which you write. It needs numpy and Pillow
(on Debian python3-numpy and python3-pil). Then rewrite the table of verdicts, and read the difference:

    SONDE_REWRITE_DOCS=1 dotnet test -c Release --project tests/Sonde.HouseRules
    git diff docs/reproduction.md
"""

import csv
import json
import os
import re
import sys

from PIL import Image

import sonde_reader

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENT = os.path.join(HERE, "..", "reproduction.md")
CURVES = os.path.join(HERE, "..", "..", "src", "Sonde.Paper", "Curves", "paper-curves.csv")
SHORT = [50_000, *range(100_000, 900_000, 100_000)]
LONG = [50_000, 100_000, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000]
DECIDED = "agreesInNumber", "agreesInOrder", "differs"
LAYERS = range(1, 6)


def find_trial(run):
    """Returns the trial of the paper's tanh network that has done the most updates."""
    def is_tanh(trial):
        setting = trial.setting
        return (setting["network.activation"], setting["network.init"], setting["network.hidden"]) == ("tanh", "standard", "1000x5")
    found = [trial for trial in run if is_tanh(trial)]
    if not found:
        sys.exit(f"{run.directory}: expected a trial with the activation tanh, the initialization standard and 1000x5 hidden units, found none.")
    return max(found, key=lambda trial: trial.updates)


def rows_of(trial):
    """Returns the head and the rows of tanh-long.csv."""
    curve, layers = trial.curve, trial.layers
    errors = {int(update): error for update, split, error in zip(curve["update"], curve["split"], curve["error"]) if split == "test"}
    table = {(int(update), int(layer), quantity): (p98, sd)
        for update, layer, quantity, p98, sd in zip(layers["update"], layers["layer"], layers["quantity"], layers["p98"], layers["sd"])}
    recorded = {update for update, layer, quantity in table if (layer, quantity) == (1, "activation")}
    head = ["update", "testError", *[f"p98Layer{i}" for i in LAYERS], *[f"sdLayer{i}" for i in LAYERS], "backpropagatedGradientRatio",
        *[f"weightGradientSdLayer{i}" for i in LAYERS]]
    rows = []
    for update in sorted(recorded | set(errors)):
        row = [str(update), f"{errors[update]:.2f}" if update in errors else ""]
        if update in recorded:
            def sd(layer, quantity):
                return table[update, layer, quantity][1]
            row += [f"{table[update, i, 'activation'][0]:.3f}" for i in LAYERS] + [f"{sd(i, 'activation'):.3f}" for i in LAYERS]
            row += [f"{sd(1, 'backpropagatedGradient') / sd(5, 'backpropagatedGradient'):.2f}"] + [f"{sd(i, 'weightGradient'):.5f}" for i in LAYERS]
        rows.append(row + [""] * (len(head) - len(row)))
    return head, rows, errors


def paper_curve():
    """Returns the paper's test error of tanh by update."""
    with open(CURVES, encoding="utf-8", newline="") as file:
        return {int(row["update"]): float(row["value"]) for row in csv.DictReader(file) if (row["figure"], row["series"]) == ("11", "tanh")}


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
    verdict = ("differs" if "differs" in order or ("differs" in numbers and "agreesInOrder" not in order)
        else "notReachedYet" if {"notReachedYet", "notRun"} & set(order + numbers) else "agreesInOrder" if "differs" in numbers else "agreesInNumber")
    within, compared = numbers.count("agreesInNumber"), sum(number in DECIDED for number in numbers)
    start = re.sub(r"\d+ of \d+ curves (is|are)", f"{within} of {compared} curves {'is' if within == 1 else 'are'}", new["sentence"].split("Last test errors")[0])
    sentence = f"{start}Last test errors: {', '.join(f'{name} {error}' for name, error in errors.items())}."
    return {**new, "readings": readings, "sentence": sentence, "agreement": verdict}


def copy_picture(figures, name, to, rows=1, keep=None):
    """Copies a picture; of one with several rows of panels only the row to keep, if it is not None."""
    with Image.open(os.path.join(figures, f"{name}.png")) as picture:
        top, bottom = (0, picture.height) if keep is None else (picture.height * keep // rows, picture.height * (keep + 1) // rows)
        picture.crop((0, top, picture.width, bottom)).save(os.path.join(HERE, f"{to}.png"), optimize=True)


def table_of(errors, paper):
    """Returns the rows of the document's first table; the last column is the last update that both have."""
    common = set(errors) & set(paper)
    updates = [update for update in (SHORT if max(common) <= SHORT[-1] else LONG) if update in common]
    updates += [] if max(common) in updates else [max(common)]
    def row(head, cells):
        return f"| {' | '.join([head, *cells])} |"
    return "\n".join([row("updates", [f"{update:,}" for update in updates]), f"|---|{'---|' * len(updates)}",
        row("paper, %", [f"{paper[update]:.1f}" for update in updates]), row("here, %", [f"{errors[update]:.1f}" for update in updates])])


def main(folder):
    run = sonde_reader.open(os.path.join(folder, "shapeset"))
    trial, networks = find_trial(run), {(other.setting["network.activation"], other.setting["network.init"]) for other in run}
    head, rows, errors = rows_of(trial)
    with open(os.path.join(HERE, "tanh-long.csv"), "w", encoding="utf-8", newline="\n") as file:
        file.write("".join(",".join(row) + "\n" for row in [head, *rows]))

    with open(os.path.join(folder, "paper.json"), encoding="utf-8") as file:
        measured = json.load(file)
    target = os.path.join(HERE, f"paper-{measured['scale']}.json")
    with open(target, encoding="utf-8") as file:
        committed = json.load(file)
    changed = merge(committed, measured)
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(committed, indent=2, ensure_ascii=False) + "\n")

    figures = os.path.join(folder, "figures")
    upper, ratio = (None if ("softsign", "standard") in networks else 0), (None if ("tanh", "normalized") in networks else 2)
    copy_picture(figures, "figure-11", "figure-11-tanh")
    copy_picture(figures, "figure-3", "figure-3-tanh", 2, upper)
    copy_picture(figures, "figure-4", "figure-4-tanh", 2, upper)
    copy_picture(figures, "claim-reversal-1", "claim-reversal-1", 3, ratio)

    paper = paper_curve()
    with open(DOCUMENT, encoding="utf-8") as file:
        text = file.read()
    text, count = re.subn(r"\| updates \| [^\n]*\n\|[-|]+\n\| paper, % \|[^\n]*\n\| here, % \|[^\n]*", table_of(errors, paper), text, count=1)
    if count == 0:
        sys.exit(f"{DOCUMENT}: expected a table with the rows updates, 'paper, %' and 'here, %', found none. Add one, and run this again.")
    with open(DOCUMENT, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)

    common = sorted(set(errors) & set(paper))
    late = [update for update in common if update >= 100_000]
    apart = {update: errors[update] - paper[update] for update in common}
    print(f"{trial.id}: {trial.status}, {trial.updates:,} updates; last test at {max(errors):,}")
    print(f"within 3 points at {sum(abs(apart[update]) <= 3 for update in late)} of {len(late)} common updates from 100,000 on")
    print("distances from the paper: " + ", ".join(f"{update:,} {apart[update]:+.1f}" for update in common))
    records = [row for row in rows if row[2]]
    reached = [next((f"{int(row[0]):,}" for row in records if float(row[1 + i]) >= 0.9), "-") for i in LAYERS]
    print(f"layers reach a 98th percentile of 0.9 at {', '.join(reached)}; at {int(records[-1][0]):,} it is {', '.join(records[-1][2:7])}")
    print(f"weight gradients, layer 1 over 5 at the end: {float(records[-1][13]) / float(records[-1][17]):.1f}")
    print("changed items:", *changed or ["none"], sep="\n  ")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: PYTHONPATH=python python3 docs/reproduction/account.py FOLDER   (FOLDER holds paper.json, figures/ and shapeset/)")
    main(sys.argv[1])
