variable "name" {
  description = "Prefix of the names of functions, rules and the queue."
  type        = string
}

variable "package" {
  description = "Path of the zip file with the executable 'bootstrap', which all functions run."
  type        = string
}

variable "record" {
  description = "The environment's description as JSON, which the functions get in SLIPWAY_ENVIRONMENT."
  type        = string
}

variable "gateway" {
  description = "The gateway's name in the store."
  type        = string
}

variable "rollout" {
  description = "How versions of models take over traffic: the keys Rollout_... of the environment in cake.config, which explains them."
  type        = map(string)

  validation {
    condition     = alltrue([for name in keys(var.rollout) : can(regex("^Rollout_[A-Za-z]+$", name))])
    error_message = "rollout must have names that begin with Rollout_."
  }
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "servers" {
  description = "Names of the ECS services of both colors."
  type        = list(string)
}

variable "bucket" {
  description = "ARN of the store."
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

variable "training_role" {
  description = "ARN of the role of training jobs; events of jobs with another role are ignored."
  type        = string
}

variable "job_condition" {
  description = "Conditions on a request to start a training job, from the module training."
  type        = map(map(list(string)))
}

variable "repository" {
  description = "ARN of the repository with the training image."
  type        = string
}

variable "group_prefix" {
  description = "Prefix of the names of the models' groups in the model registry."
  type        = string
}

variable "subnets" {
  description = "Ids of the private subnets."
  type        = list(string)
}

variable "security_group" {
  description = "Id of the security group of the functions."
  type        = string
}

variable "memory" {
  description = "Memory of a function in megabytes; its CPU share is proportional to it."
  type        = number
  default     = 1024
}

variable "join_memory" {
  description = "Memory in megabytes of the function that joins labels. It holds an hour of the log, a million rows of each model at most; of more, it reads the hour several times."
  type        = number
  default     = 2048
}

variable "storage" {
  description = "Disk of a function in megabytes, where it unpacks artifacts."
  type        = number
  default     = 4096
}

variable "most_model_bytes" {
  description = "Maximum number of bytes that a model's archive may unpack to. If you raise it, also raise the memory of servers and the disk of functions."
  type        = number
  default     = 268435456

  validation {
    condition     = var.most_model_bytes >= 1 && var.most_model_bytes <= 17179869184 && floor(var.most_model_bytes) == var.most_model_bytes
    error_message = "most_model_bytes must be an integer from 1 to 17179869184."
  }
}

variable "timeout" {
  description = "Seconds that handling one event may take, including the copy of a dataset."
  type        = number
  default     = 300
}

variable "concurrency" {
  description = "Number of events that each function handles at a time. This concurrency is reserved, so other functions of the account cannot use it up."
  type        = number
  default     = 5
}

variable "log_days" {
  description = "Number of days that logs are kept."
  type        = number
  default     = 90
}
