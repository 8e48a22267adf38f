output "roles" {
  description = "ARNs of the roles that workflows assume, by purpose."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "policies" {
  description = "Permissions of each role of this module, and its explicit denials."
  value       = local.policies
}

output "managed" {
  description = "Roles to which a policy managed by AWS is also attached."
  value       = local.managed
}

output "trust" {
  description = "Trust policy of each role."
  value       = local.trust
}
