locals {
  # rewritten every few seconds, so old versions are not needed; a heartbeat that is a day old is from a server that was killed
  fleeting = { "replicas/" = 1, "traffic/" = null, "locks/" = null }

  # kept as long as a manifest may reference them; read often at first, then rarely
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
      id     = "fleeting-${trimsuffix(rule.key, "/")}"
      status = "Enabled"

      filter {
        prefix = rule.key
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }

      # with a number of days, S3 removes delete markers, too
      expiration {
        days                         = rule.value
        expired_object_delete_marker = rule.value == null ? true : null
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

  # results of queries
  rule {
    id     = "queries"
    status = "Enabled"

    filter {
      prefix = "queries/"
    }

    expiration {
      days = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  rule {
    id     = "monitoring"
    status = "Enabled"

    filter {
      prefix = "monitoring/"
    }

    expiration {
      days = var.prediction_days
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  # labels expire with their predictions
  dynamic "rule" {
    for_each = ["predictions", "feedback"]

    content {
      id     = rule.value
      status = "Enabled"

      filter {
        prefix = "${rule.value}/"
      }

      transition {
        days          = var.archive_days
        storage_class = "GLACIER_IR"
      }

      expiration {
        days = var.prediction_days
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
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
