"""CloudTrail: accepts a trail's ARN in place of its name."""

import inspect

from moto.cloudtrail.models import CloudTrailBackend

_BY_NAME = (
    "delete_trail",
    "get_event_selectors",
    "get_insight_selectors",
    "get_trail_status",
    "put_event_selectors",
    "put_insight_selectors",
    "start_logging",
    "stop_logging",
    "update_trail",
)


def apply() -> None:
    for name in _BY_NAME:
        setattr(CloudTrailBackend, name, _accepting_arns(getattr(CloudTrailBackend, name)))


def _accepting_arns(method):
    # The first parameter after self is the trail in each of these, under two spellings.
    parameter = list(inspect.signature(method).parameters)[1]

    def by_name_or_arn(self, *args, **kwargs):
        bound = inspect.signature(method).bind(self, *args, **kwargs)
        bound.arguments[parameter] = bound.arguments[parameter].split(":trail/")[-1]
        return method(*bound.args, **bound.kwargs)

    return by_name_or_arn
