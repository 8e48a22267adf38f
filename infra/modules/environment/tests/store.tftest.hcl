# What is stored: encrypted, versioned, private, and with evidence that nobody can delete.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "slipway-test"
  key  = "arn:aws:kms:eu-central-1:123456789012:key/key"
}

run "store" {
  module {
    source = "../store"
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_versioning.logs.versioning_configuration[0].status == "Enabled"
    error_message = "A bucket is not versioned."
  }

  assert {
    condition = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
    rule.bucket_key_enabled && rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.key])
    error_message = "The store is not encrypted with our key."
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.logs.rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"])
    error_message = "The access logs are not encrypted with S3's own key, the only one with which they can be delivered."
  }

  assert {
    condition = alltrue([for block in [aws_s3_bucket_public_access_block.this, aws_s3_bucket_public_access_block.logs] :
    block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "A bucket does not block public access."
  }

  assert {
    condition     = aws_s3_bucket_notification.this.eventbridge
    error_message = "The arrival of a dataset sends no event."
  }

  assert {
    condition     = aws_s3_bucket_logging.this.target_bucket == aws_s3_bucket.logs.id
    error_message = "The store has no access log."
  }

  assert {
    condition = alltrue([for policy in [aws_s3_bucket_policy.this.policy, aws_s3_bucket_policy.logs.policy] : anytrue([for statement in jsondecode(policy).Statement :
      statement.Effect == "Deny" && statement.Principal == { AWS = "*" } && statement.Action == "s3:*" && length(statement.Resource) == 2
      && try(statement.Condition, {}) == { Bool = { "aws:SecureTransport" = "false" } }
    ])])
    error_message = "A bucket can be used without TLS."
  }

  assert {
    condition = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == { AWS = "*" } && statement.Action == "s3:PutObject"
      && try(statement.Condition, {}) == { Null = { "s3:if-none-match" = "true" } }
      && toset(statement.Resource) == toset([for key in ["models/*/versions/*", "models/*/history/*", "releases/*", "training-jobs/*/lineage.json", "training-jobs/*/outcome.json", "training-jobs/*/registered.json"] : "${output.arn}/${key}"])
    ])
    error_message = "A manifest, a history entry, a release record, or a training job's lineage, outcome or registration can be overwritten."
  }

  assert {
    condition = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == { AWS = "*" } && toset(flatten([statement.Action])) == toset(["s3:DeleteObject", "s3:DeleteObjectVersion"])
      && !can(statement.Condition)
      && toset(statement.Resource) == toset([for key in ["models/*/versions/*", "models/*/history/*", "models/*/signatures/*", "releases/*", "training-jobs/*/lineage.json", "training-jobs/*/outcome.json", "training-jobs/*/registered.json"] : "${output.arn}/${key}"])
    ])
    error_message = "A manifest, its signature, a history entry, a release record, or a training job's lineage, outcome or registration can be deleted."
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "The store is disposable by default."
  }
}

run "encryption" {
  module {
    source = "../encryption"
  }

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key is not rotated, or its deletion window is too short."
  }

  assert {
    condition = alltrue([for statement in output.policy.Statement : alltrue([for action in statement.Action : !strcontains(action, "*")]) && (
      can(statement.Principal.AWS) ? statement.Principal.AWS == "arn:aws:iam::123456789012:root" :
      strcontains(jsonencode(try(statement.Condition, {})), "123456789012") || statement.Sid == "AlarmsOnTheTopic"
    )])
    error_message = "A service may use the key for another account, or a role has every permission on it."
  }
}

run "signing" {
  module {
    source = "../signing"
  }

  variables {
    former_keys = ["-----BEGIN PUBLIC KEY-----\nformer\n-----END PUBLIC KEY-----\n"]
  }

  assert {
    condition     = aws_kms_key.this.key_usage == "SIGN_VERIFY" && aws_kms_key.this.customer_master_key_spec == "ECC_NIST_P256" && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key's algorithm is not the one that servers verify, or its deletion window is too short."
  }

  assert {
    condition     = jsondecode(aws_kms_key.this.policy) == jsondecode(jsonencode(output.policy)) && length(output.policy.Statement) == 1 && alltrue([for action in output.policy.Statement[0].Action : !strcontains(action, "*")]) && output.policy.Statement[0].Principal == { AWS = "arn:aws:iam::123456789012:root" }
    error_message = "Others than this account's own roles may use the key."
  }

  assert {
    condition     = output.trusted_keys == "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n-----BEGIN PUBLIC KEY-----\nformer\n-----END PUBLIC KEY-----"
    error_message = "Trusted are ${output.trusted_keys}"
  }
}

run "a_private_key_is_not_trusted" {
  command = plan

  module {
    source = "../signing"
  }

  variables {
    former_keys = ["-----BEGIN PRIVATE KEY-----\nMFkw\n-----END PRIVATE KEY-----"]
  }

  expect_failures = [var.former_keys]
}

