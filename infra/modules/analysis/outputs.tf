output "workgroup" {
  description = "Name of the Athena workgroup."
  value       = aws_athena_workgroup.this.name
}

output "database" {
  description = "Name of the Glue database."
  value       = aws_glue_catalog_database.this.name
}

output "policy" {
  description = "ARN of the policy for roles that query predictions."
  value       = aws_iam_policy.analyst.arn
}
