output "roles" {
  description = "ARNs of the roles that workflows take: plan, build, train, deploy, rollback."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "policies" {
  description = "What each role of this module may do."
  value       = local.policies
}

output "trust" {
  description = "Who may take each role."
  value       = local.trust
}
