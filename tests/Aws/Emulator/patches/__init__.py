"""What moto lacks or does differently from AWS, one file per service, each with `apply()`.

The patches only store fields and correct responses. What has effects (a job that trains, a task that runs) is in
`doubles`.
"""

import serial_writes

from . import (
    application_autoscaling,
    awslambda,
    budgets,
    cloudtrail,
    cloudwatch,
    ec2,
    ecr,
    kms,
    s3,
    s3_events,
    sagemaker,
    sagemaker_profiles,
    sqs,
)

_ALL = (
    application_autoscaling,
    awslambda,
    budgets,
    cloudtrail,
    cloudwatch,
    ec2,
    ecr,
    kms,
    s3,
    s3_events,
    sagemaker,
    sagemaker_profiles,
    sqs,
)


def apply_all() -> None:
    """Patches moto in this process. Call it once, before moto's server is created."""
    serial_writes.apply()
    for service in _ALL:
        service.apply()
