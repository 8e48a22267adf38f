data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region  = data.aws_region.here.name
  account = data.aws_caller_identity.here.account_id
  aws     = "arn:${data.aws_partition.here.partition}"
  issuer  = "token.actions.githubusercontent.com"

  # a role without subjects, or one that was not enabled, is not created
  subjects = { for role, subjects in var.subjects : role => subjects if length(subjects) > 0 && (role != "apply" || var.applied_by_workflow) }

  trust = { for role, subjects in local.subjects : role => {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = [for subject in subjects : "repo:${var.repository}:${subject}"]
        }
      }
    }]
  } }
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  for_each             = local.subjects
  name                 = "${var.name}-${each.key}"
  description          = "GitHub Actions: ${each.key}"
  max_session_duration = 3600
  assume_role_policy   = jsonencode(local.trust[each.key])
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies
  name     = each.key
  role     = aws_iam_role.this[each.key].id
  policy   = jsonencode(each.value)
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = local.managed
  role       = aws_iam_role.this[each.key].id
  policy_arn = each.value
}
