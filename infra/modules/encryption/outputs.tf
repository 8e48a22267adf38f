output "key" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "policy" {
  description = "Who may use the key."
  value       = local.policy
}
