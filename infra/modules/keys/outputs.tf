output "prediction_key" {
  description = "Key for the checksum in prediction ids."
  value       = ephemeral.aws_secretsmanager_random_password.prediction_key.random_password
  ephemeral   = true
}

output "api_key" {
  description = "The API key that callers send."
  value       = ephemeral.aws_secretsmanager_random_password.api_key.random_password
  ephemeral   = true
}

output "page_token" {
  description = "The token that opens the operator's page."
  value       = ephemeral.aws_secretsmanager_random_password.page_token.random_password
  ephemeral   = true
}
