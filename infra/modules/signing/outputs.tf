output "key" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "trusted_keys" {
  description = "Trusted public keys in PEM format: that of the current key first, then those of former keys."
  value       = join("\n", [for key in concat([data.aws_kms_public_key.this.public_key_pem], var.former_keys) : trimspace(key)])
}

output "policy" {
  description = "The key's policy."
  value       = local.policy
}
