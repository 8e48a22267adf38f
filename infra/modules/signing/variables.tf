variable "name" {
  description = "Prefix of the name of the alias."
  type        = string
}

variable "deletion_days" {
  description = "Number of days during which a deleted key can be restored, 7 to 30."
  type        = number
  default     = 30
}

variable "former_keys" {
  description = "Further trusted public keys in PEM format: former keys, until everything that they signed is signed with the current one."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for key in var.former_keys : startswith(trimspace(key), "-----BEGIN PUBLIC KEY-----")])
    error_message = "former_keys must be public keys in PEM format, not private keys."
  }
}
