variable "name" {
  description = "Prefix of the name of the role."
  type        = string
}

variable "bucket" {
  description = "ARN of the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key for volumes and output."
  type        = string
}

variable "repository" {
  description = "ARN of the repository with the training image."
  type        = string
}

variable "subnets" {
  description = "Ids of the subnets that training jobs run in."
  type        = list(string)
}

variable "security_group" {
  description = "Id of the security group of training jobs."
  type        = string
}

variable "models" {
  description = "Models whose groups in the model registry are created by Terraform. The group of any other model is created with its first version."
  type        = set(string)
  default     = []
}

variable "group_prefix" {
  description = "Prefix of the names of the models' groups; the name of the model follows."
  type        = string
}
