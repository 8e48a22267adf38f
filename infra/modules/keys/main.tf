# Random values that exist only while Terraform runs: neither the state nor a plan ever holds them. Every run makes new ones, and the module 'secrets'
# takes them only when it makes a secret or when its version is raised.
ephemeral "aws_secretsmanager_random_password" "prediction_key" {
  password_length     = 64
  exclude_punctuation = true
}

ephemeral "aws_secretsmanager_random_password" "api_key" {
  password_length     = 48
  exclude_punctuation = true
}
