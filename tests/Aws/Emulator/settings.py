"""What the emulator is told when it starts, and what it tells everything that it starts."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNT = "123456789012"

# What a child process sees of the caller's environment: enough to find programs, nothing that configures them.
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
    """One start of the emulator. Seconds everywhere; AWS's own waits are shortened, never left out."""

    work: Path
    endpoint: str
    lambda_retry_delays: tuple[float, ...] = (0.2, 0.4)
    lambda_start_timeout: float = 60.0
    longest_health_interval: float = 1.0
    settling: float = 1.0
    failed_deployment_shown: float = 20.0
    stop_training_grace: float = 120.0
    says: Callable[[str], None] = field(default=lambda line: print(line, flush=True))

    def child_environment(self, region: str, folder: Path) -> dict[str, str]:
        """The environment of everything that runs "on AWS": its region, its role's keys, a home of its own."""
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
    # An executable that needs the shared runtime looks for it here; `dotnet` itself would find it by its own place.
    found = shutil.which("dotnet")
    return {"DOTNET_ROOT": str(Path(found).resolve().parent)} if found else {}
