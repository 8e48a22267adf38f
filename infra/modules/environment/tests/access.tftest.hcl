# Who may do what from a workflow: the questions of an auditor, role by role.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name       = "slipway-test"
  repository = "example@1/slipway@2"
  subjects = {
    plan     = ["pull_request"]
    build    = ["ref:refs/heads/main"]
    train    = ["environment:test"]
    deploy   = ["environment:test"]
    rollback = ["environment:test-rollback"]
  }
  bucket        = "arn:aws:s3:::store"
  gateway       = "main"
  key           = "arn:aws:kms:eu-central-1:123456789012:key/key"
  signing_key   = "arn:aws:kms:eu-central-1:123456789012:key/signing"
  record        = "arn:aws:ssm:eu-central-1:123456789012:parameter/slipway/test/environment"
  repositories  = ["arn:aws:ecr:eu-central-1:123456789012:repository/model", "arn:aws:ecr:eu-central-1:123456789012:repository/gateway"]
  cluster       = "slipway-test"
  services      = ["slipway-test-blue", "slipway-test-green", "slipway-test-gateway"]
  log_groups    = ["/slipway/test/blue"]
  task_roles    = ["arn:aws:iam::123456789012:role/servers", "arn:aws:iam::123456789012:role/gateway"]
  training_role = "arn:aws:iam::123456789012:role/training"
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
    error_message = "A role can be taken by somebody else than the workflows that are named word for word."
  }

  assert {
    condition     = alltrue([for role, resource in aws_iam_role.this : jsondecode(resource.assume_role_policy) == jsondecode(jsonencode(output.trust[role]))])
    error_message = "A role does not have the trust that is shown."
  }

  assert {
    condition     = alltrue([for role, resource in aws_iam_role_policy.this : jsondecode(resource.policy) == jsondecode(jsonencode(output.policies[role]))])
    error_message = "A role does not have the policy that is shown."
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
      "AbortMultipartUpload datasets/*", "AbortMultipartUpload training-jobs/*/input/*", "AbortMultipartUpload training-jobs/*/lineage.json",
      "AbortMultipartUpload training-jobs/*/outcome.json", "DeleteObject training-jobs/*/input/*", "GetObject datasets/*",
      "GetObject locks/*", "GetObject models/*", "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "GetObject training-jobs/*", "GetObjectTagging datasets/*",
      "GetObjectTagging models/*", "GetObjectTagging training-jobs/*", "GetObjectVersion datasets/*", "GetObjectVersion models/*",
      "GetObjectVersion training-jobs/*", "PutObject datasets/*", "PutObject locks/*", "PutObject models/*/channels/*", "PutObject models/*/history/*",
      "PutObject models/*/recipe.json", "PutObject releases/*", "PutObject traffic/main/desired.json", "PutObject training-jobs/*/input/*", "PutObject training-jobs/*/lineage.json",
      "PutObject training-jobs/*/outcome.json",
    ])
    error_message = "deploy: ${join(", ", output.objects.deploy)}"
  }

  assert {
    condition = output.objects.rollback == toset([
      "GetObject locks/*", "GetObject models/*", "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "PutObject locks/*", "PutObject models/*/channels/*",
      "PutObject models/*/history/*", "PutObject traffic/main/desired.json",
    ])
    error_message = "rollback: ${join(", ", output.objects.rollback)}"
  }

  assert {
    condition = output.objects.train == toset([
      "AbortMultipartUpload datasets/*", "AbortMultipartUpload training-jobs/*/input/*", "AbortMultipartUpload training-jobs/*/lineage.json",
      "AbortMultipartUpload training-jobs/*/outcome.json", "DeleteObject training-jobs/*/input/*", "GetObject datasets/*", "GetObject models/*",
      "GetObject releases/*", "GetObject replicas/*", "GetObject traffic/*", "GetObject training-jobs/*", "GetObjectTagging datasets/*", "GetObjectTagging models/*", "GetObjectTagging training-jobs/*",
      "GetObjectVersion datasets/*", "GetObjectVersion models/*", "GetObjectVersion training-jobs/*", "PutObject datasets/*",
      "PutObject models/*/recipe.json", "PutObject training-jobs/*/input/*", "PutObject training-jobs/*/lineage.json", "PutObject training-jobs/*/outcome.json",
    ])
    error_message = "train: ${join(", ", output.objects.train)}"
  }

  assert {
    condition     = length(output.objects.build) == 0 && length(output.objects.plan) == 0
    error_message = "build and plan have nothing to do with the store."
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
    error_message = "rollback can change what runs, not only how many of it."
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
    error_message = "A workflow can sign manifests; only the function that judges them may."
  }

  assert {
    condition     = output.passes.deploy == toset(["servers to ecs-tasks.amazonaws.com", "gateway to ecs-tasks.amazonaws.com", "training to sagemaker.amazonaws.com"])
    error_message = "deploy gives away: ${join(", ", output.passes.deploy)}"
  }

  assert {
    condition     = output.passes.train == toset(["training to sagemaker.amazonaws.com"])
    error_message = "train gives away: ${join(", ", output.passes.train)}"
  }

  assert {
    condition     = length(output.passes.plan) + length(output.passes.build) + length(output.passes.rollback) == 0
    error_message = "Neither plan nor build nor rollback has a role to give away."
  }

  assert {
    condition     = length(output.wildcard_actions) == 0
    error_message = "Actions with a wildcard: ${join(", ", output.wildcard_actions)}"
  }

  # each of these has its reason next to it in policies.tf
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
    error_message = "The role that plans can do more than read the state and lock it."
  }
}

run "refuses_subjects_with_wildcards" {
  command = plan

  module {
    source = "../access"
  }

  variables {
    subjects = { plan = ["*"], build = [], train = [], deploy = [], rollback = [] }
  }

  expect_failures = [var.subjects]
}
