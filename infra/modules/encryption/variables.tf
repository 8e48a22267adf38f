variable "name" {
  description = "Name of the alias."
  type        = string
}

variable "deletion_days" {
  description = "How long a deleted key can still be brought back, 7 to 30."
  type        = number
  default     = 30
}