run "retention" {
  module {
    source = "../retention"
  }

  variables {
    bucket     = "store"
    log_bucket = "logs"
  }

  assert {
    condition = { for rule in aws_s3_bucket_lifecycle_configuration.store.rule : rule.filter[0].prefix => rule.noncurrent_version_expiration[0].noncurrent_days if length(rule.noncurrent_version_expiration) > 0 } == {
      "replicas/" = 1, "traffic/" = 1, "locks/" = 1, "monitoring/" = 1, "predictions/" = 1, "feedback/" = 1, "queries/" = 1
    }
    error_message = "Old versions expire that are still needed."
  }

  # a server that was killed leaves its heartbeat behind; predictions are kept for the configured number of days
  assert {
    condition = { for rule in aws_s3_bucket_lifecycle_configuration.store.rule : rule.filter[0].prefix => one(rule.expiration).days if anytrue([for expiration in rule.expiration : coalesce(expiration.days, 0) > 0]) } == {
      "replicas/" = 1, "monitoring/" = 400, "predictions/" = 400, "feedback/" = 400, "queries/" = 7
    }
    error_message = "An object that a manifest may reference expires, or predictions never expire."
  }

  assert {
    condition     = anytrue([for rule in aws_s3_bucket_lifecycle_configuration.store.rule : length(rule.abort_incomplete_multipart_upload) > 0])
    error_message = "Incomplete uploads never expire."
  }

  assert {
    condition = { for rule in aws_s3_bucket_lifecycle_configuration.store.rule : rule.filter[0].prefix => one(rule.transition).storage_class if length(rule.transition) > 0 } == {
      "datasets/" = "INTELLIGENT_TIERING", "training-jobs/" = "INTELLIGENT_TIERING", "predictions/" = "GLACIER_IR", "feedback/" = "GLACIER_IR"
    }
    error_message = "Objects that are kept for a long time do not move to cheaper storage."
  }
}

run "predictions_are_archived_before_they_expire" {
  command = plan

  module {
    source = "../retention"
  }

  variables {
    bucket          = "store"
    log_bucket      = "logs"
    archive_days    = 90
    prediction_days = 90
  }

  expect_failures = [var.prediction_days]
}

run "images" {
  module {
    source = "../images"
  }

  assert {
    condition     = length(aws_ecr_repository.this) == 2 && alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag can be moved to another image."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "Images are not scanned when they are pushed."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == var.key])
    error_message = "Images are not encrypted with our key."
  }

  assert {
    condition     = alltrue([for policy in aws_ecr_lifecycle_policy.this : alltrue([for rule in jsondecode(policy.policy).rules : rule.selection.tagStatus == "untagged"])])
    error_message = "A tagged image expires, although a manifest may reference it."
  }
}

run "secrets" {
  module {
    source = "../secrets"
  }

  variables {
    prediction_key = "a key that is long enough for anybody"
    api_key        = "a key"
    page_token     = "a key to the page"
  }

  assert {
    condition     = alltrue([for secret in [aws_secretsmanager_secret.prediction_key, aws_secretsmanager_secret.api_key, aws_secretsmanager_secret.gateway_keys, aws_secretsmanager_secret.page_token] : secret.kms_key_id == var.key])
    error_message = "A secret is not encrypted with our key."
  }

  # the mock generates values that are not set, so only the write-only argument may be set
  assert {
    condition     = alltrue([for version in [aws_secretsmanager_secret_version.prediction_key, aws_secretsmanager_secret_version.api_key, aws_secretsmanager_secret_version.gateway_keys, aws_secretsmanager_secret_version.page_token] : !strcontains(coalesce(version.secret_string, "-"), "a key") && version.secret_string_wo == null && version.secret_string_wo_version == 1])
    error_message = "The value of a secret is in the state."
  }
}

run "analysis" {
  command = plan

  module {
    source = "../analysis"
  }

  variables {
    name   = "slipway-test"
    bucket = "store"
    key    = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition     = { for name, table in aws_glue_catalog_table.this : name => table.parameters["storage.location.template"] } == { for name in ["predictions", "feedback"] : name => "s3://store/${name}/dt=$${dt}/hh=$${hh}/" }
    error_message = "Queries do not find the folders that servers write."
  }

  assert {
    condition     = alltrue([for table in aws_glue_catalog_table.this : [for key in table.partition_keys : key.name] == ["dt", "hh"] && table.parameters["projection.hh.digits"] == "2" && table.parameters["projection.dt.format"] == "yyyy-MM-dd"])
    error_message = "Partitions do not have the names of folders."
  }

  assert {
    condition     = one(aws_athena_workgroup.this.configuration).enforce_workgroup_configuration && one(aws_athena_workgroup.this.configuration).bytes_scanned_cutoff_per_query == 107374182400
    error_message = "A query may read any amount."
  }

  assert {
    condition     = one(one(one(aws_athena_workgroup.this.configuration).result_configuration).encryption_configuration).kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/1"
    error_message = "Results are not encrypted with the environment's key."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_policy.analyst.policy).Statement : [for action in statement.Action : "${action} ${join(" ", [for resource in statement.Resource : trimprefix(resource, "arn:aws:s3:::store")])}"] if startswith(statement.Action[0], "s3:")])) == toset([
      "s3:GetObject /predictions/* /feedback/*", "s3:ListBucket ", "s3:GetBucketLocation ", "s3:GetObject /queries/*", "s3:PutObject /queries/*",
    ])
    error_message = "Who queries may read more than predictions and labels, or change them."
  }
}
