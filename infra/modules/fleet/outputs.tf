output "cluster" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "services" {
  description = "Names of the services: gateway, blue, green."
  value       = { for name, service in aws_ecs_service.this : name => service.name }
}

output "roles" {
  description = "ARNs of the roles in task definitions, so that Deploy may pass them."
  value       = concat([for role in aws_iam_role.task : role.arn], [for role in aws_iam_role.execution : role.arn])
}

output "log_groups" {
  description = "Names of the services' log groups: gateway, blue, green."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}

output "policies" {
  description = "Permissions of each role of this module."
  value = merge(
    local.task_policies,
    { for role, policy in local.execution_policies : "${role}_execution" => policy },
  )
}
