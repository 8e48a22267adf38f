output "name" {
  description = "Prefix of the names of all resources."
  value       = local.name
}

output "runbook" {
  description = "URL of the page that says what to do about an alarm."
  value       = local.runbook
}

output "key" {
  description = "ARN of the KMS key."
  value       = module.encryption.key
}

output "network" {
  description = "Ids and addresses of the network that other modules need."
  value = {
    vpc                      = module.network.vpc
    public_subnets           = module.network.public_subnets
    private_subnets          = module.network.private_subnets
    endpoints_security_group = module.network.endpoints_security_group
    s3_prefix_list           = module.network.s3_prefix_list
    entrance_security_group  = module.firewall.groups.entrance
  }
}

output "store" {
  description = "Names of the buckets."
  value       = { bucket = module.store.bucket, arn = module.store.arn, log_bucket = module.store.log_bucket }
}

output "fleet" {
  description = "Names of the cluster and its services."
  value       = { cluster = module.fleet.cluster, services = module.fleet.services }
}

output "automation" {
  description = "Names of the functions, the rules and the dead-letter queue."
  value = {
    functions    = module.automation.functions
    rules        = module.automation.rules
    dead_letters = module.automation.dead_letters.name
  }
}

output "roles" {
  description = "ARNs of the roles that workflows assume, by purpose."
  value       = module.access.roles
}

output "parameter" {
  description = "Name of the parameter with the environment's description."
  value       = aws_ssm_parameter.record.name
}

output "record" {
  description = "The environment's description, as targets and functions read it."
  value       = jsondecode(local.record)
}

output "policies" {
  description = "Permissions of each role."
  value = merge(
    module.network.policies,
    module.training.policies,
    module.automation.policies,
    module.fleet.policies,
    module.access.policies,
  )
}
