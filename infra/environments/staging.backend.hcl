# Where the state lies. infra/README.md says how to make the bucket and the key.
bucket     = "example-terraform-state"
key        = "slipway/staging.tfstate"
region     = "eu-central-1"
kms_key_id = "alias/example-terraform-state"
