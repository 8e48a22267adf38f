output "url" {
  description = "URL of the gateway's public API."
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
  description = "ARNs of the roles that workflows assume, by purpose."
  value       = module.loop.roles
}

output "notebooks" {
  description = "URL at which people sign in to JupyterLab."
  value       = module.notebooks.url
}

output "policies" {
  description = "Permissions of each role."
  value       = merge(module.loop.policies, module.notebooks.policies, module.audit.policies)
}
