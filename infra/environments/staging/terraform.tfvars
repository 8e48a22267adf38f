# What is yours: replace every value.
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
