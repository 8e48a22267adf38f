variable "name" {
  description = "Begins the name of the alias."
  type        = string
}

variable "deletion_days" {
  description = "How long a deleted key can still be brought back, 7 to 30."
  type        = number
  default     = 30
}

variable "former_keys" {
  description = "Public keys as PEM that are trusted beside the key: those before it, until what they signed is signed anew."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for key in var.former_keys : startswith(trimspace(key), "-----BEGIN PUBLIC KEY-----")])
    error_message = "former_keys are public keys as PEM; a private key has no business here."
  }
}
