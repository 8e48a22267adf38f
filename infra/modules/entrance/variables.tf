variable "name" {
  description = "Name of the load balancer, at most 32 characters."
  type        = string
}

variable "domain" {
  description = "The name that callers ask, such as models.example.org."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone that the domain lies in."
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
  description = "How long the load balancer waits for requests of a gateway that leaves. Less than the gateway's own time to stop, or the last of them fail."
  type        = number
  default     = 30
}

variable "stop_seconds" {
  description = "The gateway's time to stop."
  type        = number

  validation {
    condition     = var.release_seconds < var.stop_seconds
    error_message = "release_seconds must be less than stop_seconds: a gateway that is killed before the load balancer lets go of it answers 502."
  }
}

variable "protected" {
  description = "Whether the load balancer refuses to be deleted."
  type        = bool
  default     = true
}

variable "most_errors_percent" {
  description = "A larger share of answers with 5xx than this raises the alarm, two minutes in a row, and takes back a gateway that is being deployed."
  type        = number
  default     = 1

  validation {
    condition     = var.most_errors_percent > 0 && var.most_errors_percent < 100
    error_message = "most_errors_percent is above 0 and below 100."
  }
}

variable "errors_to_ignore" {
  description = "So many answers with 5xx in a minute raise no alarm, whatever their share: at night, one is half of all."
  type        = number
  default     = 10
}

variable "alarm_topics" {
  description = "ARNs of the topics that hear of alarms."
  type        = list(string)
  default     = []
}
