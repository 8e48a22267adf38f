# Write-only arguments: values are never in the state or in a plan. A new value is written only when its version is increased.
resource "aws_secretsmanager_secret" "prediction_key" {
  name                    = "${var.name}/prediction-key"
  description             = "Key for the checksum in prediction ids, for the servers"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "prediction_key" {
  secret_id                = aws_secretsmanager_secret.prediction_key.id
  secret_string_wo         = var.prediction_key
  secret_string_wo_version = var.prediction_key_version
}

resource "aws_secretsmanager_secret" "api_key" {
  name                    = "${var.name}/api-key"
  description             = "The API key that callers send"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "api_key" {
  secret_id                = aws_secretsmanager_secret.api_key.id
  secret_string_wo         = var.api_key
  secret_string_wo_version = var.api_key_version
}

# the gateway gets only the hash of a key
resource "aws_secretsmanager_secret" "gateway_keys" {
  name                    = "${var.name}/gateway-keys"
  description             = "Hashes of the API keys that the gateway accepts"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "gateway_keys" {
  secret_id                = aws_secretsmanager_secret.gateway_keys.id
  secret_string_wo         = "default:${sha256(var.api_key)}"
  secret_string_wo_version = var.api_key_version
}

resource "aws_secretsmanager_secret" "page_token" {
  name                    = "${var.name}/page-token"
  description             = "The token that opens the operator's page"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "page_token" {
  secret_id                = aws_secretsmanager_secret.page_token.id
  secret_string_wo         = var.page_token
  secret_string_wo_version = var.page_token_version
}
