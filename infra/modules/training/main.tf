data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region  = data.aws_region.here.name
  account = data.aws_caller_identity.here.account_id
  aws     = "arn:${data.aws_partition.here.partition}"

  policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadTheInput"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket}/training-jobs/*/input/*"]
      },
      {
        Sid      = "WriteTheOutput"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${var.bucket}/training-jobs/*/output/*"]
      },
      {
        Sid       = "FindTheInput"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.bucket]
        Condition = { StringLike = { "s3:prefix" = ["training-jobs/*"] } }
      },
      {
        Sid      = "UseTheKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
        Resource = [var.key]
      },
      {
        Sid       = "LendTheKeyToVolumes"
        Effect    = "Allow"
        Action    = ["kms:CreateGrant"]
        Resource  = [var.key]
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
      {
        Sid      = "WriteTheLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = ["${local.aws}:logs:${local.region}:${local.account}:log-group:/aws/sagemaker/TrainingJobs:*"]
      },
      {
        Sid       = "CountTheMetrics"
        Effect    = "Allow"
        Action    = ["cloudwatch:PutMetricData"]
        Resource  = ["*"] # metrics have no ARN; the condition on the namespace restricts it
        Condition = { StringEquals = { "cloudwatch:namespace" = "/aws/sagemaker/TrainingJobs" } }
      },
      {
        Sid      = "PullTheImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [var.repository]
      },
      {
        Sid      = "LogInToEcr"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"] # a token is valid for the account, not for a repository
      },
      {
        Sid    = "JoinTheNetwork"
        Effect = "Allow"
        Action = ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface", "ec2:DeleteNetworkInterfacePermission"]
        Resource = concat(
          ["${local.aws}:ec2:${local.region}:${local.account}:network-interface/*", "${local.aws}:ec2:${local.region}:${local.account}:security-group/${var.security_group}"],
          [for subnet in var.subnets : "${local.aws}:ec2:${local.region}:${local.account}:subnet/${subnet}"],
        )
      },
      {
        Sid    = "SeeTheNetwork"
        Effect = "Allow"
        Action = [
          "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
        ]
        Resource = ["*"] # EC2's Describe actions cannot be restricted to a resource
      },
    ]
  }
}

# Conditions on a request to start a job. IAM has none for the image; a job pulls with the role above, which allows only one repository.
locals {
  job_condition = {
    ArnEquals                   = { "sagemaker:OutputKmsKey" = [var.key], "sagemaker:VolumeKmsKey" = [var.key] }
    Bool                        = { "sagemaker:NetworkIsolation" = ["true"] }
    "ForAllValues:StringEquals" = { "sagemaker:VpcSecurityGroupIds" = [var.security_group], "sagemaker:VpcSubnets" = var.subnets }
    Null                        = { "sagemaker:VpcSecurityGroupIds" = ["false"], "sagemaker:VpcSubnets" = ["false"] } # conditions on a missing list are met
  }
}

resource "aws_iam_role" "this" {
  name = "${var.name}-training"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sagemaker.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "training"
  role   = aws_iam_role.this.id
  policy = jsonencode(local.policy)
}

resource "aws_sagemaker_model_package_group" "this" {
  for_each                        = var.models
  model_package_group_name        = "${var.group_prefix}${each.key}"
  model_package_group_description = "Versions of ${each.key}; rejecting one takes it out of service"
}
