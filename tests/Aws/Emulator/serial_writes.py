"""S3: a write and the check of its condition are one step, as in S3 itself.

moto answers every request in a thread of its own, compares `If-Match` with what is stored, and only then writes: of two
writers with the same ETag, both may be told that they have written, and one of them is overwritten.
"""

import functools
import threading

from moto.s3.responses import S3Response

# Copying and completing an upload put objects, too, and a request may take several of these steps.
_WRITES = ("put_object", "copy_object", "delete_object", "_key_response_post", "_bucket_response_delete_keys")
_one_at_a_time = threading.RLock()


def apply() -> None:
    for name in _WRITES:
        setattr(S3Response, name, _alone(getattr(S3Response, name)))


def _alone(write):
    @functools.wraps(write)
    def alone(*args, **kwargs):
        with _one_at_a_time:
            return write(*args, **kwargs)

    return alone
