# Turns policies into sets, which tests compare word for word.
variable "policies" {
  description = "Policies by role."
  type        = any
}

variable "bucket" {
  description = "ARN of the store."
  type        = string
  default     = "arn:aws:s3:::store"
}

locals {
  allowed = { for role, policy in var.policies : role => flatten([
    for statement in policy.Statement : [
      for pair in setproduct(flatten([statement.Action]), flatten([statement.Resource])) : {
        action    = pair[0]
        resource  = pair[1]
        condition = try(jsonencode(statement.Condition), "")
      }
    ] if statement.Effect == "Allow"
  ]) }
}

output "objects" {
  description = "Permissions of each role on objects of the store, such as 'PutObject models/*/channels/*'."
  value = { for role, grants in local.allowed : role => toset([
    for grant in grants : "${trimprefix(grant.action, "s3:")} ${trimprefix(grant.resource, "${var.bucket}/")}" if startswith(grant.resource, "${var.bucket}/")
  ]) }
}

output "actions" {
  description = "Other permissions of each role."
  value       = { for role, grants in local.allowed : role => toset([for grant in grants : grant.action if !startswith(grant.resource, "${var.bucket}/")]) }
}

output "passes" {
  description = "Which roles each role may pass to which service."
  value = { for role, grants in local.allowed : role => toset([
    for grant in grants : "${element(split("/", grant.resource), 1)} to ${try(jsondecode(grant.condition).StringEquals["iam:PassedToService"], "anybody")}" if grant.action == "iam:PassRole"
  ]) }
}

output "wildcard_actions" {
  description = "Actions with a wildcard."
  value       = toset(flatten([for role, grants in local.allowed : [for grant in grants : "${role} ${grant.action}" if strcontains(grant.action, "*")]]))
}

output "everywhere" {
  description = "Actions that are allowed on every resource."
  value       = toset(flatten([for role, grants in local.allowed : [for grant in grants : grant.action if grant.resource == "*"]]))
}

output "foreign" {
  description = "Grants on objects of any other bucket."
  value = toset(flatten([for role, grants in local.allowed : [
    for grant in grants : "${role} ${grant.action} ${grant.resource}"
    if startswith(grant.action, "s3:") && grant.resource != var.bucket && !startswith(grant.resource, "${var.bucket}/")
  ]]))
}
