"""S3: the EventBridge switch of a bucket is shown, and a policy that demands TLS does not lock everybody out."""

import json

from moto.s3.models import FakeBucket
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
        # moto reads no conditions, so a Deny for requests without TLS would deny all of them. Loopback stands for TLS.
        whole = self.policy
        if not whole:
            return get_permission(self, action, resource)
        kept = _Bucket(_without_tls_statements(whole))
        return get_permission(kept, action, resource)

    S3Response.get_bucket_notification = get_bucket_notification
    FakeBucket.get_permission = permission


class _Bucket:
    """What get_permission reads of a bucket; the bucket itself is shared between requests and is left alone."""

    def __init__(self, policy: bytes):
        self.policy = policy


def _without_tls_statements(policy: bytes) -> bytes:
    document = json.loads(policy)
    statements = document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
    kept = [statement for statement in statements if not _demands_tls(statement)]
    return json.dumps({**document, "Statement": kept}).encode()


def _demands_tls(statement: dict) -> bool:
    condition = statement.get("Condition", {})
    secure = condition.get("Bool", {}).get("aws:SecureTransport")
    return secure in ("false", ["false"], False) or any("s3:TlsVersion" in keys for keys in condition.values())
