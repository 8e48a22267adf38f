"""ECR: the digest of an image is the SHA-256 of its manifest, and a tag of an IMMUTABLE repository stays with its image."""

import hashlib

from moto.core.exceptions import ServiceException
from moto.ecr.models import ECRBackend, Image


class ImageTagAlreadyExistsException(ServiceException):
    code = "ImageTagAlreadyExistsException"

    def __init__(self, repository: str, tag: str):
        super().__init__(
            f"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten "
            "because the tag is immutable."
        )


def apply() -> None:
    put = ECRBackend.put_image

    def put_image(self, repository_name, image_manifest, image_tag, image_manifest_mediatype=None, digest=None):
        repository = self._get_repository(repository_name)
        given = _digest(image_manifest)
        immutable = (repository.image_tag_mutability or "").startswith("IMMUTABLE")
        holder = next((image for image in repository.images if image_tag and image_tag in image.image_tags), None)
        if immutable and holder is not None and holder.get_image_digest() != given:
            raise ImageTagAlreadyExistsException(repository_name, image_tag)
        return put(self, repository_name, image_manifest, image_tag, image_manifest_mediatype, digest or given)

    ECRBackend.put_image = put_image
    Image._create_digest = lambda self: setattr(self, "_image_digest", _digest(self.image_manifest))


def _digest(manifest: str) -> str:
    return "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()
