# Permissions of workflows, role by role, as an auditor would check them.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "slipway-test"
  repository = "example@1/slipway@2"
  subjects = {
    plan     = ["pull_request"]
    gate     = ["pull_request"]
    build    = ["ref:refs/heads/main"]
    train    = ["environment:test"]
    deploy   = ["environment:test"]
    rollback = ["environment:test-rollback"]
    scan     = ["ref:refs/heads/main"]
    drift    = ["ref:refs/heads/main"]
    apply    = ["environment:test-infra"]
  }
  bucket      = "arn:aws:s3:::store"
  gateway     = "main"
  key         = "arn:aws:kms:eu-central-1:123456789012:key/key"
  signing_key = "arn:aws:kms:eu-central-1:123456789012:key/signing"
  secrets = {
    api_key        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:api-key"
    prediction_key = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prediction-key"
    gateway_keys   = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:gateway-keys"
    page_token     = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:page-token"
  }
  record        = "arn:aws:ssm:eu-central-1:123456789012:parameter/slipway/test/environment"
  repositories  = ["arn:aws:ecr:eu-central-1:123456789012:repository/model", "arn:aws:ecr:eu-central-1:123456789012:repository/gateway"]
  cluster       = "slipway-test"
  services      = ["slipway-test-blue", "slipway-test-green", "slipway-test-gateway"]
  log_groups    = ["/slipway/test/blue"]
  task_roles    = ["arn:aws:iam::123456789012:role/servers", "arn:aws:iam::123456789012:role/gateway"]
  training_role = "arn:aws:iam::123456789012:role/training"
  job_condition = { ArnEquals = { "sagemaker:OutputKmsKey" = ["arn:aws:kms:eu-central-1:123456789012:key/key"] } }
}

run "roles" {
  command = plan

  module {
    source = "../access"
  }

  assert {
    condition = alltrue([for role, trust in output.trust : length(trust.Statement) == 1 && keys(trust.Statement[0].Condition) == ["StringEquals"] && trust.Statement[0].Condition.StringEquals == {
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = [for subject in var.subjects[role] : "repo:example@1/slipway@2:${subject}"]
    }])
    error_message = "A role can be assumed by others than the listed workflows."
  }

  assert {
    condition     = alltrue([for role, resource in aws_iam_role.this : jsondecode(resource.assume_role_policy) == jsondecode(jsonencode(output.trust[role]))])
    error_message = "The trust policy of a role is not the one in the outputs."
  }

  assert {
    condition     = alltrue([for role, resource in aws_iam_role_policy.this : jsondecode(resource.policy) == jsondecode(jsonencode(output.policies[role]))])
    error_message = "The policy of a role is not the one in the outputs."
  }

  assert {
    condition     = alltrue([for role, resource in aws_iam_role_policy.this : length(resource.policy) <= 10240])
    error_message = "A policy exceeds IAM's maximum of 10240 characters: ${jsonencode({ for role, resource in aws_iam_role_policy.this : role => length(resource.policy) })}"
  }

  assert {
    condition     = output.managed == { drift = "arn:aws:iam::aws:policy/ReadOnlyAccess" } && { for role, attached in aws_iam_role_policy_attachment.this : role => attached.policy_arn } == output.managed
    error_message = "A role has an AWS managed policy that is not in the outputs: ${jsonencode(output.managed)}"
  }

  assert {
    condition     = !contains(keys(aws_iam_role.this), "apply")
    error_message = "The role 'apply' exists although it was not enabled."
  }
}

run "applies_where_that_was_decided" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    applied_by_workflow = true
  }

  assert {
    condition     = output.trust.apply.Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example@1/slipway@2:environment:test-infra"]
    error_message = "The role 'apply' can be assumed without the reviewers of its GitHub environment."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["apply"].policy_arn == "arn:aws:iam::aws:policy/AdministratorAccess" && length(aws_iam_role_policy_attachment.this) == 2
    error_message = "The role 'apply' is not as described in the README."
  }
}

