# Ephemeral values and write-only arguments: neither the state nor a plan ever holds them. A new value is only written when its version is raised.
ephemeral "aws_secretsmanager_random_password" "prediction_key" {
  password_length     = 64
  exclude_punctuation = true
}

ephemeral "aws_secretsmanager_random_password" "api_key" {
  password_length     = 48
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "prediction_key" {
  name                    = "${var.name}/prediction-key"
  description             = "Keys the check in prediction ids; servers read it"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "prediction_key" {
  secret_id                = aws_secretsmanager_secret.prediction_key.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.prediction_key.random_password
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
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.api_key.random_password
  secret_string_wo_version = var.api_key_version
}

# the gateway never sees a key, only what it hashes to
resource "aws_secretsmanager_secret" "gateway_keys" {
  name                    = "${var.name}/gateway-keys"
  description             = "Hashes of the API keys that the gateway accepts"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "gateway_keys" {
  secret_id                = aws_secretsmanager_secret.gateway_keys.id
  secret_string_wo         = "default:${sha256(ephemeral.aws_secretsmanager_random_password.api_key.random_password)}"
  secret_string_wo_version = var.api_key_version
}
