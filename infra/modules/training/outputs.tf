output "role" {
  description = "ARN of the role that training jobs have; usable once its policy is there."
  value       = aws_iam_role.this.arn

  depends_on = [aws_iam_role_policy.this]
}

output "policies" {
  description = "What each role of this module may do."
  value       = { training = local.policy }
}

output "job_condition" {
  description = "What a request to start a training job has to be like, for the policies of whoever may."
  value       = local.job_condition
}
