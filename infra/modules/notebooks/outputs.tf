output "domain" {
  description = "Id of the domain."
  value       = aws_sagemaker_domain.this.id
}

output "url" {
  description = "URL at which people sign in."
  value       = aws_sagemaker_domain.this.url
}

output "policies" {
  description = "Permissions of each role of this module."
  value       = { notebooks = local.policy }
}
