# Where the state is stored. infra/README.md describes how to create the bucket and the key.
bucket     = "example-terraform-state"
key        = "slipway/staging.tfstate"
region     = "eu-central-1"
kms_key_id = "alias/example-terraform-state"
