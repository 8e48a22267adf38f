"""What a Python team would write: FastAPI with ONNX Runtime, with responses of the Open Inference Protocol.

With a model, it predicts; with "-" instead, it reads the request and returns a constant, which is as fast as a FastAPI service can be.
Run: python3 fastapi_onnx.py <model.onnx or -> <output> <port> <workers>
"""
import os
import sys

import uvicorn
from fastapi import FastAPI, Request

MODEL, OUTPUT = os.environ.get("PEER_MODEL", "-"), os.environ.get("PEER_OUTPUT", "")
app = FastAPI()

if MODEL == "-":

    def predict(tensor):
        return [tensor["shape"][0], 1], [0.5] * tensor["shape"][0]

else:
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # the workers are the parallelism, as in our server
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])

    def predict(tensor):
        rows = numpy.asarray(tensor["data"], dtype=numpy.float32).reshape(tensor["shape"])
        answer = session.run([OUTPUT], {tensor["name"]: rows})[0]
        return list(answer.shape), answer.ravel().tolist()


@app.post("/v2/models/{model}/infer")
async def infer(model: str, request: Request):
    body = await request.json()
    shape, data = predict(body["inputs"][0])
    return {
        "model_name": model,
        "model_version": "1",
        "outputs": [{"name": OUTPUT, "datatype": "FP32", "shape": shape, "data": data}],
    }


if __name__ == "__main__":
    os.environ["PEER_MODEL"], os.environ["PEER_OUTPUT"] = sys.argv[1:3]
    uvicorn.run("fastapi_onnx:app", host="127.0.0.1", port=int(sys.argv[3]), workers=int(sys.argv[4]), loop="uvloop", http="httptools", access_log=False, log_level="warning")
