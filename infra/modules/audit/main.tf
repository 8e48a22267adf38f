data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region  = data.aws_region.here.name
  account = data.aws_caller_identity.here.account_id
  aws     = "arn:${data.aws_partition.here.partition}"
  bucket  = "${var.name}-audit-${local.account}-${local.region}"
  arn     = "${local.aws}:s3:::${local.bucket}"
  trail   = "${local.aws}:cloudtrail:${local.region}:${local.account}:trail/${var.name}"

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
        Sid       = "TheTrailAndTheRecorderLook"
        Effect    = "Allow"
        Principal = { Service = ["cloudtrail.amazonaws.com", "config.amazonaws.com"] }
        Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
        Resource  = local.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      {
        Sid       = "TheTrailWrites"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.arn}/trail/AWSLogs/${local.account}/*"
        Condition = { StringEquals = { "aws:SourceArn" = local.trail, "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
      {
        # does not affect the lifecycle rule below, which deletes old files
        Sid       = "NobodyDeletes"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
        Resource  = ["${local.arn}/*"]
      },
    ]
  }

  # rules managed by AWS; each checks a property that these modules establish
  rules = {
    bucket-without-tls         = "S3_BUCKET_SSL_REQUESTS_ONLY"
    bucket-readable-by-all     = "S3_BUCKET_PUBLIC_READ_PROHIBITED"
    bucket-without-versions    = "S3_BUCKET_VERSIONING_ENABLED"
    bucket-without-key         = "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"
    key-without-rotation       = "CMK_BACKING_KEY_ROTATION_ENABLED"
    trail-off                  = "CLOUD_TRAIL_ENABLED"
    trail-without-validation   = "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"
    policy-with-admin-rights   = "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"
    default-group-open         = "VPC_DEFAULT_SECURITY_GROUP_CLOSED"
    function-outside-of-vpc    = "LAMBDA_INSIDE_VPC"
    image-tags-can-move        = "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"
    images-not-scanned         = "ECR_PRIVATE_IMAGE_SCANNING_ENABLED"
    task-with-writable-root    = "ECS_CONTAINERS_READONLY_ACCESS"
    task-as-root               = "ECS_TASK_DEFINITION_NONROOT_USER"
    load-balancer-without-logs = "ELB_LOGGING_ENABLED"
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

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode(local.policy)

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "old-records"
    status = "Enabled"

    filter {}

    transition {
      days          = 90
      storage_class = "GLACIER_IR"
    }

    expiration {
      days = var.days
    }
  }
}

resource "aws_cloudtrail" "this" {
  name                          = var.name
  s3_bucket_name                = aws_s3_bucket.this.id
  s3_key_prefix                 = "trail"
  kms_key_id                    = var.key
  enable_log_file_validation    = true
  include_global_service_events = true
  is_multi_region_trail         = true

  advanced_event_selector {
    name = "Who managed what"

    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }

  # models/ contains versions/, channels/ and history/; the other prefixes record who added data, started jobs, requested traffic and released images
  advanced_event_selector {
    name = "Who wrote what decides about predictions"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }

    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }

    field_selector {
      field       = "resources.ARN"
      starts_with = [for prefix in ["models", "catalog", "traffic", "datasets", "training-jobs", "releases"] : "${var.store}/${prefix}/"]
    }
  }

  depends_on = [aws_s3_bucket_policy.this]
}

resource "aws_iam_role" "recorder" {
  name = "${var.name}-recorder"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

# the permissions that the recorder needs grow with AWS, so AWS maintains this policy
resource "aws_iam_role_policy_attachment" "recorder" {
  role       = aws_iam_role.recorder.name
  policy_arn = "${local.aws}:iam::aws:policy/service-role/AWS_ConfigRole"
}

locals {
  recorder_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Deliver"
        Effect    = "Allow"
        Action    = ["s3:PutObject"]
        Resource  = ["${local.arn}/configuration/AWSLogs/${local.account}/*"]
        Condition = { StringLike = { "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
      {
        Sid      = "LookFirst"
        Effect   = "Allow"
        Action   = ["s3:GetBucketAcl", "s3:ListBucket"]
        Resource = [local.arn]
      },
      {
        Sid      = "UseTheKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.key]
      },
    ]
  }
}

resource "aws_iam_role_policy" "recorder" {
  name   = "recorder"
  role   = aws_iam_role.recorder.id
  policy = jsonencode(local.recorder_policy)
}

resource "aws_config_configuration_recorder" "this" {
  name     = var.name
  role_arn = aws_iam_role.recorder.arn

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "this" {
  name           = var.name
  s3_bucket_name = aws_s3_bucket.this.id
  s3_key_prefix  = "configuration"

  depends_on = [aws_config_configuration_recorder.this, aws_iam_role_policy.recorder]
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true

  depends_on = [aws_config_delivery_channel.this]
}

resource "aws_config_config_rule" "this" {
  for_each = local.rules
  name     = "${var.name}-${each.key}"

  source {
    owner             = "AWS"
    source_identifier = each.value
  }

  depends_on = [aws_config_configuration_recorder.this]
}
