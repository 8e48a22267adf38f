output "key" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "trusted_keys" {
  description = "As PEM, the public half of the key first, then those of the keys before it."
  value       = join("\n", [for key in concat([data.aws_kms_public_key.this.public_key_pem], var.former_keys) : trimspace(key)])
}

output "policy" {
  description = "Who may use the key."
  value       = local.policy
}
