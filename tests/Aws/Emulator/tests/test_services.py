import json
import unittest
import urllib.request
from urllib.error import HTTPError

from tests.harness import REGION, EmulatorTest

# Serves its environment over HTTP, and prints a line when it is stopped.
SERVER = """#!/usr/bin/env python3
import http.server, json, os, signal, sys, urllib.request
def end(*_):
    print("asked to end", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
host, port = os.environ["URL"].removeprefix("http://").split(":")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        about = os.environ["ECS_CONTAINER_METADATA_URI_V4"]
        told = {"env": dict(os.environ), "words": sys.argv[1:],
                "container": json.load(urllib.request.urlopen(about)), "task": json.load(urllib.request.urlopen(about + "/task"))}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer((host, int(port)), Handler)
print("listening on", host, flush=True)
server.serve_forever()
"""
CRASH = "#!/bin/sh\necho crashing\nexit 5\n"
RUNS = "#!/bin/sh\nexec sleep 60\n"


class Services(EmulatorTest):
    def setUp(self) -> None:
        super().setUp()
        self.ecs = self.client("ecs")
        self.ecs.create_cluster(clusterName=self.name)
        self.client("logs").create_log_group(logGroupName=f"/ecs/{self.name}")

    def definition(self, image: str, **container) -> str:
        options = {"awslogs-group": f"/ecs/{self.name}", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}
        definition = {"name": "server", "image": image, "logConfiguration": {"logDriver": "awslogs", "options": options}}
        return self.ecs.register_task_definition(
            family=self.name, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
            containerDefinitions=[definition | container],
        )["taskDefinition"]["taskDefinitionArn"]

    def script_image(self, text: str) -> str:
        return self.image(serve=self.script(f"serve{abs(hash(text))}", text))

    def service(self, definition: str, desired: int = 1, **settings) -> None:
        breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
        request = {"deploymentConfiguration": breaker, "launchType": "FARGATE"} | settings
        self.addCleanup(self.end)
        self.ecs.create_service(cluster=self.name, serviceName="web", taskDefinition=definition, desiredCount=desired, **request)

    def end(self) -> None:
        if self.described()["status"] == "ACTIVE":
            self.ecs.delete_service(cluster=self.name, service="web", force=True)

    def update(self, **changes) -> None:
        self.ecs.update_service(cluster=self.name, service="web", **changes)

    def described(self) -> dict:
        return self.ecs.describe_services(cluster=self.name, services=["web"])["services"][0]

    def primary(self) -> dict:
        return next(one for one in self.described()["deployments"] if one["status"] == "PRIMARY")

    def completed(self, definition: str) -> dict:
        def done():
            primary = self.primary()
            return primary["rolloutState"] == "COMPLETED" and primary["taskDefinition"] == definition and primary

        return self.eventually(done, "the deployment")

    def tasks(self, status: str = "RUNNING") -> list[dict]:
        arns = self.ecs.list_tasks(cluster=self.name, serviceName="web", desiredStatus=status)["taskArns"]
        return self.ecs.describe_tasks(cluster=self.name, tasks=arns)["tasks"] if arns else []

    def says(self, words: str) -> bool:
        return any(words in event["message"] for event in self.described()["events"])

    def test_runs_a_task_with_its_environment_secrets_and_address(self):
        secret = self.client("secretsmanager").create_secret(Name=self.name, SecretString='{"key": "hush"}')["ARN"]
        self.client("ssm").put_parameter(Name=f"/{self.name}", Value="told", Type="String")
        image = self.script_image(SERVER)
        self.service(self.definition(
            image, command=["serve", "--now"], environment=[{"name": "URL", "value": "http://0.0.0.0:8080"}],
            secrets=[{"name": "KEY", "valueFrom": f"{secret}:key::"}, {"name": "PARAMETER", "valueFrom": f"arn:aws:ssm:{REGION}:123456789012:parameter/{self.name}"}],
        ))
        self.eventually(lambda: self.tasks() and self.tasks()[0]["lastStatus"] == "RUNNING", "a running task")
        task = self.tasks()[0]
        address = task["attachments"][0]["details"][0]["value"]
        self.assertRegex(address, r"^127\.\d+\.")
        self.eventually(lambda: f"listening on {address}" in self.log_lines(f"/ecs/{self.name}"), "the server")
        told = json.load(urllib.request.urlopen(f"http://{address}:8080/"))
        self.assertEqual(["serve", "--now"], told["words"])
        self.assertEqual(("hush", "told"), (told["env"]["KEY"], told["env"]["PARAMETER"]))
        self.assertEqual(self.emulator.url, told["env"]["AWS_ENDPOINT_URL"])
        self.assertEqual([address], told["container"]["Networks"][0]["IPv4Addresses"])
        self.assertEqual((task["taskArn"], self.name), (told["task"]["TaskARN"], told["task"]["Family"]))
        self.assertEqual(image.split("@")[1], task["containers"][0]["imageDigest"])

    def test_replaces_the_old_tasks_only_when_the_new_ones_run(self):
        old = self.definition(self.script_image(SERVER), command=["serve"], environment=[{"name": "URL", "value": "http://0.0.0.0:8080"}])
        self.service(old, desired=2)
        self.completed(old)
        before = {task["taskArn"] for task in self.tasks()}
        listening = lambda: sum(line.startswith("listening") for line in self.log_lines(f"/ecs/{self.name}"))
        self.eventually(lambda: listening() == 2, "both servers, which can be asked to end only now")
        new = self.definition(self.script_image(RUNS), command=["serve"])
        self.update(taskDefinition=new)
        self.assertEqual((old, "ACTIVE"), next((d["taskDefinition"], d["status"]) for d in self.described()["deployments"] if d["status"] == "ACTIVE"))
        self.completed(new)
        self.assertTrue(before.isdisjoint({task["taskArn"] for task in self.tasks()}))
        self.eventually(lambda: self.log_lines(f"/ecs/{self.name}").count("asked to end") == 2, "two orderly ends")
        self.assertTrue(self.says("has reached a steady state."))
        self.assertTrue(self.says("has started 2 tasks: (task "))

    def test_rolls_a_crashing_deployment_back(self):
        good, bad = self.definition(self.script_image(RUNS), command=["serve"]), self.definition(self.script_image(CRASH), command=["serve"])
        self.service(good)
        self.completed(good)
        task = self.tasks()[0]["taskArn"]
        self.update(taskDefinition=bad)
        failed = self.eventually(
            lambda: next((d for d in self.described()["deployments"] if d["rolloutState"] == "FAILED"), None), "the failure"
        )
        self.assertEqual("ECS deployment circuit breaker: tasks failed to start.", failed["rolloutStateReason"])
        self.assertGreaterEqual(failed["failedTasks"], 3)
        self.assertIn("rolling back", self.completed(good) and self.described()["events"].__repr__())
        self.assertEqual(task, self.tasks()[0]["taskArn"])
        stopped = [one for one in self.tasks("STOPPED") if one["taskDefinitionArn"] == bad][0]
        self.assertEqual("Essential container in task exited", stopped["stoppedReason"])
        self.assertEqual(("EssentialContainerExited", 5), (stopped["stopCode"], stopped["containers"][0]["exitCode"]))

    def test_keeps_trying_without_a_circuit_breaker(self):
        self.service(self.definition(self.script_image(CRASH), command=["serve"]), deploymentConfiguration={})
        self.eventually(lambda: self.primary()["failedTasks"] >= 4, "four failures")
        self.assertEqual("IN_PROGRESS", self.primary()["rolloutState"])

    def test_fails_for_an_image_that_is_not_there(self):
        self.script_image(RUNS)
        unknown = self.script_image(CRASH)[:-4] + "0000"
        self.service(self.definition(unknown, command=["serve"]))
        self.eventually(lambda: self.primary()["rolloutState"] == "FAILED", "the failure")
        stopped = self.tasks("STOPPED")[0]
        self.assertIn("CannotPullContainerError", stopped["stoppedReason"])
        self.assertEqual("TaskFailedToStart", stopped["stopCode"])

    def test_fails_for_a_secret_that_is_not_there(self):
        missing = [{"name": "KEY", "valueFrom": f"arn:aws:secretsmanager:{REGION}:123456789012:secret:nothing-AbCdEf"}]
        self.service(self.definition(self.script_image(RUNS), command=["serve"], secrets=missing))
        stopped = self.eventually(lambda: self.tasks("STOPPED"), "the failure")[0]
        self.assertIn("ResourceInitializationError: unable to pull secrets", stopped["stoppedReason"])

    def test_replaces_a_task_that_ends(self):
        self.service(arn := self.definition(self.script_image(RUNS), command=["serve"]))
        self.completed(arn)
        first = self.tasks()[0]["taskArn"]
        self.ecs.stop_task(cluster=self.name, task=first, reason="because")
        self.eventually(lambda: [t for t in self.tasks() if t["taskArn"] != first and t["lastStatus"] == "RUNNING"], "another task")
        self.assertEqual("because", self.tasks("STOPPED")[0]["stoppedReason"])

    def test_waits_for_the_health_check(self):
        flag = self.folder / "well"
        check = self.script("check", f"#!/bin/sh\ntest -f {flag}\n")
        image = self.image(serve=self.script("serve", RUNS), check=check)
        health = {"command": ["CMD", "check"], "interval": 30, "retries": 3}
        self.service(arn := self.definition(image, command=["serve"], healthCheck=health))
        self.eventually(lambda: self.tasks() and self.tasks()[0]["lastStatus"] == "RUNNING", "a running task")
        self.assertEqual(("UNKNOWN", "IN_PROGRESS"), (self.tasks()[0]["healthStatus"], self.primary()["rolloutState"]))
        flag.touch()
        self.completed(arn)
        self.assertEqual("HEALTHY", self.tasks()[0]["healthStatus"])

    def test_replaces_a_task_whose_health_check_fails(self):
        image = self.image(serve=self.script("serve", RUNS))
        health = {"command": ["CMD-SHELL", "exit 1"], "interval": 1, "retries": 1}
        self.service(self.definition(image, command=["serve"], healthCheck=health))
        self.eventually(lambda: self.says("failed container health checks"), "the complaint")

    def test_scales_down_to_nothing_and_up_again(self):
        self.service(arn := self.definition(self.script_image(RUNS), command=["serve"]), desired=0)
        self.completed(arn)
        self.assertEqual(0, self.described()["runningCount"])
        self.update(desiredCount=2)
        self.eventually(lambda: self.described()["runningCount"] == 2, "two tasks")
        self.update(desiredCount=0)
        self.eventually(lambda: self.described()["runningCount"] == 0, "no tasks")

    def test_answers_at_the_public_address(self):
        with self.assertRaises(HTTPError) as refused:
            urllib.request.urlopen(self.emulator.public_url)
        self.assertEqual(503, refused.exception.code)
        definition = self.definition(self.script_image(SERVER), command=["serve"], environment=[{"name": "URL", "value": "http://0.0.0.0:8080"}])
        balancer = {"targetGroupArn": self.target_group(), "containerName": "server", "containerPort": 8080}
        self.service(definition, desired=2, loadBalancers=[balancer])
        self.completed(definition)
        told = [json.load(urllib.request.urlopen(self.emulator.public_url)) for _ in range(2)]
        self.assertEqual(2, len({one["task"]["TaskARN"] for one in told}))

    def test_answers_for_a_gateway_without_a_load_balancer(self):
        definition = self.definition(
            self.script_image(SERVER), name="gateway", command=["serve"], portMappings=[{"containerPort": 8080}],
            environment=[{"name": "URL", "value": "http://0.0.0.0:8080"}],
            healthCheck={"command": ["CMD", self.script("ask", "#!/bin/sh\nexec python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1])' $1\n"), "http://127.0.0.1:8080/"]},
        )
        self.service(definition)
        self.completed(definition)
        self.assertEqual(200, urllib.request.urlopen(self.emulator.public_url).status)

    def test_refuses_a_service_that_exists(self):
        arn = self.definition(self.script_image(RUNS), command=["serve"])
        self.service(arn)
        with self.assertRaisesRegex(self.ecs.exceptions.InvalidParameterException, "not idempotent"):
            self.service(arn)

    def target_group(self) -> str:
        vpc = self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        return self.client("elbv2").create_target_group(
            Name=self.name, Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip", HealthCheckPath="/",
        )["TargetGroups"][0]["TargetGroupArn"]


if __name__ == "__main__":
    unittest.main()
