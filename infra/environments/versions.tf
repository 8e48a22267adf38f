terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # bucket, key and region of the state are in a file for each environment: terraform init -backend-config=<name>.backend.hcl
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

# The region comes from AWS_REGION, which the targets set to the value in cake.config.
provider "aws" {
  allowed_account_ids = [var.account]

  default_tags {
    tags = { Application = "slipway", Environment = var.environment }
  }
}
