"""Child processes that cannot outlive the emulator, and whose output is read line by line."""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The kernel's parent-death signal depends on the thread that forked, not on the process. So one thread that runs as long as
# the emulator starts everything; if the thread of a request did, its child would be killed at the end of the request.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")
_running: set["Child"] = set()
_lock = threading.Lock()


class Child:
    """A running process in its own group. `on_line` receives its output line by line, `on_exit` its exit code, once."""

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str],
        folder: Path,
        on_line: Callable[[str], None],
        on_exit: Callable[[int], None] = lambda code: None,
    ):
        self._on_line, self._on_exit = on_line, on_exit
        self._process = _starter.submit(_start, command, environment, folder).result()
        self.pid = self._process.pid
        self.exit_code: int | None = None
        self.exited = threading.Event()
        with _lock:
            _running.add(self)
        self._reader = threading.Thread(target=self._read, name=f"output of {self.pid}", daemon=True)
        self._reader.start()
        threading.Thread(target=self._wait, name=f"end of {self.pid}", daemon=True).start()

    def terminate(self, grace: float) -> None:
        """Sends SIGTERM, and kills it after the grace period. Returns immediately."""
        self._signal(signal.SIGTERM)
        threading.Thread(target=self._kill_after, args=(grace,), daemon=True).start()

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _kill_after(self, grace: float) -> None:
        if not self.exited.wait(grace):
            self.kill()

    def _signal(self, which: int) -> None:
        try:
            os.killpg(self.pid, which)
        except ProcessLookupError:
            pass  # It has exited in the meantime, which is the purpose of the signal.

    def _read(self) -> None:
        with self._process.stdout as lines:
            for line in lines:
                self._on_line(line.rstrip("\n"))

    def _wait(self) -> None:
        # The process stays a zombie until its group has ended, so that the group's number cannot be reused.
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        self.kill()
        code = self._process.wait()
        self._reader.join()
        with _lock:
            _running.discard(self)
        # As in a shell and in Docker: 137 for a process that was killed.
        self.exit_code = 128 - code if code < 0 else code
        self.exited.set()
        self._on_exit(self.exit_code)


def _start(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen:
    folder.mkdir(parents=True, exist_ok=True)
    guard = shutil.which("setpriv")
    return subprocess.Popen(
        [guard, "--pdeathsig", "KILL", "--", *command] if guard else command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        process_group=0,
    )


def kill_all() -> None:
    """Ends every child process; the last action of the emulator."""
    with _lock:
        left = list(_running)
    for child in left:
        child.kill()
    for child in left:
        child.exited.wait(5)
