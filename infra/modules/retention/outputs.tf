output "rules" {
  description = "Names of the store's lifecycle rules."
  value       = [for rule in aws_s3_bucket_lifecycle_configuration.store.rule : rule.id]
}
