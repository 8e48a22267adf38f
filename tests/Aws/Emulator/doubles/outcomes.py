"""What happens after the last attempt of an event: destinations, and the dead-letter queue of the function."""

import json
import time

import queues
from doubles.runtime_api import Invocation


def succeeded(function, payload: bytes, invocation: Invocation, attempts: int) -> None:
    _tell(function, "OnSuccess", payload, invocation, attempts)


def given_up(function, payload: bytes, invocation: Invocation, attempts: int) -> None:
    """After the last attempt, sends a record to the destination, and the event itself to the dead-letter queue."""
    _tell(function, "OnFailure", payload, invocation, attempts)
    dead_letters = function.kept_settings.get("DeadLetterConfig", {}).get("TargetArn", "")
    if ":sqs:" in dead_letters:
        message = json.loads(invocation.payload or b"{}").get("errorMessage", "")
        why = {"RequestID": invocation.id, "ErrorCode": "200", "ErrorMessage": message[:1024] or "unknown"}
        queues.send(dead_letters, payload.decode(), why)


def event_config(function) -> dict:
    """The function's settings for asynchronous invocations."""
    configs = function.event_invoke_config
    return configs[0].config if configs else {}


def _tell(function, outcome: str, payload: bytes, invocation: Invocation, attempts: int) -> None:
    destination = event_config(function).get("DestinationConfig", {}).get(outcome, {}).get("Destination", "")
    if ":sqs:" not in destination:
        return
    record = {
        "version": "1.0",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "requestContext": {
            "requestId": invocation.id,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted" if invocation.failed else "Success",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(payload),
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            **({"functionError": "Unhandled"} if invocation.failed else {}),
        },
        "responsePayload": json.loads(invocation.payload or b"null"),
    }
    queues.send(destination, json.dumps(record))
