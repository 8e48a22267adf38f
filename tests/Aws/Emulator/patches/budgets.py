"""Budgets: the subscribers of a notification, and tags."""

import json

from moto.budgets.responses import BudgetsResponse

_tags: dict[str, list[dict[str, str]]] = {}


def apply() -> None:
    create = BudgetsResponse.create_budget

    def create_budget(self):
        answer = create(self)
        _tags[self._get_param("Budget")["BudgetName"]] = self._get_param("ResourceTags") or []
        return answer

    def describe_subscribers_for_notification(self):
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        wanted = _identity(self._get_param("Notification"))
        for notification in budget.notifications:
            if _identity(notification.details) == wanted:
                return json.dumps({"Subscribers": notification.subscribers or []})
        return json.dumps({"Subscribers": []})

    def list_tags_for_resource(self):
        name = self._get_param("ResourceARN").split("budget/")[-1]
        return json.dumps({"ResourceTags": _tags.get(name, [])})

    def tag_resource(self):
        name = self._get_param("ResourceARN").split("budget/")[-1]
        given = self._get_param("ResourceTags")
        kept = [tag for tag in _tags.get(name, []) if tag["Key"] not in {new["Key"] for new in given}]
        _tags[name] = kept + given
        return "{}"

    def untag_resource(self):
        name = self._get_param("ResourceARN").split("budget/")[-1]
        gone = set(self._get_param("ResourceTagKeys"))
        _tags[name] = [tag for tag in _tags.get(name, []) if tag["Key"] not in gone]
        return "{}"

    BudgetsResponse.create_budget = create_budget
    BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification
    BudgetsResponse.list_tags_for_resource = list_tags_for_resource
    BudgetsResponse.tag_resource = tag_resource
    BudgetsResponse.untag_resource = untag_resource


def _identity(notification: dict) -> tuple:
    return (
        notification["NotificationType"],
        notification["ComparisonOperator"],
        float(notification["Threshold"]),
        notification.get("ThresholdType", "PERCENTAGE"),
    )
