import json
import unittest

from tests.harness import REGION, EmulatorTest, zipped

# Returns its input, fails for {"poison": ...}, and never ends for {"slow": ...}.
BOOTSTRAP = """#!/usr/bin/env python3
import json, os, sys, time, urllib.request
api = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime"
def post(path, body):
    urllib.request.urlopen(urllib.request.Request(f"{api}/{path}", json.dumps(body).encode(), method="POST"))
print("started with", os.environ["COLOR"], flush=True)
while True:
    with urllib.request.urlopen(f"{api}/invocation/next") as got:
        event, id = json.load(got), got.headers["Lambda-Runtime-Aws-Request-Id"]
    print("got", json.dumps(event, sort_keys=True), flush=True)
    if "exit" in event:
        sys.exit(4)
    if "slow" in event:
        time.sleep(60)
    if "poison" in json.dumps(event):
        post(f"invocation/{id}/error", {"errorType": "Poison", "errorMessage": "cannot be digested"})
    else:
        post(f"invocation/{id}/response", {"echo": event, "pid": os.getpid(), "url": os.environ["AWS_ENDPOINT_URL"]})
"""


class Functions(EmulatorTest):
    def function(self, bootstrap: str = BOOTSTRAP, **settings) -> str:
        return self.client("lambda").create_function(
            FunctionName=self.name,
            Runtime="provided.al2023",
            Handler="bootstrap",
            Role=self.role("lambda.amazonaws.com"),
            Code={"ZipFile": zipped(bootstrap=bootstrap)},
            Environment={"Variables": {"COLOR": "blue"}},
            **settings,
        )["FunctionArn"]

    def invoke(self, event, **options) -> dict:
        return self.client("lambda").invoke(FunctionName=self.name, Payload=json.dumps(event), **options)

    def lines(self) -> list[str]:
        return self.log_lines(f"/aws/lambda/{self.name}")

    def allow(self, rule_arn: str) -> None:
        self.client("lambda").add_permission(
            FunctionName=self.name, StatementId="events", Action="lambda:InvokeFunction",
            Principal="events.amazonaws.com", SourceArn=rule_arn,
        )

    def test_answers_a_caller_and_stays_warm(self):
        self.function()
        first, second = (json.load(self.invoke({"n": n})["Payload"]) for n in (1, 2))
        self.assertEqual({"n": 1}, first["echo"])
        self.assertEqual(self.emulator.url, first["url"])
        self.assertEqual(first["pid"], second["pid"])
        self.assertIn("started with blue", self.lines())

    def test_starts_anew_with_a_changed_environment(self):
        self.function()
        self.invoke({})
        self.client("lambda").update_function_configuration(FunctionName=self.name, Environment={"Variables": {"COLOR": "green"}})
        self.invoke({})
        self.assertIn("started with green", self.lines())

    def test_tells_the_caller_of_an_error(self):
        self.function()
        answer = self.invoke({"poison": 1})
        self.assertEqual("Unhandled", answer["FunctionError"])
        self.assertEqual("cannot be digested", json.load(answer["Payload"])["errorMessage"])

    def test_kills_a_function_that_takes_too_long(self):
        # long enough for Python to start while other tests run: the second event gets a new process
        self.function(Timeout=10)
        answer = self.invoke({"slow": 1})
        self.assertIn("Task timed out after 10.00 seconds", json.load(answer["Payload"])["errorMessage"])
        self.assertNotIn("FunctionError", self.invoke({"n": 1}))

    def test_tells_of_a_process_that_ended(self):
        self.function()
        self.assertIn("exit status 4", json.load(self.invoke({"exit": 1})["Payload"])["errorMessage"])

    def test_tells_of_a_bootstrap_that_cannot_start(self):
        self.function(bootstrap="#!/bin/sh\nexit 9\n")
        self.assertIn("exit status 9", json.load(self.invoke({})["Payload"])["errorMessage"])

    def test_puts_a_poison_event_into_the_dead_letter_queue_after_three_attempts(self):
        url, arn = self.queue("dead")
        self.function(DeadLetterConfig={"TargetArn": arn})
        self.invoke({"poison": 1}, InvocationType="Event")
        dead = self.eventually(lambda: self.messages(url), "the dead letter")[0]
        self.assertEqual({"poison": 1}, json.loads(dead["Body"]))
        self.assertEqual("cannot be digested", dead["MessageAttributes"]["ErrorMessage"]["StringValue"])
        self.assertEqual(3, sum(line.startswith("got") for line in self.lines()))

    def test_tells_the_destination_for_failures(self):
        url, arn = self.queue("failed")
        self.function()
        self.client("lambda").put_function_event_invoke_config(
            FunctionName=self.name, MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": arn}}
        )
        self.invoke({"poison": 1}, InvocationType="Event")
        record = json.loads(self.eventually(lambda: self.messages(url), "the record")[0]["Body"])
        self.assertEqual(1, record["requestContext"]["approximateInvokeCount"])
        self.assertEqual("RetriesExhausted", record["requestContext"]["condition"])

    def test_runs_no_more_at_once_than_reserved(self):
        self.function(Timeout=30)
        functions = self.client("lambda")
        functions.put_function_concurrency(FunctionName=self.name, ReservedConcurrentExecutions=0)
        with self.assertRaises(functions.exceptions.TooManyRequestsException):
            self.invoke({})
        self.invoke({"n": 1}, InvocationType="Event")
        functions.put_function_concurrency(FunctionName=self.name, ReservedConcurrentExecutions=1)
        self.eventually(lambda: 'got {"n": 1}' in self.logged(), "the event, later")

    def test_is_invoked_by_a_new_object_of_a_bucket(self):
        arn = self.function()
        self.allow(self.rule({"source": ["aws.s3"], "detail": {"bucket": {"name": [self.name]}, "object": {"key": [{"prefix": "datasets/"}]}}}, arn))
        self.bucket(event_bridge=True)
        for key in ("other/x", "datasets/a b.csv"):
            self.client("s3").put_object(Bucket=self.name, Key=key, Body=b"1")
        got = self.eventually(lambda: [line for line in self.logged() if line.startswith("got")], "the event")
        event = json.loads(got[0].removeprefix("got "))
        self.assertEqual("datasets/a b.csv", event["detail"]["object"]["key"])
        self.assertEqual(("Object Created", "PutObject"), (event["detail-type"], event["detail"]["reason"]))
        self.assertRegex(event["time"], r"^\d{4}-\d\d-\d\dT.*Z$")
        self.assertEqual(1, len(got))

    def test_is_invoked_by_an_event_on_another_bus_than_the_default_one(self):
        arn = self.function()
        events = self.client("events")
        events.create_event_bus(Name=f"{self.name}-own")
        rule = events.put_rule(Name=self.name, EventBusName=f"{self.name}-own", EventPattern=json.dumps({"source": ["slipway"]}))["RuleArn"]
        events.put_targets(Rule=self.name, EventBusName=f"{self.name}-own", Targets=[{"Id": "1", "Arn": arn}])
        self.allow(rule)
        for bus in ("default", f"{self.name}-own"):
            events.put_events(Entries=[{"Source": "slipway", "DetailType": "said", "Detail": json.dumps({"bus": bus}), "EventBusName": bus}])
        got = self.eventually(lambda: [line for line in self.logged() if line.startswith("got")], "the event")
        self.assertEqual(f"{self.name}-own", json.loads(got[0].removeprefix("got "))["detail"]["bus"])
        self.assertEqual(1, len(got))

    def test_is_invoked_by_a_schedule_again_and_again_until_it_is_disabled(self):
        arn = self.function()
        events = self.client("events")
        self.allow(events.put_rule(Name=self.name, ScheduleExpression="rate(5 minutes)")["RuleArn"])
        events.put_targets(Rule=self.name, Targets=[{"Id": "1", "Arn": arn}])
        got = self.eventually(lambda: self.got(2), "two scheduled events")
        event = json.loads(got[0].removeprefix("got "))
        self.assertEqual(("aws.events", "Scheduled Event", {}), (event["source"], event["detail-type"], event["detail"]))
        self.assertEqual([f"arn:aws:events:{REGION}:123456789012:rule/{self.name}"], event["resources"])
        events.disable_rule(Name=self.name)

    def test_sends_the_event_to_the_targets_dead_letter_queue_without_permission(self):
        url, dead = self.queue("undelivered")
        arn = self.function()
        self.rule({"source": ["own.source"]}, arn, DeadLetterConfig={"Arn": dead})
        self.client("events").put_events(Entries=[{"Source": "own.source", "DetailType": "Said", "Detail": "{}"}])
        message = self.eventually(lambda: self.messages(url), "the dead letter")[0]
        self.assertEqual("NO_PERMISSIONS", message["MessageAttributes"]["ERROR_CODE"]["StringValue"])

    def got(self, least: int) -> list[str]:
        got = [line for line in self.logged() if line.startswith("got")]
        return got if len(got) >= least else []

    def logged(self) -> list[str]:
        try:
            return self.lines()
        except self.client("logs").exceptions.ResourceNotFoundException:
            return []


if __name__ == "__main__":
    unittest.main()
