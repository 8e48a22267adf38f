terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # the state need not outlive the emulator: terraform init -backend-config=path=<file>
  backend "local" {}
}

# Address, region and (meaningless) credentials come from AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  max_retries                 = 3 # retrying for minutes does not help if the emulator lacks an operation

  default_tags {
    tags = { Application = "slipway", Environment = "emulated" }
  }
}
