output "domain" {
  description = "Id of the domain."
  value       = aws_sagemaker_domain.this.id
}

output "url" {
  description = "Where people sign in."
  value       = aws_sagemaker_domain.this.url
}

output "policies" {
  description = "What each role of this module may do."
  value       = { notebooks = local.policy }
}
