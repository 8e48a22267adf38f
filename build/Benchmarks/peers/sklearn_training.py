"""What a Python team would write to train boosted trees: pandas and scikit-learn's HistGradientBoosting.

Prints one line of JSON with the seconds of the fit and the AUC on the holdout.
Run: python3 sklearn_training.py <table.csv> <sides> <id> <label> <trees> <leaves> <rows per leaf>
The file "sides" has a digit for each row: 0 to train on, 2 held out.
"""
import json
import sys
import time

import numpy
import pandas
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

table, sides, identifier, label = sys.argv[1:5]
trees, leaves, rows_per_leaf = map(int, sys.argv[5:8])

data = pandas.read_csv(table)
side = numpy.fromfile(sides, dtype=numpy.uint8) - ord("0")
features = data.drop(columns=[identifier, label]).to_numpy(dtype=numpy.float32)
target = data[label].to_numpy()
del data

model = HistGradientBoostingClassifier(
    max_iter=trees, max_leaf_nodes=leaves, min_samples_leaf=rows_per_leaf, learning_rate=0.1, early_stopping=False, random_state=1)
training, holdout = features[side == 0], features[side == 2]
start = time.perf_counter()
model.fit(training, target[side == 0])
seconds = time.perf_counter() - start
print(json.dumps({"fitSeconds": seconds, "auc": roc_auc_score(target[side == 2], model.predict_proba(holdout)[:, 1])}))
