"""Lambda functions that run: the `bootstrap` in their zip file as a process, with retries and dead letters as on AWS."""

import base64
import itertools
import json
import queue
import threading
import time
from collections import Counter
from fnmatch import fnmatch
from urllib.parse import unquote

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.responses import LambdaResponse
from moto.awslambda_simple.models import lambda_simple_backends

from background import surviving
from doubles import outcomes
from doubles.execution_environment import ExecutionEnvironment
from doubles.runtime_api import Invocation
from settings import ACCOUNT, Settings

_CUSTOM_RUNTIMES = ("provided.al2023", "provided.al2", "provided")
_WORKERS = 8
_THROTTLED_SECONDS = 0.1


class NoSuchFunction(Exception):
    """An event cannot be passed to a function: the function does not exist, or does not allow it."""


class Functions:
    """Invokes functions, immediately for a caller or later for an event; keeps their environments warm."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._idle: dict[str, list[ExecutionEnvironment]] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._running: Counter[str] = Counter()
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
        """EventBridge may only invoke functions that allow it."""
        for statement in _find(arn).policy.statements:
            principal = statement.get("Principal")
            service = principal.get("Service") if isinstance(principal, dict) else principal
            source = next(iter(statement.get("Condition", {}).values()), {}).get("AWS:SourceArn", rule_arn)
            if service in ("events.amazonaws.com", "*") and fnmatch(rule_arn, source):
                return
        raise NoSuchFunction(f"{arn} has no permission for events.amazonaws.com with the rule's ARN as its source")

    def invoke_later(self, arn: str, payload: bytes) -> None:
        """Invokes with the type Event: retried twice, then sent to the dead-letter queue."""
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
        if invocation is None:
            error = {"Type": "User", "message": "Rate Exceeded.", "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded"}
            return 429, {"status": "429", "x-amzn-ErrorType": "TooManyRequestsException"}, json.dumps(error)
        answer = {"status": "200", "content-type": "application/json", "x-amz-executed-version": "$LATEST"}
        if invocation.failed:
            answer["x-amz-function-error"] = "Unhandled"
        if headers.get("X-Amz-Log-Type") == "Tail":
            answer["x-amz-log-result"] = base64.b64encode(b"see the function's log group").decode()
        return 200, answer, invocation.payload

    def _run(self, function, payload: bytes) -> Invocation | None:
        """Makes one attempt; returns None if the function's reserved concurrency is used up."""
        with self._lock:
            reserved = function.reserved_concurrency
            if reserved is not None and self._running[function.function_arn] >= int(reserved):
                return None
            self._running[function.function_arn] += 1
        try:
            return self._attempt(function, payload)
        finally:
            with self._lock:
                self._running[function.function_arn] -= 1

    def _attempt(self, function, payload: bytes) -> Invocation:
        try:
            environment = self._take(function)
        except Exception as error:
            # A zip file that cannot be unpacked or started is the function's error, which the caller gets.
            broken = Invocation(payload, function.function_arn, time.monotonic())
            broken.fail("Runtime.InvalidEntrypoint", str(error))
            return broken
        invocation = environment.serve(payload)
        outcome = f"failed: {invocation.payload.decode(errors='replace')[:300]}" if invocation.failed else "answered"
        self._settings.says(f"Function {function.function_name}: {outcome}")
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
            with surviving(f"invoking {waiting[0].function_name}"):
                self._serve(*waiting)

    def _serve(self, function, payload: bytes, attempts: int) -> None:
        invocation = self._run(function, payload)
        if invocation is None:
            # Throttled: AWS retries for hours, and does not count it as an attempt.
            self._put_later(_THROTTLED_SECONDS, (function, payload, attempts))
        elif invocation.failed:
            self._retry(function, payload, attempts + 1, invocation)
        else:
            outcomes.succeeded(function, payload, invocation, attempts + 1)

    def _put_later(self, delay: float, waiting: tuple) -> None:
        timer = threading.Timer(delay, self._later.put, (waiting,))
        timer.daemon = True
        timer.start()

    def _retry(self, function, payload: bytes, attempts: int, invocation: Invocation) -> None:
        delays = self._settings.lambda_retry_delays
        allowed = outcomes.event_config(function).get("MaximumRetryAttempts", 2)
        if attempts <= allowed:
            delay = delays[min(attempts, len(delays)) - 1]
            self._put_later(delay, (function, payload, attempts))
            return
        self._settings.says(f"Function {function.function_name}: gave up on an event after {attempts} attempts")
        outcomes.given_up(function, payload, invocation, attempts)


def _find(arn: str):
    try:
        return lambda_simple_backends[ACCOUNT][arn.split(":")[3]].get_function(arn)
    except UnknownFunctionException as missing:
        raise NoSuchFunction(f"{arn} does not exist") from missing
