data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region    = data.aws_region.here.name
  account   = data.aws_caller_identity.here.account_id
  aws       = "arn:${data.aws_partition.here.partition}"
  sagemaker = "${local.aws}:sagemaker:${local.region}:${local.account}"

  # reads everything, changes only its own notebooks: a dataset becomes a model through a pull request or the Train target
  policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadWhatModelsAreMadeOfAndWhatTheyDid"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"]
        Resource = [for prefix in ["datasets", "training-jobs", "models", "predictions"] : "${var.bucket}/${prefix}/*"]
      },
      {
        Sid      = "FindIt"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:ListBucketVersions"]
        Resource = [var.bucket]
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
        Sid    = "RunNotebooks"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags", "sagemaker:CreateApp", "sagemaker:CreateSpace", "sagemaker:DeleteApp", "sagemaker:DeleteSpace", "sagemaker:DescribeApp",
          "sagemaker:DescribeDomain", "sagemaker:DescribeSpace", "sagemaker:DescribeUserProfile", "sagemaker:UpdateSpace",
        ]
        Resource = [for kind in ["app", "domain", "space", "user-profile"] : "${local.sagemaker}:${kind}/*"]
      },
      {
        Sid      = "LookAtTraining"
        Effect   = "Allow"
        Action   = ["sagemaker:DescribeTrainingJob", "sagemaker:DescribeModelPackage", "sagemaker:DescribeModelPackageGroup"]
        Resource = [for kind in ["training-job", "model-package", "model-package-group"] : "${local.sagemaker}:${kind}/*"]
      },
      {
        Sid    = "ListThem"
        Effect = "Allow"
        Action = [
          "sagemaker:ListApps", "sagemaker:ListDomains", "sagemaker:ListModelPackageGroups", "sagemaker:ListModelPackages", "sagemaker:ListSpaces",
          "sagemaker:ListTrainingJobs", "sagemaker:ListUserProfiles",
        ]
        Resource = ["*"] # SageMaker's List actions cannot be restricted to a resource
      },
      {
        Sid      = "WriteTheLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = ["${local.aws}:logs:${local.region}:${local.account}:log-group:/aws/sagemaker/studio:*"]
      },
    ]
  }
}

resource "aws_iam_role" "this" {
  name = "${var.name}-notebooks"
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
  name   = "notebooks"
  role   = aws_iam_role.this.id
  policy = jsonencode(local.policy)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-notebooks"
  description = "JupyterLab"
  vpc_id      = var.vpc
}

# JupyterLab and its kernels connect to each other, and home folders are mounted over NFS
resource "aws_vpc_security_group_ingress_rule" "itself" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = aws_security_group.this.id
  description                  = "Between JupyterLab and its kernels"
  ip_protocol                  = "tcp"
  from_port                    = 0
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "itself" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = aws_security_group.this.id
  description                  = "Between JupyterLab and its kernels"
  ip_protocol                  = "tcp"
  from_port                    = 0
  to_port                      = 65535
}

resource "aws_vpc_security_group_egress_rule" "endpoints" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.endpoints_security_group
  description                  = "To the endpoints of AWS"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.this.id
  prefix_list_id    = var.s3_prefix_list
  description       = "To S3"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_sagemaker_domain" "this" {
  domain_name             = var.name
  auth_mode               = "IAM"
  app_network_access_type = "VpcOnly"
  vpc_id                  = var.vpc
  subnet_ids              = var.subnets
  kms_key_id              = var.key

  default_user_settings {
    execution_role  = aws_iam_role.this.arn
    security_groups = [aws_security_group.this.id]

    jupyter_lab_app_settings {
      default_resource_spec {
        instance_type = var.instance_type
      }

      app_lifecycle_management {
        idle_settings {
          lifecycle_management    = "ENABLED"
          idle_timeout_in_minutes = var.idle_minutes
        }
      }
    }
  }

  # home folders are kept when a domain is recreated
  retention_policy {
    home_efs_file_system = "Retain"
  }
}

resource "aws_sagemaker_user_profile" "this" {
  for_each          = var.users
  domain_id         = aws_sagemaker_domain.this.id
  user_profile_name = each.key

  user_settings {
    execution_role = aws_iam_role.this.arn
  }
}
