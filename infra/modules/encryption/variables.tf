variable "name" {
  description = "Name of the alias, and of the trail that may use the key."
  type        = string
}

variable "deletion_days" {
  description = "Number of days during which a deleted key can be restored, 7 to 30."
  type        = number
  default     = 30
}
