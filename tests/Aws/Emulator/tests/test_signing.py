import hashlib
import unittest

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.harness import EmulatorTest


class Signing(EmulatorTest):
    def setUp(self) -> None:
        super().setUp()
        self.kms = self.client("kms")
        self.key = self.kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"]["Arn"]
        self.public = serialization.load_der_public_key(self.kms.get_public_key(KeyId=self.key)["PublicKey"])

    def sign(self, message: bytes, kind: str) -> bytes:
        return self.kms.sign(KeyId=self.key, Message=message, MessageType=kind, SigningAlgorithm="ECDSA_SHA_256")["Signature"]

    def test_a_digest_is_not_hashed_again(self):
        self.public.verify(self.sign(hashlib.sha256(b"text").digest(), "DIGEST"), b"text", ec.ECDSA(hashes.SHA256()))

    def test_a_message_is_hashed(self):
        self.public.verify(self.sign(b"text", "RAW"), b"text", ec.ECDSA(hashes.SHA256()))
        with self.assertRaises(InvalidSignature):
            self.public.verify(self.sign(hashlib.sha256(b"text").digest(), "RAW"), b"text", ec.ECDSA(hashes.SHA256()))

    def test_refuses_a_digest_of_another_length(self):
        with self.assertRaises(self.kms.exceptions.ClientError):
            self.sign(b"text", "DIGEST")


if __name__ == "__main__":
    unittest.main()
