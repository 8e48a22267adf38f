"""What time it is, as AWS writes it into answers: UTC."""

from datetime import datetime, timezone


def now() -> datetime:
    # moto's serializer takes times without a zone for UTC, and so do its own models.
    return datetime.now(timezone.utc).replace(tzinfo=None)
