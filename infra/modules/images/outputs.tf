output "urls" {
  description = "URLs of the repositories: model, gateway."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "arns" {
  description = "ARNs of the repositories: model, gateway."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}
