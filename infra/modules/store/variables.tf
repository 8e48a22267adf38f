variable "name" {
  description = "Begins the names of the buckets; account and region follow."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the store with everything in it. False wherever anybody would miss a model."
  type        = bool
  default     = false
}
