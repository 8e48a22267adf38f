"""The current time as in AWS's responses: UTC."""

from datetime import datetime, timezone


def now() -> datetime:
    # moto's serializer treats times without a zone as UTC, and so do its models.
    return datetime.now(timezone.utc).replace(tzinfo=None)
