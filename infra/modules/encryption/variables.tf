variable "name" {
  description = "Name of the alias, and of the trail that may use the key."
  type        = string
}

variable "deletion_days" {
  description = "How long a deleted key can still be brought back, 7 to 30."
  type        = number
  default     = 30
}
