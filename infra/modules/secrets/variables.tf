variable "name" {
  description = "Prefix of the names of the secrets."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "prediction_key" {
  description = "Key for the checksum in prediction ids; written when the secret is created and when its version is increased."
  type        = string
  ephemeral   = true
}

variable "api_key" {
  description = "The API key that callers send; written when the secret is created and when its version is increased."
  type        = string
  ephemeral   = true
}

variable "page_token" {
  description = "The token that opens the operator's page; written when the secret is created and when its version is increased."
  type        = string
  ephemeral   = true
}

variable "prediction_key_version" {
  description = "Increase it by one to generate a new key for prediction ids."
  type        = number
  default     = 1
}

variable "api_key_version" {
  description = "Increase it by one to generate a new API key, and its hash for the gateway."
  type        = number
  default     = 1
}

variable "page_token_version" {
  description = "Increase it by one to generate a new token, which ends all sessions once gateways have been deployed with it."
  type        = number
  default     = 1
}

variable "recovery_days" {
  description = "Number of days during which a deleted secret can be restored, 7 to 30; 0 deletes it immediately."
  type        = number
  default     = 30
}
