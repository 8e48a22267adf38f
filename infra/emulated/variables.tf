variable "package" {
  description = "Path of the zip file with the functions' executable."
  type        = string
}

variable "public_url" {
  description = "URL of the gateway's public API: the address at which the gateway listens in the emulator."
  type        = string
  default     = "http://127.0.0.1:8090"
}

variable "default_model" {
  description = "Model that serves requests without a model name."
  type        = string
  default     = "predictive-maintenance"
}

variable "rollback_window_seconds" {
  description = "How long the previous color keeps its capacity after traffic has moved."
  type        = number
  default     = 20
}
