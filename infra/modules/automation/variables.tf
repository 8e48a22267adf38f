variable "name" {
  description = "Begins the names of functions, rules and the queue."
  type        = string
}

variable "package" {
  description = "Path of the zip with the executable 'bootstrap' that both functions run."
  type        = string
}

variable "record" {
  description = "The environment's description as JSON: what the functions find in SLIPWAY_ENVIRONMENT."
  type        = string
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
  description = "ARN of the role that training jobs get; jobs with another are none of ours."
  type        = string
}

variable "job_condition" {
  description = "What a request to start a training job has to be like, as the module training says."
  type        = map(map(list(string)))
}

variable "repository" {
  description = "ARN of the repository with the image that trains."
  type        = string
}

variable "group_prefix" {
  description = "How the names of the models' groups in the model registry begin."
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
  description = "Megabytes of memory of a function; its share of a processor grows with it."
  type        = number
  default     = 1024
}

variable "storage" {
  description = "Megabytes of disk of a function, where it unpacks artifacts."
  type        = number
  default     = 4096
}

variable "most_model_bytes" {
  description = "Bytes that the archive of a model may unpack to, at most. Above the default, look after the memory of servers and the disk of functions too."
  type        = number
  default     = 268435456

  validation {
    condition     = var.most_model_bytes >= 1 && var.most_model_bytes <= 17179869184 && floor(var.most_model_bytes) == var.most_model_bytes
    error_message = "most_model_bytes is a whole number from 1 to 17179869184."
  }
}

variable "timeout" {
  description = "Seconds that one event may take. A dataset is copied within it."
  type        = number
  default     = 300
}

variable "concurrency" {
  description = "Events that each function handles at a time. Reserved, so other functions of the account cannot starve it."
  type        = number
  default     = 5
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
}
