terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # bucket, key and region of the state are in the environment's own file: terraform init -backend-config=<name>.backend.hcl
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

# The region comes from AWS_REGION, which the targets set to what cake.config says.
provider "aws" {
  allowed_account_ids = [var.account]

  default_tags {
    tags = { Application = "slipway", Environment = var.environment }
  }
}
