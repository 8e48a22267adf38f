"""EventBridge: events of S3, SageMaker and PutEvents also reach Lambda functions, in the background."""

import copy
import itertools
import json
import queue
import threading
import time
import uuid
from datetime import datetime, timezone

import moto.s3.notifications as s3_notifications
from moto.events.models import Rule, events_backends
from moto.events.utils import EventTemplateParser

import queues
from background import surviving
from doubles.functions import Functions, NoSuchFunction
from settings import ACCOUNT, Settings

_REASONS = {"Put": "PutObject", "Post": "PostObject", "Copy": "CopyObject", "Delete": "DeleteObject"}


class EventBus:
    """Delivers events to the targets of matching rules: to functions from a thread here, to all others through moto."""

    def __init__(self, functions: Functions, settings: Settings):
        self._functions, self._settings = functions, settings
        self._waiting: queue.Queue = queue.Queue(maxsize=10_000)
        self._sequence = itertools.count(time.time_ns())
        self._send_elsewhere = Rule.send_to_targets
        Rule.send_to_targets = lambda rule, event, transform_input=True: self._send(rule, event)
        s3_notifications._send_event_bridge_message = self._object_changed

    def start(self) -> None:
        threading.Thread(target=self._deliver_all, name="events", daemon=True).start()

    def close(self) -> None:
        self._waiting.put(None)

    def publish(self, region: str, source: str, detail_type: str, resources: list[str], detail: dict) -> None:
        """Publishes an event of an AWS service on the default bus."""
        event = _event(region, source, detail_type, resources, detail)
        for rule in list(events_backends[ACCOUNT][region].event_buses["default"].rules.values()):
            rule.send_to_targets(event)

    def fire(self, rule: Rule) -> None:
        """Sends the event of a scheduled rule to its targets."""
        self._send_to_targets(rule, _event(rule.region_name, "aws.events", "Scheduled Event", [rule.arn], {}))

    def _object_changed(self, account_id, bucket, event_name, key) -> None:
        reason = event_name.split(":")[-1]
        detail = {
            "version": "0",
            "bucket": {"name": bucket.name},
            "object": {
                "key": key.name,
                "size": key.size,
                "etag": key.etag.strip('"'),
                "sequencer": f"{next(self._sequence):018X}",
                **({"version-id": key.version_id} if bucket.is_versioned else {}),
            },
            "request-id": uuid.uuid4().hex[:16].upper(),
            "requester": account_id,
            "reason": _REASONS.get(reason, reason),
        }
        kind = s3_notifications._detail_type(event_name)
        self.publish(bucket.region_name, "aws.s3", kind, [f"arn:aws:s3:::{bucket.name}"], detail)

    def _send(self, rule: Rule, event: dict) -> None:
        # A scheduled rule has no pattern, and moto's empty pattern matches everything.
        if rule.state != "ENABLED" or not rule.event_pattern.get_pattern() or not rule.event_pattern.matches_event(event):
            return
        self._send_to_targets(rule, event)

    def _send_to_targets(self, rule: Rule, event: dict) -> None:
        for target in list(rule.targets):
            if ":lambda:" in target["Arn"]:
                self._waiting.put((rule, target, copy.deepcopy(event)))
            else:
                self._send_by_moto(rule, target, copy.deepcopy(event))

    def _send_by_moto(self, rule: Rule, target: dict, event: dict) -> None:
        # One target at a time: moto rewrites the event's time for the first, and fails on it for the second.
        alone = copy.copy(rule)
        alone.targets = [target]
        ingested = event.pop("ingestion-time", time.time())
        if "InputTransformer" in target:
            event["ingestion-time"] = ingested
        self._send_elsewhere(alone, event, "InputTransformer" in target)

    def _deliver_all(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            with surviving(f"delivering an event to {waiting[1]['Arn']}"):
                self._deliver(*waiting)

    def _deliver(self, rule: Rule, target: dict, event: dict) -> None:
        event.pop("ingestion-time", None)
        event["time"] = _iso(event["time"])
        try:
            self._functions.demand_permission(target["Arn"], rule.arn)
            self._functions.invoke_later(target["Arn"], _input(target, event))
        except NoSuchFunction as missing:
            self._settings.says(f"Event '{event['detail-type']}' of rule {rule.name} was not delivered: {missing}")
            self._dead_letter(rule, target, event, str(missing))

    def _dead_letter(self, rule: Rule, target: dict, event: dict, message: str) -> None:
        queue_arn = target.get("DeadLetterConfig", {}).get("Arn")
        if queue_arn:
            why = {"ERROR_CODE": "NO_PERMISSIONS", "ERROR_MESSAGE": message}
            queues.send(queue_arn, json.dumps(event), {"RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], **why})


def _event(region: str, source: str, detail_type: str, resources: list[str], detail: dict) -> dict:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": time.time(),
        "region": region,
        "resources": resources,
        "detail": detail,
    }


def _input(target: dict, event: dict) -> bytes:
    if "Input" in target:
        return target["Input"].encode()
    if transformer := target.get("InputTransformer"):
        whole = {**event, "ingestion-time": event["time"]}
        event = EventTemplateParser.parse(transformer["InputTemplate"], transformer.get("InputPathsMap", {}), whole)
    return json.dumps(event).encode()


def _iso(moment) -> str:
    if isinstance(moment, str):
        return moment
    return datetime.fromtimestamp(float(moment), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
