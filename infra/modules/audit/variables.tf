variable "name" {
  description = "Name of the trail; begins the name of its bucket."
  type        = string
}

variable "store" {
  description = "ARN of the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "days" {
  description = "How long the trail is kept."
  type        = number
  default     = 2555
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the trail."
  type        = bool
  default     = false
}
