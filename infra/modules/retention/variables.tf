variable "bucket" {
  description = "Name of the store."
  type        = string
}

variable "log_bucket" {
  description = "Name of the bucket with the access logs."
  type        = string
}

variable "log_days" {
  description = "How long access logs are kept."
  type        = number
  default     = 365
}

variable "archive_days" {
  description = "After how many days predictions move to storage that is cheaper to keep and dearer to read."
  type        = number
  default     = 90
}

variable "prediction_days" {
  description = "After how many days predictions are deleted, and with them what callers sent. Storage that is cheaper to keep is paid for 90 days at least."
  type        = number
  default     = 400

  validation {
    condition     = var.prediction_days >= var.archive_days + 90
    error_message = "prediction_days must be at least 90 days after archive_days."
  }
}
