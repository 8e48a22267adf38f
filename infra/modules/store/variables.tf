variable "name" {
  description = "Prefix of the names of the buckets; account and region follow."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the store with everything in it. Keep it false if any model in it is needed."
  type        = bool
  default     = false
}
