variable "name" {
  description = "Name of the dashboard and the topic."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "emails" {
  description = "Email addresses that alarms are sent to; each must confirm its subscription once."
  type        = set(string)
  default     = []
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "services" {
  description = "Names of the ECS services: gateway, blue, green."
  type        = map(string)
}

variable "functions" {
  description = "Names of the Lambda functions: dataset_arrived, training_finished."
  type        = map(string)
}

variable "rules" {
  description = "Names of the EventBridge rules, and the bus of each; null for the default bus."
  type        = map(string)
}

variable "dead_letters" {
  description = "Name of the dead-letter queue."
  type        = string
}

variable "entrance" {
  description = "CloudWatch dimensions of the load balancer and the target group."
  type        = object({ load_balancer = string, target_group = string })
}

variable "slow_seconds" {
  description = "p99 response time in seconds, measured by the load balancer, above which the alarm is raised."
  type        = number
  default     = 1
}
