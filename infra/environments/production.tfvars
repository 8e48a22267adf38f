environment = "production"

# Your own values: replace all of them.
account      = "222222222222"
domain       = "models.example.org"
zone         = "Z0000000000000EXAMPLE"
repository   = "example/slipway"
alarm_emails = ["operations@example.org"]

state = [{
  bucket = "arn:aws:s3:::example-terraform-state"
  object = "arn:aws:s3:::example-terraform-state/slipway/production.tfstate"
  key    = "arn:aws:kms:eu-central-1:222222222222:key/00000000-0000-0000-0000-000000000000"
}]

# Sizes and retention.
fleet = {
  server                  = { cpu = 2048, memory = 4096, least = 1, capacity = 2, most = 8 }
  gateway                 = { cpu = 1024, memory = 2048, least = 2, most = 6 }
  rollback_window_seconds = 3600
  rate_limit              = 1000
}

training        = { instance_type = "ml.m5.xlarge", volume_gigabytes = 30, most_seconds = 14400, spot = false }
concurrency     = 5
prediction_days = 400
log_days        = 365
monthly_dollars = 1500
disposable      = false
