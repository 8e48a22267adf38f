variable "bucket" {
  description = "Name of the store."
  type        = string
}

variable "log_bucket" {
  description = "Name of the bucket with the access logs."
  type        = string
}

variable "log_days" {
  description = "Number of days that access logs are kept."
  type        = number
  default     = 365
}

variable "archive_days" {
  description = "Number of days after which predictions move to a storage class that costs less to store and more to read."
  type        = number
  default     = 90
}

variable "prediction_days" {
  description = "Number of days after which predictions, which include what callers sent, are deleted. The archive storage class is billed for at least 90 days."
  type        = number
  default     = 400

  validation {
    condition     = var.prediction_days >= var.archive_days + 90
    error_message = "prediction_days must be at least archive_days + 90."
  }
}