run "leaves_out_what_nobody_may_take" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    subjects = { plan = ["pull_request"], gate = [], build = [], train = [], deploy = [], rollback = [], scan = [], drift = [], apply = [] }
  }

  assert {
    condition     = keys(aws_iam_role.this) == ["plan"] && keys(output.policies) == ["plan"] && length(output.managed) == 0
    error_message = "A role without subjects exists."
  }
}

run "names_without_numbers" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    repository = "example/slipway"
  }

  assert {
    condition     = output.trust.deploy.Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example/slipway:environment:test"]
    error_message = "The subjects of a repository created before July 2026 contain ids."
  }
}

run "grants" {
  command = plan

  module {
    source = "./tests/grants"
  }

  variables {
    policies = run.roles.policies
  }

  assert {
    condition = output.objects.deploy == toset([
      "AbortMultipartUpload datasets/*", "AbortMultipartUpload training-jobs/*/input/*", "DeleteObject training-jobs/*/input/*", "GetObject catalog/*", "GetObject datasets/*",
      "GetObject locks/*", "GetObject models/*", "GetObject monitoring/*/drift/*", "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "GetObject training-jobs/*", "GetObjectTagging datasets/*",
      "GetObjectTagging models/*", "GetObjectTagging training-jobs/*", "GetObjectVersion datasets/*", "GetObjectVersion models/*",
      "GetObjectVersion training-jobs/*", "PutObject catalog/*", "PutObject datasets/*", "PutObject locks/*", "PutObject models/*/channels/*", "PutObject models/*/history/*",
      "PutObject models/*/recipe.json", "PutObject releases/*", "PutObject traffic/main/desired.json", "PutObject training-jobs/*/input/*", "PutObject training-jobs/*/lineage.json",
      "PutObject training-jobs/*/outcome.json",
    ])
    error_message = "deploy: ${join(", ", output.objects.deploy)}"
  }

  assert {
    condition = output.objects.rollback == toset([
      "GetObject catalog/*", "GetObject locks/*", "GetObject models/*", "GetObject monitoring/*/drift/*", "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "GetObject training-jobs/*/output/*",
      "GetObjectVersion training-jobs/*/output/*", "PutObject catalog/*", "PutObject locks/*", "PutObject models/*/channels/*",
      "PutObject models/*/history/*", "PutObject traffic/main/desired.json",
    ])
    error_message = "rollback: ${join(", ", output.objects.rollback)}"
  }

  assert {
    condition = output.objects.train == toset([
      "AbortMultipartUpload datasets/*", "AbortMultipartUpload training-jobs/*/input/*", "DeleteObject training-jobs/*/input/*", "GetObject catalog/*", "GetObject datasets/*", "GetObject models/*", "GetObject monitoring/*/drift/*",
      "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "GetObject training-jobs/*", "GetObjectTagging datasets/*", "GetObjectTagging models/*", "GetObjectTagging training-jobs/*",
      "GetObjectVersion datasets/*", "GetObjectVersion models/*", "GetObjectVersion training-jobs/*", "PutObject datasets/*",
      "PutObject models/*/recipe.json", "PutObject training-jobs/*/input/*", "PutObject training-jobs/*/lineage.json", "PutObject training-jobs/*/outcome.json",
    ])
    error_message = "train: ${join(", ", output.objects.train)}"
  }

  assert {
    condition     = length(output.objects.build) + length(output.objects.plan) + length(output.objects.scan) + length(output.objects.drift) == 0
    error_message = "build, plan, scan or drift can access objects of the store."
  }

  assert {
    condition = output.objects.gate == toset([
      "GetObject catalog/*", "GetObject datasets/*", "GetObject models/*", "GetObject training-jobs/*/output/model.tar.gz", "GetObjectVersion datasets/*",
      "GetObjectVersion training-jobs/*/output/model.tar.gz",
    ])
    error_message = "gate: ${join(", ", output.objects.gate)}"
  }

  assert {
    condition     = output.actions.gate == toset(["kms:Decrypt", "s3:ListBucket", "ssm:GetParameter"])
    error_message = "gate: ${join(", ", output.actions.gate)}"
  }

  assert {
    condition = output.actions.scan == toset([
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecs:DescribeServices",
      "ecs:DescribeTaskDefinition", "ssm:GetParameter",
    ])
    error_message = "scan: ${join(", ", output.actions.scan)}"
  }

  assert {
    condition = output.actions.drift == toset([
      "ec2:DescribeAvailabilityZones", "kms:Decrypt", "kms:GetPublicKey", "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy",
      "secretsmanager:GetSecretValue",
    ])
    error_message = "drift: ${join(", ", output.actions.drift)}"
  }

  assert {
    condition = toset([for statement in run.roles.policies.drift.Statement : "${join(" ", statement.Action)} ${join(" ", statement.Resource)}" if statement.Effect == "Deny"]) == toset([
      "s3:GetObject s3:GetObjectTorrent s3:GetObjectVersion s3:GetObjectVersionTorrent *",
      "ecr:BatchGetImage ecr:GetDownloadUrlForLayer logs:FilterLogEvents logs:GetLogEvents logs:GetLogRecord logs:GetQueryResults logs:StartLiveTail logs:StartQuery logs:Unmask sqs:ReceiveMessage *",
    ])
    error_message = "drift can read more than configuration."
  }

  # values of secrets: deploy can read the callers' API key, drift can read all of them, no other role can read any
  assert {
    condition = toset(flatten([for role, policy in run.roles.policies : [
      for statement in policy.Statement : [for secret in statement.Resource : "${role} ${element(split(":", secret), 6)}"] if contains(statement.Action, "secretsmanager:GetSecretValue")
    ]])) == toset(["deploy api-key", "drift api-key", "drift prediction-key", "drift gateway-keys", "drift page-token"])
    error_message = "A workflow can read secrets that it does not need."
  }

  assert {
    condition = alltrue(flatten([for role, policy in run.roles.policies : [
      for statement in policy.Statement : can(statement.Condition.StringEquals["kms:ViaService"]) || can(regex("state", statement.Sid)) || can(regex("State", statement.Sid)) if contains(statement.Action, "kms:Decrypt")
    ]]))
    error_message = "A workflow can decrypt directly, not only through the services that store what it may read."
  }

  assert {
    condition = output.actions.rollback == toset([
      "application-autoscaling:DeleteScheduledAction", "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScheduledActions",
      "application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget", "ecs:DescribeServices", "ecs:DescribeTaskDefinition",
      "ecs:DescribeTasks", "ecs:ListTasks", "ecs:UpdateService", "kms:Decrypt", "kms:GenerateDataKey", "s3:ListBucket", "ssm:GetParameter",
    ])
    error_message = "rollback: ${join(", ", output.actions.rollback)}"
  }

  assert {
    condition = alltrue([for statement in run.roles.policies.rollback.Statement :
    try(statement.Condition.Null["ecs:task-definition"], "") == "true" if contains(statement.Action, "ecs:UpdateService")])
    error_message = "rollback can change which image runs, not only the number of tasks."
  }

  assert {
    condition     = output.actions.plan == toset(["ec2:DescribeAvailabilityZones", "kms:GetPublicKey"])
    error_message = "plan: ${join(", ", output.actions.plan)}"
  }

  assert {
    condition = output.actions.build == toset([
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImageScanFindings", "ecr:DescribeImages",
      "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart", "ssm:GetParameter",
    ])
    error_message = "build: ${join(", ", output.actions.build)}"
  }

  assert {
    condition     = length([for role, actions in output.actions : role if contains(actions, "kms:Sign")]) == 0
    error_message = "A workflow can sign manifests; only training-finished may."
  }

  # the same permissions as the function that starts jobs, and no more: their results are signed later without anybody's approval
  assert {
    condition = alltrue([for role in ["train", "deploy"] :
      [for statement in run.roles.policies[role].Statement : jsonencode([statement.Action, try(statement.Condition, {})]) if contains(statement.Action, "sagemaker:CreateTrainingJob")]
      == [jsonencode([["sagemaker:CreateTrainingJob"], var.job_condition])]
    ])
    error_message = "A workflow can start a training job in another network, or with another key, than the environment's own."
  }

  assert {
    condition = (
      [for role, grants in output.objects : role if contains(grants, "PutObject models/*/channels/*")] == ["deploy", "rollback"]
      && [for role, grants in output.objects : role if contains(grants, "PutObject catalog/*")] == ["deploy", "rollback"]
    )
    error_message = "A workflow can write only one of pointers and catalog."
  }

  assert {
    condition     = output.passes.deploy == toset(["servers to ecs-tasks.amazonaws.com", "gateway to ecs-tasks.amazonaws.com", "training to sagemaker.amazonaws.com"])
    error_message = "deploy can pass: ${join(", ", output.passes.deploy)}"
  }

  assert {
    condition     = output.passes.train == toset(["training to sagemaker.amazonaws.com"])
    error_message = "train can pass: ${join(", ", output.passes.train)}"
  }

  assert {
    condition     = alltrue([for role, passes in output.passes : length(passes) == 0 if !contains(["deploy", "train"], role)])
    error_message = "A role other than deploy and train can pass a role."
  }

  assert {
    condition     = length(output.wildcard_actions) == 0
    error_message = "Actions with a wildcard: ${join(", ", output.wildcard_actions)}"
  }

  # policies.tf gives the reason for each
  assert {
    condition = output.everywhere == toset([
      "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScheduledActions", "ec2:DescribeAvailabilityZones",
      "ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition", "ecs:DescribeTasks", "ecs:ListTasks", "ecs:RegisterTaskDefinition",
    ])
    error_message = "Allowed on every resource: ${join(", ", output.everywhere)}"
  }

  assert {
    condition     = length(output.foreign) == 0
    error_message = "Other buckets: ${join(", ", output.foreign)}"
  }
}

