output "vpc" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Addresses of the VPC."
  value       = var.cidr
}

output "public_subnets" {
  description = "Ids of the subnets for the load balancer, one a zone."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "public_ranges" {
  description = "Addresses of those subnets: where the load balancer calls from."
  value       = [for subnet in aws_subnet.public : subnet.cidr_block]
}

output "private_subnets" {
  description = "Ids of the subnets for everything else, one a zone."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "private_ranges" {
  description = "Addresses of those subnets."
  value       = [for subnet in aws_subnet.private : subnet.cidr_block]
}

output "endpoints_security_group" {
  description = "Id of the security group of the interface endpoints."
  value       = aws_security_group.endpoints.id
}

output "s3_prefix_list" {
  description = "Id of the prefix list with the addresses of S3."
  value       = aws_vpc_endpoint.s3.prefix_list_id
}

output "policies" {
  description = "What each role of this module may do."
  value       = { flow_log = local.flow_policy }
}
