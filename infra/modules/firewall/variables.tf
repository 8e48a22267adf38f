variable "name" {
  description = "Prefix of the name of every security group."
  type        = string
}

variable "vpc" {
  description = "Id of the VPC."
  type        = string
}

variable "cidr" {
  description = "CIDR block of the VPC."
  type        = string
}

variable "endpoints_security_group" {
  description = "Id of the security group of the interface endpoints."
  type        = string
}

variable "s3_prefix_list" {
  description = "Id of the prefix list with the addresses of S3."
  type        = string
}

variable "callers" {
  description = "CIDR blocks that may call the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
}

variable "operators" {
  description = "CIDR blocks inside the VPC (a VPN, a bastion) that can reach the gateway's private listener, which serves the operator's page and the metrics."
  type        = set(string)
  default     = []

  validation {
    condition = alltrue([
      for range in var.operators :
      tonumber(split("/", range)[1]) >= tonumber(split("/", var.cidr)[1])
      && cidrhost("${split("/", range)[0]}/${split("/", var.cidr)[1]}", 0) == cidrhost(var.cidr, 0)
    ])
    error_message = "The private listener does not require an API key, so operators must be CIDR blocks inside the VPC."
  }
}

variable "collectors" {
  description = "CIDR blocks and ports that gateway and servers may connect to, to export telemetry."
  type        = set(object({ cidr = string, port = number }))
  default     = []
}
