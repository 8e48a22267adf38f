variable "name" {
  description = "Name of the trail, and prefix of the name of its bucket."
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
  description = "Number of days that the trail is kept."
  type        = number
  default     = 2555
}

variable "disposable" {
  description = "Whether destroying the environment also destroys the trail's files."
  type        = bool
  default     = false
}
