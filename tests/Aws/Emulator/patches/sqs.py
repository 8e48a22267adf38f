"""SQS: returns RedrivePolicy as compact JSON, as AWS does, so that comparing strings finds no difference."""

import json

from moto.sqs.models import Queue


def apply() -> None:
    attributes = Queue.attributes.fget

    def compact(self):
        result = attributes(self)
        if result.get("RedrivePolicy"):
            result["RedrivePolicy"] = json.dumps(json.loads(result["RedrivePolicy"]), separators=(",", ":"))
        return result

    Queue.attributes = property(compact)
