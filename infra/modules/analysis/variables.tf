variable "name" {
  description = "Name of the workgroup, and beginning of the names of database and policy."
  type        = string
}

variable "bucket" {
  description = "Name of the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "first_day" {
  description = "The first day that queries may find predictions of, yyyy-MM-dd."
  type        = string
  default     = "2026-11-30"

  validation {
    condition     = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.first_day))
    error_message = "first_day must be a day such as 2026-11-30."
  }
}

variable "scan_limit_gib" {
  description = "A query that reads more than this number of GiB is cancelled."
  type        = number
  default     = 100

  validation {
    condition     = var.scan_limit_gib >= 1 && floor(var.scan_limit_gib) == var.scan_limit_gib
    error_message = "scan_limit_gib must be an integer of at least 1."
  }
}
