output "bucket" {
  description = "Name of the bucket with the trail and the recorded configuration."
  value       = aws_s3_bucket.this.id
}

output "trail" {
  description = "ARN of the trail."
  value       = aws_cloudtrail.this.arn
}

output "policies" {
  description = "Permissions of each role of this module."
  value       = { recorder = local.recorder_policy }
}
