output "parameter" {
  description = "Name of the parameter with the environment's description."
  value       = module.loop.parameter
}

output "record" {
  description = "The environment's description, as targets and functions read it."
  value       = module.loop.record
}

output "roles" {
  description = "ARNs of the roles that workflows assume."
  value       = module.loop.roles
}
