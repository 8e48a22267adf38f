variable "name" {
  description = "Prefix of the name of every resource."
  type        = string
}

variable "cidr" {
  description = "CIDR block of the VPC, a /16."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, "/16")
    error_message = "cidr must be a /16, such as 10.40.0.0/16: it is divided into /20 subnets."
  }
}

variable "interface_endpoints" {
  description = "AWS services that have an interface endpoint in the VPC. The VPC has no route to the internet, so other services cannot be reached."
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "sagemaker.api", "kms", "sts"]
}

variable "further_endpoints" {
  description = "Further AWS services that something in the VPC calls."
  type        = set(string)
  default     = []
}

variable "key" {
  description = "ARN of the KMS key for the flow log."
  type        = string
}

variable "log_days" {
  description = "Number of days that the flow log is kept."
  type        = number
  default     = 90
}
