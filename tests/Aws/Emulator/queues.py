"""SQS for AWS's own services: sends a message to the queue with an ARN."""

from moto.sqs.models import sqs_backends

from settings import ACCOUNT


def send(queue_arn: str, body: str, attributes: dict[str, str] | None = None) -> None:
    region, name = queue_arn.split(":")[3], queue_arn.split(":")[-1]
    message_attributes = {
        key: {"DataType": "String", "StringValue": value} for key, value in (attributes or {}).items()
    }
    sqs_backends[ACCOUNT][region].send_message(name, body, message_attributes=message_attributes)
