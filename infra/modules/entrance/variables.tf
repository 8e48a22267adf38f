variable "name" {
  description = "Name of the load balancer, at most 32 characters."
  type        = string
}

variable "domain" {
  description = "Domain name of the public API, such as models.example.org."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone of the domain."
  type        = string
}

variable "vpc" {
  description = "Id of the VPC."
  type        = string
}

variable "subnets" {
  description = "Ids of the public subnets."
  type        = list(string)
}

variable "security_group" {
  description = "Id of the load balancer's security group."
  type        = string
}

variable "log_bucket" {
  description = "Name of the bucket for access logs."
  type        = string
}

variable "release_seconds" {
  description = "Seconds that the load balancer waits for open requests of a gateway that stops. It must be less than the gateway's own timeout, or the last requests fail."
  type        = number
  default     = 30
}

variable "stop_seconds" {
  description = "Seconds that the gateway has to shut down."
  type        = number

  validation {
    condition     = var.release_seconds < var.stop_seconds
    error_message = "release_seconds must be less than stop_seconds: callers get 502 from a gateway that is killed before the load balancer has deregistered it."
  }
}

variable "protected" {
  description = "Whether deletion protection of the load balancer is on."
  type        = bool
  default     = true
}

variable "most_errors_percent" {
  description = "Percentage of 5xx responses above which, two minutes in a row, the alarm is raised; it rolls back a gateway that is being deployed."
  type        = number
  default     = 1

  validation {
    condition     = var.most_errors_percent > 0 && var.most_errors_percent < 100
    error_message = "most_errors_percent must be greater than 0 and less than 100."
  }
}

variable "errors_to_ignore" {
  description = "Number of 5xx responses in a minute that raises no alarm, whatever their percentage: at night, one may be half of all responses."
  type        = number
  default     = 10
}

variable "runbook" {
  description = "URL of the page that says what to do about an alarm, with a section for each."
  type        = string
  default     = "docs/runbook.md"
}

variable "alarm_topics" {
  description = "ARNs of the topics that alarms notify."
  type        = list(string)
  default     = []
}
