locals {
  groups = {
    entrance  = "The load balancer"
    gateway   = "The gateway"
    servers   = "The servers of both colors"
    functions = "The functions that handle events"
    training  = "Training jobs"
  }

  # which components may connect to each other
  paths = {
    entrance_to_gateway = { from = "entrance", to = "gateway", port = 8080 }
    gateway_to_servers  = { from = "gateway", to = "servers", port = 8080 }
  }

  # which components call AWS: all but the load balancer
  askers = toset([for name in keys(local.groups) : name if name != "entrance"])
}

resource "aws_security_group" "this" {
  for_each    = local.groups
  name        = "${var.name}-${each.key}"
  description = each.value
  vpc_id      = var.vpc
  tags        = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "callers" {
  for_each          = { for pair in setproduct(var.callers, [443, 80]) : "${pair[0]}:${pair[1]}" => pair }
  security_group_id = aws_security_group.this["entrance"].id
  description       = each.value[1] == 443 ? "Callers" : "Callers that are redirected to TLS"
  cidr_ipv4         = each.value[0]
  ip_protocol       = "tcp"
  from_port         = each.value[1]
  to_port           = each.value[1]
}

resource "aws_vpc_security_group_ingress_rule" "path" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[each.value.from].id
  description                  = "From the ${each.value.from}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "path" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.from].id
  referenced_security_group_id = aws_security_group.this[each.value.to].id
  description                  = "To the ${each.value.to}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "operators" {
  for_each          = var.operators
  security_group_id = aws_security_group.this["gateway"].id
  description       = "Operators, to the private listener"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 8081
  to_port           = 8081
}

resource "aws_vpc_security_group_egress_rule" "endpoints" {
  for_each                     = local.askers
  security_group_id            = aws_security_group.this[each.key].id
  referenced_security_group_id = var.endpoints_security_group
  description                  = "To the endpoints of AWS"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "collector" {
  for_each          = { for pair in setproduct(["gateway", "servers"], var.collectors) : "${pair[0]}:${pair[1].cidr}:${pair[1].port}" => pair }
  security_group_id = aws_security_group.this[each.value[0]].id
  cidr_ipv4         = each.value[1].cidr
  description       = "To the collector of telemetry"
  ip_protocol       = "tcp"
  from_port         = each.value[1].port
  to_port           = each.value[1].port
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  for_each          = local.askers
  security_group_id = aws_security_group.this[each.key].id
  prefix_list_id    = var.s3_prefix_list
  description       = "To S3"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
