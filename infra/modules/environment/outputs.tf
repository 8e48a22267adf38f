output "url" {
  description = "Where callers ask."
  value       = module.entrance.url
}

output "parameter" {
  description = "Name of the parameter with the environment's description."
  value       = module.loop.parameter
}

output "record" {
  description = "The environment's description, as targets and functions read it."
  value       = module.loop.record
}

output "roles" {
  description = "ARNs of the roles that workflows take, by purpose."
  value       = module.loop.roles
}

output "notebooks" {
  description = "Where people sign in to JupyterLab."
  value       = module.notebooks.url
}

output "policies" {
  description = "What each role may do."
  value       = merge(module.loop.policies, module.notebooks.policies, module.audit.policies)
}
