data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  suffix = "${data.aws_caller_identity.here.account_id}-${data.aws_region.here.name}"
  bucket = "${var.name}-store-${local.suffix}"
  logs   = "${var.name}-access-${local.suffix}"
  arn    = "arn:${data.aws_partition.here.partition}:s3:::${local.bucket}"
  log    = "arn:${data.aws_partition.here.partition}:s3:::${local.logs}"

  # evidence: what was registered, who moved which pointer when, which images were deployed under which tag, and a training job's inputs, outcome and
  # registration: the signature of a version covers its lineage
  evidence = concat(
    ["${local.arn}/models/*/versions/*", "${local.arn}/models/*/history/*", "${local.arn}/releases/*"],
    [for file in ["lineage", "outcome", "registered"] : "${local.arn}/training-jobs/*/${file}.json"],
  )

  policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*" # denies every action
        Resource  = [local.arn, "${local.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        # this also denies multipart uploads and copies, which cannot carry the condition; all of these objects are a few kilobytes
        Sid       = "EvidenceIsWrittenOnce"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:PutObject"
        Resource  = local.evidence
        Condition = { Null = { "s3:if-none-match" = "true" } }
      },
      {
        Sid       = "EvidenceStays"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        # a signature may be overwritten, because versions are signed again when the key is replaced. Without a signature, a version would not be served
        Resource = concat(local.evidence, ["${local.arn}/models/*/signatures/*"])
      },
    ]
  }

  log_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*" # denies every action
        Resource  = [local.log, "${local.log}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "LogOfTheStore"
        Effect    = "Allow"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.log}/store/*"
        Condition = {
          ArnLike      = { "aws:SourceArn" = local.arn }
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.here.account_id }
        }
      },
      {
        Sid       = "LogOfTheEntrance"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.log}/entrance/AWSLogs/${data.aws_caller_identity.here.account_id}/*"
      },
    ]
  }
}

resource "aws_s3_bucket" "this" {
  bucket        = local.bucket
  force_destroy = var.disposable
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.key
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode(local.policy)

  # S3 allows only one of the two to be changed at a time
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_notification" "this" {
  bucket      = aws_s3_bucket.this.id
  eventbridge = true
}

resource "aws_s3_bucket_logging" "this" {
  bucket        = aws_s3_bucket.this.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "store/"

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_s3_bucket" "logs" {
  bucket        = local.logs
  force_destroy = var.disposable
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256" # neither load balancers nor S3 can deliver logs that are encrypted with a customer-managed key
    }
  }
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode(local.log_policy)

  depends_on = [aws_s3_bucket_public_access_block.logs]
}
