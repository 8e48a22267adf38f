variable "name" {
  description = "Name of the domain."
  type        = string
}

variable "vpc" {
  description = "Id of the VPC."
  type        = string
}

variable "subnets" {
  description = "Ids of the private subnets."
  type        = list(string)
}

variable "endpoints_security_group" {
  description = "Id of the security group of the interface endpoints."
  type        = string
}

variable "s3_prefix_list" {
  description = "Id of the prefix list with the addresses of S3."
  type        = string
}

variable "bucket" {
  description = "ARN of the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key for home folders and volumes."
  type        = string
}

variable "users" {
  description = "User names of people who get their own JupyterLab. An administrator creates one for anybody else who may sign in."
  type        = set(string)
  default     = []
}

variable "instance_type" {
  description = "Default instance type of JupyterLab."
  type        = string
  default     = "ml.t3.medium"
}

variable "idle_minutes" {
  description = "Number of idle minutes after which a JupyterLab is shut down, 60 or more."
  type        = number
  default     = 60
}
