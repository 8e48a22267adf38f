# What is yours: replace every value.
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
