variable "name" {
  description = "Begins the names of the roles."
  type        = string
}

variable "repository" {
  description = "The repository as GitHub names it in tokens: owner/name, or owner@id/name@id for repositories made since July 2026."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?$", var.repository))
    error_message = "repository is owner/name or owner@id/name@id, without any wildcard."
  }
}

variable "subjects" {
  description = "Which workflows may take which role: what follows the repository in the token's subject, word for word."
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
    error_message = "Subjects are compared word for word, so a wildcard would match nothing."
  }
}

variable "applied_by_workflow" {
  description = "Whether there is a role 'apply', by which a workflow may change everything in this account, these roles included. Otherwise a person applies."
  type        = bool
  default     = false
}

variable "state" {
  description = "ARNs of Terraform's state and of the key it is encrypted with, for the roles that plan; none where the state is a file."
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
  description = "ARNs of the environment's secrets. Callers' API key is by itself, because who deploys asks as a caller afterwards."
  type        = object({ api_key = string, prediction_key = string, gateway_keys = string })
}

variable "record" {
  description = "ARN of the parameter with the environment's description."
  type        = string
}

variable "repositories" {
  description = "ARNs of the repositories with images."
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
  description = "ARNs of the roles that task definitions name."
  type        = list(string)
}

variable "training_role" {
  description = "ARN of the role that training jobs have."
  type        = string
}

variable "job_condition" {
  description = "What a request to start a training job has to be like, as the module training says."
  type        = map(map(list(string)))
}
