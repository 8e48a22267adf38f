output "roles" {
  description = "ARNs of the roles that workflows take, by purpose."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "policies" {
  description = "What each role of this module may do, and with an explicit deny what it may not."
  value       = local.policies
}

output "managed" {
  description = "Roles that have a policy of AWS's own beside that."
  value       = local.managed
}

output "trust" {
  description = "Who may take each role."
  value       = local.trust
}
