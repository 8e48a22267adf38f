"""What most Python teams have: FastAPI with a gradient boosted model of scikit-learn, with responses of the Open Inference Protocol.

The model has 100 trees of 31 leaves, and is trained on a seeded synthetic table when a worker starts, which takes some seconds.
Run: python3 fastapi_sklearn.py <number of features> <output> <port> <workers>
"""
import os
import sys

import numpy
import uvicorn
from fastapi import FastAPI, Request

FEATURES, OUTPUT = int(os.environ.get("PEER_FEATURES", "0")), os.environ.get("PEER_OUTPUT", "")
app = FastAPI()


def train():
    from sklearn.ensemble import GradientBoostingClassifier

    random = numpy.random.default_rng(7)
    rows = random.normal(size=(4000, FEATURES)).astype(numpy.float32)
    noise = random.normal(size=4000)
    target = (rows[:, 0] * rows[:, -1] + rows.sum(axis=1) + noise > 1).astype(int)
    return GradientBoostingClassifier(n_estimators=100, max_leaf_nodes=31, max_depth=None).fit(rows, target)


model = train() if FEATURES else None


@app.post("/v2/models/{name}/infer")
async def infer(name: str, request: Request):
    tensor = (await request.json())["inputs"][0]
    rows = numpy.asarray(tensor["data"], dtype=numpy.float32).reshape(tensor["shape"])
    answer = model.predict_proba(rows)[:, 1]
    return {
        "model_name": name,
        "model_version": "1",
        "outputs": [{"name": OUTPUT, "datatype": "FP32", "shape": [len(answer), 1], "data": answer.tolist()}],
    }


if __name__ == "__main__":
    os.environ["PEER_FEATURES"], os.environ["PEER_OUTPUT"] = sys.argv[1:3]
    uvicorn.run(
        "fastapi_sklearn:app", host="127.0.0.1", port=int(sys.argv[3]), workers=int(sys.argv[4]), loop="uvloop", http="httptools", access_log=False, log_level="warning")
