# Networks, and which component can reach which.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name                     = "slipway-test"
  key                      = "arn:aws:kms:eu-central-1:123456789012:key/key"
  vpc                      = "vpc-1"
  cidr                     = "10.40.0.0/16"
  endpoints_security_group = "sg-endpoints"
  s3_prefix_list           = "pl-s3"
}

run "network" {
  module {
    source = "../network"
  }

  assert {
    condition     = toset([for subnet in aws_subnet.private : subnet.availability_zone]) == toset(["eu-central-1a", "eu-central-1b"]) && toset(keys(aws_subnet.public)) == toset(keys(aws_subnet.private))
    error_message = "There are not two zones with a public and a private subnet each."
  }

  assert {
    condition     = length(setunion([for subnet in aws_subnet.private : subnet.cidr_block], [for subnet in aws_subnet.public : subnet.cidr_block])) == 4
    error_message = "Two subnets have overlapping CIDR blocks."
  }

  assert {
    condition     = output.private_ranges == [for subnet in aws_subnet.private : subnet.cidr_block] && output.private_ranges == ["10.40.128.0/20", "10.40.144.0/20"]
    error_message = "Servers may be at ${join(", ", output.private_ranges)}"
  }

  assert {
    condition     = output.public_ranges == [for subnet in aws_subnet.public : subnet.cidr_block] && length(output.public_ranges) == 2
    error_message = "The load balancer may call from ${join(", ", output.public_ranges)}"
  }

  assert {
    condition     = alltrue([for subnet in merge({ for k, s in aws_subnet.private : "private-${k}" => s }, { for k, s in aws_subnet.public : "public-${k}" => s }) : !subnet.map_public_ip_on_launch])
    error_message = "A subnet assigns public addresses."
  }

  # the only route to the internet is in the route table of the public subnets
  assert {
    condition     = aws_route.internet.route_table_id == aws_route_table.public.id && aws_route_table.public.id != aws_route_table.private.id && alltrue([for association in aws_route_table_association.private : association.route_table_id == aws_route_table.private.id]) && length(aws_route_table.private.route) == 0
    error_message = "Private subnets have a route to the internet."
  }

  assert {
    condition     = aws_default_security_group.closed.vpc_id == aws_vpc.this.id && length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The default security group is open."
  }

  assert {
    condition     = alltrue([for service in ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "sagemaker.api", "kms"] : try(aws_vpc_endpoint.interface[service].private_dns_enabled, false)])
    error_message = "A service that tasks or functions need has no endpoint."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_vpc_endpoint.s3.policy).Statement : try(statement.Condition.StringEquals["aws:ResourceAccount"], "") == "123456789012" || statement.Action == ["s3:GetObject"]])
    error_message = "Data can be copied to a bucket of another account."
  }

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.retention_in_days > 0 && aws_cloudwatch_log_group.flow.kms_key_id == var.key
    error_message = "The flow log is missing, not encrypted, or never expires."
  }
}

run "firewall" {
  module {
    source = "../firewall"
  }

  variables {
    operators = ["10.40.250.0/24"]
  }

  assert {
    condition = toset([for rule in aws_vpc_security_group_ingress_rule.path :
      "${one([for name, group in aws_security_group.this : name if group.id == rule.referenced_security_group_id])} to ${one([for name, group in aws_security_group.this : name if group.id == rule.security_group_id])} ${rule.from_port}-${rule.to_port}"
    ]) == toset(["entrance to gateway 8080-8080", "gateway to servers 8080-8080"])
    error_message = "A component can be reached by another that should not reach it."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.callers : "${rule.cidr_ipv4} ${rule.from_port}"]) == toset(["0.0.0.0/0 443", "0.0.0.0/0 80"]) && alltrue([for rule in aws_vpc_security_group_ingress_rule.callers : rule.security_group_id == aws_security_group.this["entrance"].id])
    error_message = "Callers can reach more than the load balancer's two ports."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.operators : rule.security_group_id == aws_security_group.this["gateway"].id && rule.cidr_ipv4 == "10.40.250.0/24" && rule.from_port == 8081 && rule.to_port == 8081])
    error_message = "The private listener is open to others than operators."
  }

  assert {
    condition     = alltrue([for rule in concat(values(aws_vpc_security_group_egress_rule.endpoints), values(aws_vpc_security_group_egress_rule.s3)) : rule.from_port == 443 && rule.to_port == 443 && rule.cidr_ipv4 == null]) && length(aws_vpc_security_group_egress_rule.collector) == 0
    error_message = "A component can reach more than AWS."
  }
}

run "collector" {
  module {
    source = "../firewall"
  }

  variables {
    collectors = [{ cidr = "10.40.3.0/28", port = 4317 }]
  }

  assert {
    condition = toset([for rule in aws_vpc_security_group_egress_rule.collector :
      "${one([for name, group in aws_security_group.this : name if group.id == rule.security_group_id])} ${rule.cidr_ipv4} ${rule.from_port}-${rule.to_port}"
    ]) == toset(["gateway 10.40.3.0/28 4317-4317", "servers 10.40.3.0/28 4317-4317"])
    error_message = "A service cannot reach the collector, or more than it."
  }
}

run "nobody_reaches_the_private_listener_by_default" {
  module {
    source = "../firewall"
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.operators) == 0
    error_message = "The private listener is open."
  }
}

run "operators_come_from_inside" {
  command = plan

  module {
    source = "../firewall"
  }

  variables {
    operators = ["203.0.113.0/24"]
  }

  expect_failures = [var.operators]
}
