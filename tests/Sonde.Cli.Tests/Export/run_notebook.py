"""Runs a notebook on a run folder, and writes its pictures into a folder: run_notebook NOTEBOOK RUN FOLDER. Fails if a cell does."""

import base64
import os
import sys

import nbclient
import nbformat

path, run, folder = sys.argv[1:]
os.environ["SONDE_RUN"] = os.path.abspath(run)
notebook = nbformat.read(path, as_version=4)
assert all(not cell.get("outputs") for cell in notebook.cells), "the notebook is committed with outputs"
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}}).execute()
os.makedirs(folder, exist_ok=True)
pictures = [output["data"]["image/png"] for cell in notebook.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
warnings = [output["text"] for cell in notebook.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
for number, picture in enumerate(pictures, 1):
    with open(os.path.join(folder, f"{os.path.basename(path)}-{number}.png"), "wb") as file:
        file.write(base64.b64decode(picture))
print(f"{len(pictures)} pictures, {sum(len(base64.b64decode(picture)) > 5000 for picture in pictures)} of them with content{', warnings: ' if warnings else ''}{''.join(warnings)}")
