variable "name" {
  description = "Begins the names of the repositories."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the images."
  type        = bool
  default     = false
}
