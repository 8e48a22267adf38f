locals {
  # rewritten every few seconds, and of no interest once replaced
  fleeting = toset(["replicas/", "traffic/", "locks/"])

  # kept for as long as a manifest may name them; read often at first and then hardly ever
  kept = toset(["datasets/", "training-jobs/"])
}

resource "aws_s3_bucket_lifecycle_configuration" "store" {
  bucket = var.bucket

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  dynamic "rule" {
    for_each = local.fleeting

    content {
      id     = "fleeting-${trimsuffix(rule.value, "/")}"
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }

      expiration {
        expired_object_delete_marker = true
      }
    }
  }

  dynamic "rule" {
    for_each = local.kept

    content {
      id     = "kept-${trimsuffix(rule.value, "/")}"
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      transition {
        days          = 30
        storage_class = "INTELLIGENT_TIERING"
      }
    }
  }

  rule {
    id     = "predictions"
    status = "Enabled"

    filter {
      prefix = "predictions/"
    }

    transition {
      days          = var.archive_days
      storage_class = "GLACIER_IR"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = var.log_bucket

  rule {
    id     = "old-logs"
    status = "Enabled"

    filter {}

    expiration {
      days = var.log_days
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
}
