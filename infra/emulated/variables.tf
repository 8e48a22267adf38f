variable "package" {
  description = "Path of the zip with the functions' executable."
  type        = string
}

variable "public_url" {
  description = "Where callers ask: the address at which the emulator lets the gateway listen."
  type        = string
  default     = "http://127.0.0.1:8090"
}

variable "default_model" {
  description = "Which model answers where a request names none."
  type        = string
  default     = "predictive-maintenance"
}

variable "rollback_window_seconds" {
  description = "How long the color before keeps its capacity after traffic has moved."
  type        = number
  default     = 20
}
