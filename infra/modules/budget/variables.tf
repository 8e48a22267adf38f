variable "name" {
  description = "Name of the budget."
  type        = string
}

variable "monthly_dollars" {
  description = "Monthly cost of the account in US dollars."
  type        = number
}

variable "topics" {
  description = "ARNs of the topics that are notified."
  type        = list(string)
}
