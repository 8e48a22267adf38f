output "role" {
  description = "ARN of the role of training jobs, available once its policy exists."
  value       = aws_iam_role.this.arn

  depends_on = [aws_iam_role_policy.this]
}

output "policies" {
  description = "Permissions of each role of this module."
  value       = { training = local.policy }
}

output "job_condition" {
  description = "Conditions on a request to start a training job, for the policies that allow one."
  value       = local.job_condition
}
