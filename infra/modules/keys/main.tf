# Random values that exist only while Terraform runs: they are never in the state or in a plan. Every run generates new ones, and the module 'secrets'
# writes them only when it creates a secret or when its version is increased.
ephemeral "aws_secretsmanager_random_password" "prediction_key" {
  password_length     = 64
  exclude_punctuation = true
}

ephemeral "aws_secretsmanager_random_password" "page_token" {
  password_length     = 64
  exclude_punctuation = true
}

ephemeral "aws_secretsmanager_random_password" "api_key" {
  password_length     = 48
  exclude_punctuation = true
}
