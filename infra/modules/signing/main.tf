data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}

locals {
  root = "arn:${data.aws_partition.here.partition}:iam::${data.aws_caller_identity.here.account_id}:root"

  administration = [
    "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey", "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RetireGrant", "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
  ]

  # in a key's policy, the resource "*" is this key; no AWS service needs it
  policy = {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RolesOfThisAccountAsTheirPoliciesSay"
      Effect    = "Allow"
      Principal = { AWS = local.root }
      Action    = concat(local.administration, ["kms:GetPublicKey", "kms:Sign"])
      Resource  = "*"
    }]
  }
}

# AWS does not rotate asymmetric keys: everything that this key signed is verified with its one public key. The README describes how to replace it.
resource "aws_kms_key" "this" {
  description              = "Signs the manifests of ${var.name}"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
  deletion_window_in_days  = var.deletion_days
  policy                   = jsonencode(local.policy)
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}-signing"
  target_key_id = aws_kms_key.this.key_id
}

data "aws_kms_public_key" "this" {
  key_id = aws_kms_key.this.arn
}
