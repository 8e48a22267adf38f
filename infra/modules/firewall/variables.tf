variable "name" {
  description = "Begins the name of every security group."
  type        = string
}

variable "vpc" {
  description = "Id of the VPC."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC."
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
  description = "Addresses that may ask the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
}

variable "operators" {
  description = "Addresses inside of the VPC (a VPN, a bastion) that reach the gateway's private listener, where the operator's page and the metrics are."
  type        = set(string)
  default     = []

  validation {
    condition = alltrue([
      for range in var.operators :
      tonumber(split("/", range)[1]) >= tonumber(split("/", var.cidr)[1])
      && cidrhost("${split("/", range)[0]}/${split("/", var.cidr)[1]}", 0) == cidrhost(var.cidr, 0)
    ])
    error_message = "The private listener has no keys of its own, so operators must be ranges inside of the VPC."
  }
}
