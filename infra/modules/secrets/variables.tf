variable "name" {
  description = "Begins the names of the secrets."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "prediction_key" {
  description = "Keys the check in prediction ids; taken when the secret is made and when its version is raised."
  type        = string
  ephemeral   = true
}

variable "api_key" {
  description = "The API key that callers send; taken when the secret is made and when its version is raised."
  type        = string
  ephemeral   = true
}

variable "prediction_key_version" {
  description = "Raise it by one to make a new key for prediction ids."
  type        = number
  default     = 1
}

variable "api_key_version" {
  description = "Raise it by one to make a new API key, and its hash for the gateway."
  type        = number
  default     = 1
}

variable "recovery_days" {
  description = "How long a deleted secret can still be brought back, 7 to 30; 0 deletes at once."
  type        = number
  default     = 30
}
