"""An execution environment of a Lambda function: its unpacked zip file runs as a process and handles one event at a time."""

import io
import time
import zipfile
from pathlib import Path

from doubles.runtime_api import Invocation, RuntimeApi
from logs import LogStream
from processes import Child
from settings import Settings


class ExecutionEnvironment:
    """Starts with the first event and handles more until its process ends or a timeout kills it."""

    def __init__(self, function, folder: Path, settings: Settings, number: int):
        self.version = (function.code_sha_256, function.last_modified, str(function.environment_vars), function.timeout)
        self._function, self._settings = function, settings
        day = time.strftime("%Y/%m/%d", time.gmtime())
        log = getattr(function, "kept_settings", {}).get("LoggingConfig", {}).get("LogGroup") or function.logs_group_name
        self._log = LogStream(function.region, log, f"{day}/[$LATEST]{function.code_sha_256[:6].encode().hex()}{number:020x}")
        self._current: Invocation | None = None
        self._closed = False
        self._api = RuntimeApi()
        self._child = self._start(folder)

    @property
    def alive(self) -> bool:
        # A process that was killed is there for a moment longer, and must not get the next event.
        return not self._closed and not self._child.exited.is_set()

    def serve(self, payload: bytes) -> Invocation:
        """Handles one event until there is a response, an error, the end of the process or the function's timeout."""
        started = time.monotonic()
        ready = self._wait_for_start()
        invocation = Invocation(payload, self._function.function_arn, time.monotonic() + self._function.timeout)
        self._current = invocation
        self._log.write(f"START RequestId: {invocation.id} Version: $LATEST")
        if not ready:
            self._fail_start(invocation)
        else:
            self._api.hand_over(invocation)
            if not self.alive:
                self._ended(self._child.exit_code)
            if not invocation.done.wait(self._function.timeout):
                late = f"Task timed out after {self._function.timeout:.2f} seconds"
                invocation.fail("Sandbox.Timedout", f"RequestId: {invocation.id} Error: {late}")
                self.close()
        milliseconds = (time.monotonic() - started) * 1000
        self._log.write(f"END RequestId: {invocation.id}")
        memory = f"Memory Size: {self._function.memory_size} MB"
        self._log.write(f"REPORT RequestId: {invocation.id}\tDuration: {milliseconds:.2f} ms\t{memory}")
        if invocation.failed:
            self._log.write(f"{invocation.id} {invocation.payload.decode(errors='replace')}")
        return invocation

    def close(self) -> None:
        self._closed = True
        self._api.close()
        self._child.kill()

    def _wait_for_start(self) -> bool:
        end = time.monotonic() + self._settings.lambda_start_timeout
        while time.monotonic() < end and self.alive and not self._api.init_error:
            if self._api.asked.wait(0.05):
                return True
        return False

    def _fail_start(self, invocation: Invocation) -> None:
        if self._api.init_error:
            invocation.finish(self._api.init_error, failed=True)
        elif not self.alive:
            self._current = invocation
            self._ended(self._child.exit_code)
        else:
            invocation.fail("Sandbox.Timedout", f"RequestId: {invocation.id} Error: the runtime did not request an event")
        self.close()

    def _ended(self, code: int | None) -> None:
        current = self._current
        if current is not None:
            current.fail("Runtime.ExitError", f"RequestId: {current.id} Error: Runtime exited with error: exit status {code}")

    def _start(self, folder: Path) -> Child:
        task = folder / "task"
        with zipfile.ZipFile(io.BytesIO(self._function.code_bytes)) as archive:
            archive.extractall(task)
        bootstrap = task / "bootstrap"
        if not bootstrap.exists():
            raise FileNotFoundError(f"the zip of {self._function.function_name} has no file 'bootstrap' at its root")
        for file in task.rglob("*"):
            file.chmod(0o755)  # A zip file from another system may not contain the permission to execute.
        environment = self._settings.child_environment(self._function.region, folder) | {
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            "AWS_LAMBDA_FUNCTION_NAME": self._function.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self._function.memory_size),
            "AWS_LAMBDA_LOG_GROUP_NAME": self._log.group,
            "AWS_LAMBDA_LOG_STREAM_NAME": self._log.stream,
            "LAMBDA_TASK_ROOT": str(task),
            "_HANDLER": self._function.handler or "bootstrap",
        }
        environment |= self._function.environment_vars
        return Child([str(bootstrap)], environment, task, self._log.write, self._ended)
