output "groups" {
  description = "Ids of the security groups by component: entrance, gateway, servers, functions, training."
  value       = { for name, group in aws_security_group.this : name => group.id }
}
