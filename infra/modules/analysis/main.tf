data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region  = data.aws_region.here.name
  account = data.aws_caller_identity.here.account_id
  aws     = "arn:${data.aws_partition.here.partition}"
  store   = "${local.aws}:s3:::${var.bucket}"
  glue    = "${local.aws}:glue:${local.region}:${local.account}"

  # reads predictions and labels, and nothing else of the store
  policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadPredictionsAndLabels"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${local.store}/predictions/*", "${local.store}/feedback/*"]
      },
      {
        Sid       = "FindThem"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [local.store]
        Condition = { StringLike = { "s3:prefix" = ["predictions/*", "feedback/*", "queries/*"] } }
      },
      {
        Sid      = "LocateTheStore"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation"]
        Resource = [local.store]
      },
      {
        Sid      = "KeepResults"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = ["${local.store}/queries/*"]
      },
      {
        Sid       = "UseTheKeyThroughS3"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.key]
        Condition = { StringEquals = { "kms:ViaService" = ["s3.${local.region}.amazonaws.com"] } }
      },
      {
        Sid      = "KnowTheTables"
        Effect   = "Allow"
        Action   = ["glue:GetDatabase", "glue:GetTable", "glue:GetTables"]
        Resource = ["${local.glue}:catalog", "${local.glue}:database/${aws_glue_catalog_database.this.name}", "${local.glue}:table/${aws_glue_catalog_database.this.name}/*"]
      },
      {
        Sid      = "RunQueries"
        Effect   = "Allow"
        Action   = ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetWorkGroup", "athena:StartQueryExecution", "athena:StopQueryExecution"]
        Resource = ["${local.aws}:athena:${local.region}:${local.account}:workgroup/${aws_athena_workgroup.this.name}"]
      },
    ]
  }
}

# its settings take precedence over those of a query
resource "aws_athena_workgroup" "this" {
  name          = var.name
  description   = "Queries of the prediction log"
  force_destroy = true # its history of queries

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.scan_limit_gib * 1024 * 1024 * 1024

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location = "s3://${var.bucket}/queries/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = var.key
      }
    }
  }
}

# attached by whoever lets people query: predictions contain what callers sent
resource "aws_iam_policy" "analyst" {
  name        = "${var.name}-analyst"
  description = "Queries the prediction log with Athena"
  policy      = jsonencode(local.policy)
}
