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
