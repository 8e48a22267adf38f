variable "account" {
  description = "Number of the AWS account; Terraform refuses to work in any other."
  type        = string
}

variable "domain" {
  description = "The name that callers ask."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone that the domain lies in."
  type        = string
}

variable "repository" {
  description = "The repository as GitHub names it in tokens: owner/name, or owner@id/name@id."
  type        = string
}

variable "state" {
  description = "ARNs of the state's bucket, of the state in it, and of its key, for the roles that plan."
  type        = list(object({ bucket = string, object = string, key = string }))
}

variable "applied_by_workflow" {
  description = "Whether there is a role 'apply', by which a workflow may change everything in this account, these roles included. Otherwise a person applies."
  type        = bool
  default     = false
}

variable "alarm_emails" {
  description = "Who hears of alarms."
  type        = set(string)
}

variable "notebook_users" {
  description = "People with a JupyterLab of their own."
  type        = set(string)
  default     = []
}

variable "operators" {
  description = "Addresses inside of the VPC that reach the gateway's private listener."
  type        = set(string)
  default     = []
}

variable "default_model" {
  description = "Which model answers where a request names none."
  type        = string
  default     = "predictive-maintenance"
}

variable "package" {
  description = "Path of the zip with the functions' executable."
  type        = string
}

variable "signatures" {
  description = "What servers make of a version that no trusted key signed: enforce keeps it from answering, warn says so, off does not look."
  type        = string
  default     = "enforce"
}

variable "former_signing_keys" {
  description = "Public keys as PEM that servers trust beside the environment's own: those before it, until what they signed is signed anew."
  type        = list(string)
  default     = []
}

variable "prediction_key_version" {
  description = "Raise it by one to make a new key for prediction ids."
  type        = number
  default     = 1
}

variable "api_key_version" {
  description = "Raise it by one to make a new API key."
  type        = number
  default     = 1
}
