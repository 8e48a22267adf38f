environment = "staging"

# Your own values: replace all of them.
account      = "111111111111"
domain       = "models.staging.example.org"
zone         = "Z0000000000000EXAMPLE"
repository   = "example/slipway"
alarm_emails = ["operations@example.org"]

state = [{
  bucket = "arn:aws:s3:::example-terraform-state"
  object = "arn:aws:s3:::example-terraform-state/slipway/staging.tfstate"
  key    = "arn:aws:kms:eu-central-1:111111111111:key/00000000-0000-0000-0000-000000000000"
}]

# Sizes, retention, and that the environment is disposable.
fleet = {
  server                  = { cpu = 1024, memory = 2048, least = 1, capacity = 1, most = 2 }
  gateway                 = { cpu = 512, memory = 1024, least = 1, most = 2 }
  rollback_window_seconds = 600
  rate_limit              = 200
}

training        = { instance_type = "ml.m5.large", volume_gigabytes = 10, most_seconds = 3600, spot = true }
concurrency     = 2
prediction_days = 180
log_days        = 30
monthly_dollars = 400
disposable      = true
