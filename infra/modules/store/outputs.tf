output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "ARN of the bucket."
  value       = local.arn
}

output "log_bucket" {
  description = "Name of the bucket with the access logs, for the load balancer too; usable once its policy is there."
  value       = aws_s3_bucket_policy.logs.bucket
}

output "policy" {
  description = "What nobody may do to the bucket, whatever its own rights."
  value       = local.policy
}
