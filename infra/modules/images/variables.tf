variable "name" {
  description = "Prefix of the names of the repositories."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the images in it."
  type        = bool
  default     = false
}
