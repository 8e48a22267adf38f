output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "ARN of the bucket."
  value       = local.arn
}

output "log_bucket" {
  description = "Name of the bucket for the access logs of the store and of the load balancer, available once its policy exists."
  value       = aws_s3_bucket_policy.logs.bucket
}

output "policy" {
  description = "What the bucket's policy denies to everybody, whatever their own permissions."
  value       = local.policy
}
