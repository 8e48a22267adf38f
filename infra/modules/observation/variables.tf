variable "name" {
  description = "Name of the dashboard and the topic, and the namespace of the metrics of gateway and servers."
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
  description = "Names of the Lambda functions: dataset_arrived, training_finished, labels_due."
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

variable "models" {
  description = "Names of the models that have alarms; graphs show all."
  type        = set(string)
}

variable "deployment_alarms" {
  description = "Names of further alarms that are part of the one that rolls back deployments."
  type        = list(string)
  default     = []
}

variable "runbook" {
  description = "URL of the page that says what to do about an alarm, with a section for each."
  type        = string
  default     = "docs/runbook.md"
}

variable "slow_run_seconds" {
  description = "p99 of the seconds of one model run, above which the alarm is raised."
  type        = number
  default     = 0.25
}

variable "slow_seconds" {
  description = "p99 response time in seconds, measured by the load balancer, above which the alarm is raised."
  type        = number
  default     = 1
}
