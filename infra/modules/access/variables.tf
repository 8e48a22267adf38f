variable "name" {
  description = "Prefix of the names of the roles."
  type        = string
}

variable "repository" {
  description = "The repository as it appears in GitHub's tokens: owner/name, or owner@id/name@id for repositories created since July 2026."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?$", var.repository))
    error_message = "repository must be owner/name or owner@id/name@id, without wildcards."
  }
}

variable "subjects" {
  description = "Which workflows may assume which role: the exact text that follows the repository in the token's subject."
  type = object({
    plan     = list(string)
    gate     = list(string)
    build    = list(string)
    train    = list(string)
    deploy   = list(string)
    rollback = list(string)
    scan     = list(string)
    drift    = list(string)
    apply    = list(string)
  })

  validation {
    condition     = alltrue([for subject in flatten(values(var.subjects)) : !strcontains(subject, "*") && !strcontains(subject, "?")])
    error_message = "Subjects are compared literally, so a wildcard would match nothing."
  }
}

variable "applied_by_workflow" {
  description = "Whether the role 'apply' exists, with which a workflow may change everything in this account, including these roles. Without it, a person applies."
  type        = bool
  default     = false
}

variable "state" {
  description = "ARNs of Terraform's state and of its KMS key, for the roles that run plans; empty if the state is a local file."
  type        = list(object({ bucket = string, object = string, key = string }))
  default     = []
}

variable "bucket" {
  description = "ARN of the store."
  type        = string
}

variable "gateway" {
  description = "The gateway's name in the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "signing_key" {
  description = "ARN of the KMS key that signs manifests."
  type        = string
}

variable "secrets" {
  description = "ARNs of the environment's secrets. The callers' API key is separate, because the smoke test after a deployment reads it."
  type        = object({ api_key = string, prediction_key = string, gateway_keys = string, page_token = string })
}

variable "record" {
  description = "ARN of the parameter with the environment's description."
  type        = string
}

variable "repositories" {
  description = "ARNs of the image repositories."
  type        = list(string)
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "services" {
  description = "Names of the ECS services."
  type        = list(string)
}

variable "log_groups" {
  description = "Names of the services' log groups."
  type        = list(string)
}

variable "task_roles" {
  description = "ARNs of the roles in task definitions."
  type        = list(string)
}

variable "training_role" {
  description = "ARN of the role of training jobs."
  type        = string
}

variable "job_condition" {
  description = "Conditions on a request to start a training job, from the module training."
  type        = map(map(list(string)))
}
