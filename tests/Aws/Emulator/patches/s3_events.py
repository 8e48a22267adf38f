"""S3: one change of an object causes one event. moto also publishes its internal steps."""

import threading
from contextlib import contextmanager

import moto.s3.notifications as notifications
from moto.s3.models import S3Backend
from moto.s3.notifications import S3NotificationEvent as Event
from moto.s3.responses import S3Response

_TAGS = {Event.OBJECT_TAGGING_PUT_EVENT}
_local = threading.local()


def apply() -> None:
    send = notifications.send_event

    def send_event(account_id, event_name, bucket, key):
        if event_name not in getattr(_local, "silent", ()):
            send(account_id, event_name, bucket, key)

    notifications.send_event = send_event
    # Puts and copies set the object's tags, even to none, and completing an upload puts an object.
    S3Response.put_object = _without(S3Response.put_object, _TAGS)
    S3Response.copy_object = _without(S3Response.copy_object, _TAGS)
    S3Backend.complete_multipart_upload = _without(
        S3Backend.complete_multipart_upload, _TAGS | {Event.OBJECT_CREATED_PUT_EVENT}
    )


def _without(method, events: set[Event]):
    def quiet(*args, **kwargs):
        with _silence(events):
            return method(*args, **kwargs)

    return quiet


@contextmanager
def _silence(events: set[Event]):
    before = getattr(_local, "silent", frozenset())
    _local.silent = before | events
    try:
        yield
    finally:
        _local.silent = before
