"""A peer for speed comparisons: scikit-learn's SVC, which is libsvm, on one core as always.

Usage: peer_libsvm.py
Prints what it is. Then each line of JSON on standard input, {"folder", "count", "inputs", "c", "gamma", "tolerance", "cacheMebibytes"}, trains on the
floats of train.f32 and the labels of train.i32 in that folder, and is answered with {"seconds", "processorSeconds", "supportVectors", "predicted"}: the time
of fit alone, by the clock and by the processor, and the classes of test.f32.
"""
import json
import sys
import time

import numpy
import sklearn
from sklearn.svm import SVC

print(sklearn.__version__, flush=True)
for line in sys.stdin:
    task = json.loads(line)
    inputs = numpy.fromfile(task["folder"] + "/train.f32", numpy.float32).reshape(-1, task["inputs"]).astype(float)
    labels = numpy.fromfile(task["folder"] + "/train.i32", numpy.int32)
    test = numpy.fromfile(task["folder"] + "/test.f32", numpy.float32).reshape(-1, task["inputs"]).astype(float)
    count = task["count"]
    svc = SVC(C=task["c"], gamma=task["gamma"], tol=task["tolerance"], cache_size=task["cacheMebibytes"])
    begin, worked = time.perf_counter(), time.process_time()
    svc.fit(inputs[:count], labels[:count])
    seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    predicted = svc.predict(test).tolist()
    print(json.dumps({"seconds": seconds, "processorSeconds": worked, "supportVectors": len(svc.support_), "predicted": predicted}), flush=True)
