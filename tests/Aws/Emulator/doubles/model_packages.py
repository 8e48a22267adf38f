"""The model registry publishes changes of its packages: `SageMaker Model Package State Change`."""

from moto.sagemaker.models import SageMakerModelBackend

from doubles.events import EventBus

_TOLD = (
    "ModelPackageGroupName",
    "ModelPackageVersion",
    "ModelPackageArn",
    "ModelPackageDescription",
    "CreationTime",
    "LastModifiedTime",
    "InferenceSpecification",
    "ModelPackageStatus",
    "ModelPackageStatusDetails",
    "CertifyForMarketplace",
    "ModelApprovalStatus",
    "ApprovalDescription",
    "CustomerMetadataProperties",
)


class ModelPackages:
    """Publishes an event for every new package and every change of its approval."""

    def __init__(self, events: EventBus):
        self._events = events
        create, update = SageMakerModelBackend.create_model_package, SageMakerModelBackend.update_model_package

        def create_model_package(backend, **package):
            known = len(backend.model_packages)
            arn = create(backend, **package)
            if len(backend.model_packages) > known:
                self._tell(backend, arn)
            return arn

        def update_model_package(backend, model_package_arn, **changes):
            before = backend.describe_model_package(model_package_arn).model_approval_status
            arn = update(backend, model_package_arn, **changes)
            if backend.model_packages[arn].model_approval_status != before:
                self._tell(backend, arn)
            return arn

        SageMakerModelBackend.create_model_package = create_model_package
        SageMakerModelBackend.update_model_package = update_model_package

    def start(self) -> None:
        """Nothing runs in the background here."""

    def close(self) -> None:
        """Nothing runs in the background here."""

    def _tell(self, backend, arn: str) -> None:
        package = backend.model_packages[arn].gen_response_object()
        detail = {name: package[name] for name in _TOLD if package.get(name) is not None}
        for name in ("CreationTime", "LastModifiedTime"):
            if name in detail:
                detail[name] = detail[name].strftime("%Y-%m-%dT%H:%M:%SZ")
        # AWS uses this name with group and version in the event, unlike in any call of the API.
        detail["ModelPackageName"] = arn.split("model-package/")[-1]
        self._events.publish(backend.region_name, "aws.sagemaker", "SageMaker Model Package State Change", [arn], detail)
