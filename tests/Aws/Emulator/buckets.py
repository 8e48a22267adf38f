"""S3 for AWS's own services: reads folders of a bucket and writes files to it."""

from pathlib import Path
from urllib.parse import urlparse

from moto.s3.models import FakeKey, s3_backends

from settings import ACCOUNT


def split(uri: str) -> tuple[str, str]:
    """Bucket and key (or prefix) of an s3:// address."""
    parsed = urlparse(uri)
    if parsed.scheme != "s3" or not parsed.netloc:
        raise ValueError(f"'{uri}' is not of the form s3://<bucket>/<key>")
    return parsed.netloc, parsed.path.lstrip("/")


def exists(bucket: str) -> bool:
    return bucket in _backend().buckets


def keys(uri: str) -> dict[str, FakeKey]:
    """The newest version of every object under a prefix, by its path below the prefix."""
    bucket, prefix = split(uri)
    if not exists(bucket):
        return {}
    found = {name: key for name, key in list(_backend().buckets[bucket].keys.items()) if name.startswith(prefix)}
    objects = {name: key for name, key in found.items() if isinstance(key, FakeKey) and not name.endswith("/")}
    base = _base(prefix, list(objects))
    return {name[len(base):]: key for name, key in objects.items()}


def download(uri: str, folder: Path) -> int:
    """Copies every object under a prefix to a folder; returns their number."""
    objects = keys(uri)
    for name, key in objects.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(key.value)
    return len(objects)


def upload(file: Path, uri: str, kms_key: str | None = None) -> None:
    bucket, key = split(uri)
    encryption = {"encryption": "aws:kms", "kms_key_id": kms_key} if kms_key else {}
    _backend().put_object(bucket, key, file.read_bytes(), **encryption)


def _base(prefix: str, names: list[str]) -> str:
    # "data/train" means the folder if all objects are in it, and otherwise all keys that begin with it.
    folder = prefix if prefix.endswith("/") or not prefix else prefix + "/"
    return folder if all(name.startswith(folder) for name in names) else prefix[: prefix.rfind("/") + 1]


def _backend():
    return s3_backends[ACCOUNT]["aws"]
