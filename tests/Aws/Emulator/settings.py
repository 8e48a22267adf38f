"""The settings of the emulator, and the environment of the processes that it starts."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNT = "123456789012"

# The part of the caller's environment that child processes get: enough to find programs, nothing that configures them.
_INHERITED = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "LD_LIBRARY_PATH",
    "DOTNET_ROOT",
    "DOTNET_ROLL_FORWARD",
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
)


@dataclass
class Settings:
    """The settings of one instance. Times are in seconds; AWS's delays are shortened, never omitted."""

    work: Path
    endpoint: str
    lambda_retry_delays: tuple[float, ...] = (0.2, 0.4)
    lambda_start_timeout: float = 60.0
    longest_health_interval: float = 1.0
    longest_schedule_interval: float = 20.0
    settling: float = 1.0
    failed_deployment_shown: float = 20.0
    stop_training_grace: float = 120.0
    says: Callable[[str], None] = field(default=lambda line: print(line, flush=True))

    def child_environment(self, region: str, folder: Path) -> dict[str, str]:
        """The environment of everything that runs "on AWS": the region, the role's keys, and a separate home folder."""
        (folder / "tmp").mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return _dotnet() | kept | {
            "HOME": str(folder),
            "TMPDIR": str(folder / "tmp"),
            # The runtime's diagnostics socket would need a short TMPDIR.
            "DOTNET_EnableDiagnostics": "0",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "emulator",
            "AWS_SECRET_ACCESS_KEY": "emulator",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def _dotnet() -> dict[str, str]:
    # Where an executable finds the shared runtime; `dotnet` itself would find it by its own location.
    found = shutil.which("dotnet")
    return {"DOTNET_ROOT": str(Path(found).resolve().parent)} if found else {}
