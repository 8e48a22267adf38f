output "url" {
  description = "URL of the gateway's public API."
  value       = module.environment.url
}

output "parameter" {
  description = "Name of the parameter with the environment's description."
  value       = module.environment.parameter
}

output "record" {
  description = "The environment's description, as targets and functions read it."
  value       = module.environment.record
}

output "roles" {
  description = "ARNs of the roles that workflows assume."
  value       = module.environment.roles
}

output "notebooks" {
  description = "URL at which people sign in to JupyterLab."
  value       = module.environment.notebooks
}
