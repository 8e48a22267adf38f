"""S3: returns whether a bucket sends events to EventBridge, and evaluates bucket policies as AWS does."""

import json
from fnmatch import fnmatch

from flask import has_request_context, request
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response


def apply() -> None:
    get_notification = S3Response.get_bucket_notification
    get_permission = FakeBucket.get_permission

    def get_bucket_notification(self):
        status, headers, body = get_notification(self)
        configuration = self.backend.get_bucket(self.bucket_name).notification_configuration
        if configuration is None or configuration.event_bridge is None:
            return status, headers, body
        text = body if isinstance(body, str) else body.decode()
        switch = "<EventBridgeConfiguration/>"
        if "</NotificationConfiguration>" in text:
            return status, headers, text.replace("</NotificationConfiguration>", switch + "</NotificationConfiguration>")
        return status, headers, f"<NotificationConfiguration>{switch}</NotificationConfiguration>"

    def permission(self, action, resource):
        # moto ignores conditions, so a Deny for requests without TLS would deny all of them. Loopback counts as TLS.
        whole = self.policy
        if not whole:
            return get_permission(self, action, resource)
        kept = _Bucket(_that_apply(whole))
        return get_permission(kept, action, resource)

    # emptying a bucket with suspended versioning, as Terraform does, finds delete markers among the objects
    FakeDeleteMarker.dispose = lambda self: None
    S3Response.get_bucket_notification = get_bucket_notification
    FakeBucket.get_permission = permission
    FakeBucket._log_permissions_enabled_policy = staticmethod(_may_take_logs)


class _Bucket:
    """The part of a bucket that get_permission reads; the bucket itself is shared between requests and must not change."""

    def __init__(self, policy: bytes):
        self.policy = policy


def _may_take_logs(target_bucket, target_prefix) -> bool:
    """Whether S3 may write access logs there. moto's own check fails on a Principal "*" and on lists."""
    place = f"arn:aws:s3:::{target_bucket.name}/{target_prefix or ''}log"
    for statement in _statements(target_bucket.policy or b'{"Statement": []}'):
        principal = statement.get("Principal")
        services = _many(principal.get("Service", [])) if isinstance(principal, dict) else []
        if (
            statement["Effect"] == "Allow"
            and "logging.s3.amazonaws.com" in services
            and "s3:PutObject" in _many(statement["Action"])
            and any(fnmatch(place, resource) for resource in _many(statement["Resource"]))
        ):
            return True
    return False


def _that_apply(policy: bytes) -> bytes:
    kept = [statement for statement in _statements(policy) if not _demands_tls(statement) and not _spares_conditional_writes(statement)]
    return json.dumps({**json.loads(policy), "Statement": kept}).encode()


def _statements(policy: bytes) -> list[dict]:
    return _many(json.loads(policy)["Statement"])


def _many(value) -> list:
    return value if isinstance(value, list) else [value]


def _spares_conditional_writes(statement: dict) -> bool:
    """Whether a statement is about writes without If-None-Match, and this request has that header."""
    absent = statement.get("Condition", {}).get("Null", {}).get("s3:if-none-match")
    return absent in ("true", ["true"], True) and has_request_context() and "If-None-Match" in request.headers


def _demands_tls(statement: dict) -> bool:
    condition = statement.get("Condition", {})
    secure = condition.get("Bool", {}).get("aws:SecureTransport")
    return secure in ("false", ["false"], False) or any("s3:TlsVersion" in keys for keys in condition.values())