run "plans_may_read_the_state_and_nothing_else" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    state = [{ bucket = "arn:aws:s3:::state", object = "arn:aws:s3:::state/test.tfstate", key = "arn:aws:kms:eu-central-1:123456789012:key/state" }]
  }

  assert {
    condition = toset(flatten([for statement in output.policies.plan.Statement : [for pair in setproduct(statement.Action, statement.Resource) : join(" ", pair)]])) == toset([
      "ec2:DescribeAvailabilityZones *", "kms:GetPublicKey arn:aws:kms:eu-central-1:123456789012:key/signing", "kms:Decrypt arn:aws:kms:eu-central-1:123456789012:key/state",
      "kms:GenerateDataKey arn:aws:kms:eu-central-1:123456789012:key/state", "s3:DeleteObject arn:aws:s3:::state/test.tfstate.tflock",
      "s3:GetObject arn:aws:s3:::state/test.tfstate", "s3:GetObject arn:aws:s3:::state/test.tfstate.tflock", "s3:ListBucket arn:aws:s3:::state",
      "s3:PutObject arn:aws:s3:::state/test.tfstate.tflock",
    ])
    error_message = "The role 'plan' can do more than read and lock the state."
  }

  assert {
    condition = toset(flatten([for statement in output.policies.drift.Statement : statement.NotResource if statement.Sid == "ReadNoObjects" && statement.Effect == "Deny"])) == toset([
      "arn:aws:s3:::state/test.tfstate", "arn:aws:s3:::state/test.tfstate.tflock",
    ])
    error_message = "The role 'drift' can read objects other than the state."
  }
}

run "refuses_subjects_with_wildcards" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    subjects = { plan = ["*"], gate = [], build = [], train = [], deploy = [], rollback = [], scan = [], drift = [], apply = [] }
  }

  expect_failures = [var.subjects]
}
