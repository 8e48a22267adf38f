"""SageMaker: domains with the states that Terraform expects, and a model registry that stores all members."""

from moto.core.responses import EmptyResult
from moto.sagemaker.exceptions import ConflictException, ResourceNotFound, ValidationError
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse


def apply() -> None:
    _domains()
    _groups()
    _packages()


def _domains() -> None:
    create, describe, delete = (
        SageMakerModelBackend.create_domain,
        SageMakerModelBackend.describe_domain,
        SageMakerModelBackend.delete_domain,
    )

    def create_domain(self, *args, **kwargs):
        answer = create(self, *args, **kwargs)
        return {**answer, "DomainId": next(d.id for d in self.domains.values() if d.arn == answer["DomainArn"])}

    def describe_domain(self, domain_id):
        _demand_domain(self, domain_id)
        return {"TagPropagation": "DISABLED", **describe(self, domain_id)}

    def delete_domain(self, domain_id, retention_policy):
        _demand_domain(self, domain_id)
        delete(self, domain_id, retention_policy)

    SageMakerModelBackend.create_domain = create_domain
    SageMakerModelBackend.describe_domain = describe_domain
    SageMakerModelBackend.delete_domain = delete_domain


def _demand_domain(backend, domain_id: str) -> None:
    if domain_id not in backend.domains:
        raise ResourceNotFound(message=f"Domain with ID {domain_id} does not exist.")


def _groups() -> None:
    create = SageMakerModelBackend.create_model_package_group

    def create_model_package_group(self, model_package_group_name, *args, **kwargs):
        if model_package_group_name in self.model_package_groups:
            raise ConflictException(f"Model Package Group already exists: {model_package_group_name}")
        return create(self, model_package_group_name, *args, **kwargs)

    def delete_model_package_group(self):
        name = self._get_param("ModelPackageGroupName").split("/")[-1]
        backend = self.sagemaker_backend
        if name not in backend.model_package_groups:
            raise ValidationError(message=f"Model Package Group {name} does not exist.")
        if any(package.model_package_group_name == name for package in backend.model_packages.values()):
            raise ConflictException(f"Cannot delete Model Package Group {name}: it still contains model packages.")
        del backend.model_package_groups[name]
        return EmptyResult()

    SageMakerModelBackend.create_model_package_group = create_model_package_group
    SageMakerResponse.delete_model_package_group = delete_model_package_group


def _packages() -> None:
    create = SageMakerModelBackend.create_model_package
    update = SageMakerModelBackend.update_model_package
    list_all = SageMakerModelBackend.list_model_packages

    def create_model_package(self, **package):
        token = package.get("client_token")
        for known in self.model_packages.values():
            if token and known.client_token == token:
                return known.arn
        return create(self, **package)

    def update_model_package(self, model_package_arn, **changes):
        # moto treats a missing member as an empty one.
        package = self.describe_model_package(model_package_arn)
        properties = {**(package.customer_metadata_properties or {}), **(changes["customer_metadata_properties"] or {})}
        changes["customer_metadata_properties"] = properties
        changes["model_approval_status"] = changes["model_approval_status"] or package.model_approval_status
        changes["approval_description"] = changes["approval_description"] or package.approval_description
        return update(self, package.arn, **changes)

    def list_model_packages(self, **filters):
        if filters["model_package_group_name"]:
            filters["model_package_group_name"] = filters["model_package_group_name"].split("/")[-1]
            filters["model_package_type"] = "Versioned"
        return list_all(self, **filters)

    def delete_model_package(self):
        backend = self.sagemaker_backend
        arn = backend.describe_model_package(self._get_param("ModelPackageName")).arn
        del backend.model_packages[arn]
        return EmptyResult()

    SageMakerModelBackend.create_model_package = create_model_package
    SageMakerModelBackend.update_model_package = update_model_package
    SageMakerModelBackend.list_model_packages = list_model_packages
    SageMakerResponse.delete_model_package = delete_model_package
