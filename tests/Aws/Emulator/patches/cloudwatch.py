"""CloudWatch: creates composite alarms; moto only lists them."""

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import EmptyResult


def apply() -> None:
    def put_composite_alarm(self):
        self.cloudwatch_backend.put_metric_alarm(
            name=self._get_param("AlarmName"),
            description=self._get_param("AlarmDescription"),
            rule=self._get_param("AlarmRule"),
            actions_enabled=self._get_param("ActionsEnabled", True),
            alarm_actions=self._get_param("AlarmActions", []),
            ok_actions=self._get_param("OKActions", []),
            insufficient_data_actions=self._get_param("InsufficientDataActions", []),
            tags=self._get_param("Tags", []),
            dimensions=[],
            **dict.fromkeys(
                ("namespace", "metric_name", "comparison_operator", "evaluation_periods", "period", "threshold", "statistic")
            ),
        )
        return EmptyResult()

    CloudWatchResponse.put_composite_alarm = put_composite_alarm
