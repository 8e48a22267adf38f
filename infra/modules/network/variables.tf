variable "name" {
  description = "Begins the name of every resource."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC, a /16."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, "/16")
    error_message = "cidr is a /16 such as 10.40.0.0/16: the subnets are cut out of it as /20."
  }
}

variable "interface_endpoints" {
  description = "AWS services that are asked from inside the VPC. There is no way out to the internet, so what is missing here cannot be asked."
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "sagemaker.api", "kms", "sts"]
}

variable "key" {
  description = "ARN of the KMS key for the flow log."
  type        = string
}

variable "log_days" {
  description = "How long the flow log is kept."
  type        = number
  default     = 90
}
