"""The emulator: patched moto on one loopback port, and the doubles that give effects to its calls."""

import os
import shutil
import tempfile
import threading
from pathlib import Path

# moto reads this when it is imported. Otherwise, its server would accept requests of any page in a browser on this machine, which can start programs.
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"

import moto.backends
from moto.core.models import default_user_config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import patches
import processes
from doubles.events import EventBus
from doubles.functions import Functions
from doubles.model_packages import ModelPackages
from doubles.schedules import Schedules
from doubles.services import Services
from doubles.training_jobs import TrainingJobs
from doubles.tuning_jobs import TuningJobs
from keep_alive import KeepAliveHandler
from load_balancer import LoadBalancer
from request_counts import RequestCounts
from settings import Settings

ADDRESS = "127.0.0.1"


class Emulator:
    """One instance of the emulator. `start` serves until `close`."""

    def __init__(self, port: int = 0, public_port: int = 0, work: Path | None = None, **tuning):
        _configure_moto()
        self._made_work = work is None
        self._work = work or _temporary_folder()
        # Bound before anything is created, so that a port in use is detected first.
        self._application = RequestCounts(DomainDispatcherApplication(create_backend_app))
        self._server = make_server(ADDRESS, port, self._application, threaded=True, request_handler=KeepAliveHandler)
        self.url = f"http://{ADDRESS}:{self._server.server_port}"
        self.settings = Settings(work=self._work, endpoint=self.url, **tuning)
        patches.apply_all()
        functions = Functions(self.settings)
        events = EventBus(functions, self.settings)
        services = Services(self.settings)
        balancer = LoadBalancer(public_port, services.targets)
        self.public_url = f"http://{ADDRESS}:{balancer.port}"
        jobs = TrainingJobs(events, self.settings)
        self._doubles = [functions, events, Schedules(events, self.settings), ModelPackages(events), jobs, TuningJobs(jobs), services, balancer]

    def start(self) -> None:
        for double in self._doubles:
            double.start()
        threading.Thread(target=self._server.serve_forever, name="requests", daemon=True).start()

    def close(self) -> None:
        """Ends every child process, then the server, then deletes the work folder if it was created here."""
        for double in reversed(self._doubles):
            double.close()
        processes.kill_all()
        self._server.shutdown()
        self._server.server_close()
        if self._made_work:
            shutil.rmtree(self._work, ignore_errors=True)


def _configure_moto() -> None:
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "0")
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    # The two modes have separate functions, so this must come before the first of them.
    default_user_config["lambda"] = {"use_docker": False}
    moto.backends.get_backend("lambda")


def _temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="slipway-emulator-"))
