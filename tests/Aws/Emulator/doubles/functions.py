"""Lambda functions that run: their zip's `bootstrap` as a process, with retries and dead letters as AWS does them."""

import base64
import itertools
import json
import queue
import threading
import time
from fnmatch import fnmatch
from urllib.parse import unquote

from moto.awslambda.responses import LambdaResponse
from moto.awslambda_simple.models import lambda_simple_backends
from moto.awslambda.exceptions import UnknownFunctionException

import queues
from doubles.execution_environment import ExecutionEnvironment
from doubles.runtime_api import Invocation
from settings import ACCOUNT, Settings

_CUSTOM_RUNTIMES = ("provided.al2023", "provided.al2", "provided")
_WORKERS = 8


class NoSuchFunction(Exception):
    """An event cannot be given to a function: it is not there, or not allowed."""


class Functions:
    """Invokes functions, at once for a caller or later for an event; keeps their environments warm."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._idle: dict[str, list[ExecutionEnvironment]] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._later: queue.Queue = queue.Queue(maxsize=10_000)
        invoke_in_moto = LambdaResponse.invoke

        def invoke(response):
            name = unquote(response.path.rsplit("/", 2)[-2])
            function = response.backend.get_function(name, response._get_param("Qualifier"))
            if function.run_time not in _CUSTOM_RUNTIMES:
                return invoke_in_moto(response)
            return self._answer(function, response.headers, response.body)

        LambdaResponse.invoke = invoke

    def start(self) -> None:
        for number in range(_WORKERS):
            threading.Thread(target=self._work, name=f"functions {number}", daemon=True).start()

    def close(self) -> None:
        for _ in range(_WORKERS):
            self._later.put(None)
        with self._lock:
            environments = [one for idle in self._idle.values() for one in idle]
        for environment in environments:
            environment.close()

    def demand_permission(self, arn: str, rule_arn: str) -> None:
        """EventBridge may only invoke what allows it to."""
        for statement in _find(arn).policy.statements:
            principal = statement.get("Principal")
            service = principal.get("Service") if isinstance(principal, dict) else principal
            source = next(iter(statement.get("Condition", {}).values()), {}).get("AWS:SourceArn", rule_arn)
            if service in ("events.amazonaws.com", "*") and fnmatch(rule_arn, source):
                return
        raise NoSuchFunction(f"{arn} has no permission for events.amazonaws.com with the rule's ARN as its source")

    def invoke_later(self, arn: str, payload: bytes) -> None:
        """As an invocation of the type Event: retried twice, then a dead letter."""
        self._later.put((_find(arn), payload, 0))

    def _answer(self, function, headers, body):
        kind = headers.get("X-Amz-Invocation-Type", "RequestResponse")
        payload = body.encode() if isinstance(body, str) else body or b"{}"
        if kind == "DryRun":
            return 204, {"status": "204"}, ""
        if kind == "Event":
            self._later.put((function, payload, 0))
            return 202, {"status": "202"}, ""
        invocation = self._run(function, payload)
        answer = {"status": "200", "content-type": "application/json", "x-amz-executed-version": "$LATEST"}
        if invocation.failed:
            answer["x-amz-function-error"] = "Unhandled"
        if headers.get("X-Amz-Log-Type") == "Tail":
            answer["x-amz-log-result"] = base64.b64encode(b"see the function's log group").decode()
        return 200, answer, invocation.payload

    def _run(self, function, payload: bytes) -> Invocation:
        try:
            environment = self._take(function)
        except Exception as error:
            # A zip that cannot be unpacked or started is the function's own error, and its caller is told so.
            broken = Invocation(payload, function.function_arn, time.monotonic())
            broken.fail("Runtime.InvalidEntrypoint", str(error))
            return broken
        invocation = environment.serve(payload)
        self._settings.says(f"Function {function.function_name}: {'failed: ' + invocation.payload.decode(errors='replace')[:300] if invocation.failed else 'answered'}")
        with self._lock:
            if environment.alive:
                self._idle.setdefault(function.function_arn, []).append(environment)
        return invocation

    def _take(self, function) -> ExecutionEnvironment:
        number = next(self._numbers)
        folder = self._settings.work / "functions" / f"{function.function_name}-{number}"
        fresh = (function.code_sha_256, function.last_modified, str(function.environment_vars), function.timeout)
        with self._lock:
            idle = self._idle.get(function.function_arn, [])
            while idle:
                environment = idle.pop()
                if environment.alive and environment.version == fresh:
                    return environment
                environment.close()
        return ExecutionEnvironment(function, folder, self._settings, number)

    def _work(self) -> None:
        while (waiting := self._later.get()) is not None:
            function, payload, attempt = waiting
            invocation = self._run(function, payload)
            if invocation.failed:
                self._retry(function, payload, attempt + 1, invocation)
            else:
                _tell_destination(function, "OnSuccess", payload, invocation, attempt + 1)

    def _retry(self, function, payload: bytes, attempts: int, invocation: Invocation) -> None:
        delays = self._settings.lambda_retry_delays
        allowed = _event_config(function).get("MaximumRetryAttempts", 2)
        if attempts <= allowed:
            delay = delays[min(attempts, len(delays)) - 1]
            timer = threading.Timer(delay, self._later.put, ((function, payload, attempts),))
            timer.daemon = True
            timer.start()
            return
        self._settings.says(f"Function {function.function_name}: gave up an event after {attempts} attempts")
        _tell_destination(function, "OnFailure", payload, invocation, attempts)
        dead_letters = function.kept_settings.get("DeadLetterConfig", {}).get("TargetArn", "")
        if ":sqs:" in dead_letters:
            message = json.loads(invocation.payload or b"{}").get("errorMessage", "")
            queues.send(dead_letters, payload.decode(), {"RequestID": invocation.id, "ErrorCode": "200", "ErrorMessage": message[:1024] or "?"})


def _tell_destination(function, outcome: str, payload: bytes, invocation: Invocation, attempts: int) -> None:
    destination = _event_config(function).get("DestinationConfig", {}).get(outcome, {}).get("Destination", "")
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


def _event_config(function) -> dict:
    configs = function.event_invoke_config
    return configs[0].config if configs else {}


def _find(arn: str):
    try:
        return lambda_simple_backends[ACCOUNT][arn.split(":")[3]].get_function(arn)
    except UnknownFunctionException as missing:
        raise NoSuchFunction(f"{arn} does not exist") from missing
