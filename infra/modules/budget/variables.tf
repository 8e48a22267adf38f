variable "name" {
  description = "Name of the budget."
  type        = string
}

variable "monthly_dollars" {
  description = "What the account may cost in a month."
  type        = number
}

variable "topics" {
  description = "ARNs of the topics that hear of it."
  type        = list(string)
}
