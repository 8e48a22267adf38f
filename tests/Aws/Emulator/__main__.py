"""`python3 tests/Aws/Emulator [--port=5055] [--public-port=8090] [--work=<folder>]`

Hosts the emulated AWS: moto, with additions for what it lacks, and doubles that run training jobs, tasks and functions as
processes on this machine. It listens on loopback only, keeps its state in memory, and ends with SIGTERM or Ctrl+C.
"""

import argparse
import signal
import socket
import sys
from importlib.metadata import version
from pathlib import Path

_MOTO = "5.2.1"
_ENDING = (signal.SIGTERM, signal.SIGINT)
_HOW = f"Install it with: python3 -m pip install 'moto[server]=={_MOTO}'"


def main() -> int:
    arguments = _arguments()
    try:
        from host import Emulator
    except ModuleNotFoundError as missing:
        return _fail(f"The Python package '{missing.name}' is missing; the emulator is built on moto. {_HOW}")
    try:
        emulator = Emulator(arguments.port, arguments.public_port, arguments.work)
    except (OSError, SystemExit):
        # Werkzeug exits the process if a port is taken.
        ports = f"Port {arguments.port} (--port) or {arguments.public_port} (--public-port)"
        return _fail(f"{ports} of 127.0.0.1 is in use. Stop the process that uses it, or pass 0 for a free port.")
    if (found := version("moto")) != _MOTO:
        print(f"moto {found} is installed, but the emulator was written for {_MOTO}, which may lack other things. {_HOW}", file=sys.stderr)
    asked_to_end = _signals(*_ENDING)
    emulator.start()
    print(f"Load balancer: {emulator.public_url}", flush=True)
    print(f"Emulator ready: {emulator.url}", flush=True)
    asked_to_end.recv(1)
    # A second signal ends the process immediately; its children end with it.
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    emulator.close()
    print("Emulator stopped", flush=True)
    return 0


def _signals(*numbers: int) -> socket.socket:
    """Returns a socket that becomes readable when one of these signals arrives.

    The kernel may deliver a signal to any thread, but Python runs its handler only in the main thread, and only while that is
    executing Python code. If the main thread waits for a lock, the handler would not run; but the thread that received the
    signal writes to the socket.
    """
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    signal.set_wakeup_fd(writing.detach(), warn_on_full_buffer=False)  # open until the end
    for number in numbers:
        signal.signal(number, lambda *_: None)
    return reading


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--port", type=_port, default=5055, help="port of the AWS endpoint; 0 takes a free one")
    parser.add_argument("--public-port", type=_port, default=8090, help="port of the load balancer; 0 takes a free one")
    parser.add_argument("--work", type=Path, help="folder for everything that runs; a temporary one by default")
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port; ports are from 0 to 65535")
    return int(text)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
