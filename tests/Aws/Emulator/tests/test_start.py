import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import uuid
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parents[1]


class Start(unittest.TestCase):
    def start(self, *arguments: str) -> tuple[subprocess.Popen, str]:
        process = subprocess.Popen(
            [sys.executable, str(ROOT), "--port=0", "--public-port=0", *arguments], stdout=subprocess.PIPE, text=True
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        for line in process.stdout:
            if line.startswith("Emulator ready: "):
                return process, line.removeprefix("Emulator ready: ").strip()
        self.fail("it ended before it was ready")

    def run_a_task(self, url: str) -> int:
        """Starts an ECS task and returns the process id that it reports."""
        def client(service):
            return boto3.client(service, region_name="eu-west-1", endpoint_url=url, aws_access_key_id="a", aws_secret_access_key="b")

        folder = Path(tempfile.mkdtemp())
        script, told = folder / "run", folder / "pid"
        script.write_text(f"#!/bin/sh\necho $$ > {told}.new; mv {told}.new {told}\nexec sleep 100\n")
        script.chmod(0o755)
        name = f"t{uuid.uuid4().hex[:8]}"
        client("ecr").create_repository(repositoryName=name)
        manifest = f'{{"mediaType": "application/vnd.oci.image.manifest.v1+json", "annotations": {{"dev.slipway.entry.default": "{script}"}}}}'
        client("ecr").put_image(repositoryName=name, imageManifest=manifest, imageTag="a")
        client("ecs").create_cluster(clusterName=name)
        client("ecs").register_task_definition(family=name, containerDefinitions=[{"name": "a", "image": f"{name}:a", "memory": 64}])
        client("ecs").run_task(cluster=name, taskDefinition=name)
        end = time.monotonic() + 10
        while not told.exists():
            self.assertLess(time.monotonic(), end, "the task did not start")
            time.sleep(0.02)
        return int(told.read_text())

    def ends(self, pid: int) -> None:
        end = time.monotonic() + 10
        while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
            self.assertLess(time.monotonic(), end, f"process {pid} outlived the emulator")
            time.sleep(0.02)

    def test_takes_its_children_and_its_folder_along_when_asked_to_end(self):
        process, url = self.start()
        pid = self.run_a_task(url)
        folder = Path(os.readlink(f"/proc/{pid}/cwd"))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(0, process.wait(15))
        self.ends(pid)
        self.assertFalse(folder.exists())

    def test_ends_whichever_thread_is_told_to(self):
        process, _ = self.start()
        others = [thread for thread in map(int, os.listdir(f"/proc/{process.pid}/task")) if thread != process.pid]
        self.assertGreater(len(others), 3)
        # the kernel chooses a thread of the process; here the test does
        self.assertEqual(0, ctypes.CDLL(None).tgkill(process.pid, others[-1], signal.SIGTERM))
        self.assertEqual(0, process.wait(15))

    def test_takes_its_children_along_when_it_is_killed(self):
        process, url = self.start()
        pid = self.run_a_task(url)
        process.kill()
        process.wait(15)
        self.ends(pid)

    def test_keeps_a_folder_that_it_was_given(self):
        with tempfile.TemporaryDirectory() as work:
            process, _ = self.start(f"--work={work}")
            process.send_signal(signal.SIGTERM)
            process.wait(15)
            self.assertTrue(Path(work).exists())

    def test_says_that_a_port_is_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            for arguments in ((f"--port={port}", "--public-port=0"), ("--port=0", f"--public-port={port}")):
                ended = subprocess.run([sys.executable, str(ROOT), *arguments], capture_output=True, text=True, timeout=30)
                self.assertEqual(1, ended.returncode)
                self.assertIn("in use", ended.stderr)
                self.assertNotIn("Traceback", ended.stderr)

    def test_says_how_to_install_what_is_missing(self):
        # Without site-packages, moto is not installed.
        ended = subprocess.run([sys.executable, "-S", str(ROOT)], capture_output=True, text=True, timeout=30)
        self.assertEqual(1, ended.returncode)
        self.assertIn("pip install 'moto[server]", ended.stderr)


if __name__ == "__main__":
    unittest.main()
