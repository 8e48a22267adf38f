# the ARNs come from the versions, so that nothing starts before its secret has a value
output "prediction_key" {
  description = "ARN of the secret with the key for prediction ids."
  value       = aws_secretsmanager_secret_version.prediction_key.arn
}

output "api_key" {
  description = "ARN of the secret with the API key."
  value       = aws_secretsmanager_secret_version.api_key.arn
}

output "gateway_keys" {
  description = "ARN of the secret with the hashes of API keys."
  value       = aws_secretsmanager_secret_version.gateway_keys.arn
}

output "page_token" {
  description = "ARN of the secret with the token of the operator's page."
  value       = aws_secretsmanager_secret_version.page_token.arn
}
