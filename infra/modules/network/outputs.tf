output "vpc" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "CIDR block of the VPC."
  value       = var.cidr
}

output "public_subnets" {
  description = "Ids of the public subnets, which hold the load balancer; one per zone."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "public_ranges" {
  description = "CIDR blocks of the public subnets, from which the load balancer calls."
  value       = [for subnet in aws_subnet.public : subnet.cidr_block]
}

output "private_subnets" {
  description = "Ids of the private subnets, which hold everything else; one per zone."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "private_ranges" {
  description = "CIDR blocks of the private subnets."
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
  description = "Permissions of each role of this module."
  value       = { flow_log = local.flow_policy }
}
