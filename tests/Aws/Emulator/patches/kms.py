"""KMS: signs a message of the type DIGEST without hashing it again."""

from cryptography.hazmat.primitives.asymmetric import ec, utils
from moto.kms.exceptions import ValidationException
from moto.kms.responses import KmsResponse
from moto.kms.utils import ECDSAPrivateKey


class _Digest(bytes):
    """Bytes that are hashed already."""


def apply() -> None:
    get = KmsResponse._get_param
    sign = ECDSAPrivateKey.sign

    def get_param(self, name, *args, **kwargs):
        value = get(self, name, *args, **kwargs)
        if name == "Message" and get(self, "MessageType") == "DIGEST" and isinstance(value, bytes):
            return _Digest(value)
        return value

    def sign_once(self, message, signing_algorithm):
        if not isinstance(message, _Digest):
            return sign(self, message, signing_algorithm)
        hashed = self._ECDSAPrivateKey__hash_algorithm(signing_algorithm)
        if len(message) != hashed.digest_size:
            raise ValidationException(f"Digest is invalid length for algorithm {signing_algorithm}.")
        return self.private_key.sign(bytes(message), ec.ECDSA(utils.Prehashed(hashed)))

    KmsResponse._get_param = get_param
    ECDSAPrivateKey.sign = sign_once
