# Permissions inside the environment.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name           = "slipway-test"
  bucket         = "arn:aws:s3:::store"
  key            = "arn:aws:kms:eu-central-1:123456789012:key/key"
  repository     = "arn:aws:ecr:eu-central-1:123456789012:repository/model"
  training_role  = "arn:aws:iam::123456789012:role/training"
  subnets        = ["subnet-1", "subnet-2"]
  security_group = "sg-1"
  group_prefix   = "slipway-test-"
  gateway        = "main"
  cluster        = "slipway-test"
  servers        = ["slipway-test-blue", "slipway-test-green"]
  rollout        = {}
  signing_key    = "arn:aws:kms:eu-central-1:123456789012:key/signing"

  # for the functions
  package = "versions.tf"
  record  = "{}"

  # for the fleet
  images            = { model = "registry/model", gateway = "registry/gateway" }
  repositories      = { model = "arn:aws:ecr:eu-central-1:123456789012:repository/model", gateway = "arn:aws:ecr:eu-central-1:123456789012:repository/gateway" }
  secrets           = { prediction_key = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prediction-key", gateway_keys = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:gateway-keys" }
  security_groups   = { gateway = "sg-2", servers = "sg-3" }
  signatures        = { mode = "enforce", trusted_keys = "PEM" }
  replica_addresses = "10.40.128.0/20,10.40.144.0/20"
  trusted_proxies   = "10.40.0.0/20,10.40.16.0/20"
  default_model     = "model"
  server            = { cpu = 1024, memory = 2048, least = 1, most = 4 }
  gateway_size      = { cpu = 512, memory = 1024, least = 2, most = 4 }

  # for notebooks
  vpc                      = "vpc-1"
  endpoints_security_group = "sg-4"
  s3_prefix_list           = "pl-1"
}

run "training" {
  command = plan

  module {
    source = "../training"
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition == { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    error_message = "SageMaker may assume the role for another account."
  }

  # IAM has no condition for the image: the role of a job can pull from one repository only
  assert {
    condition = jsonencode(output.job_condition) == jsonencode({
      ArnEquals                   = { "sagemaker:OutputKmsKey" = [var.key], "sagemaker:VolumeKmsKey" = [var.key] }
      Bool                        = { "sagemaker:NetworkIsolation" = ["true"] }
      "ForAllValues:StringEquals" = { "sagemaker:VpcSecurityGroupIds" = [var.security_group], "sagemaker:VpcSubnets" = var.subnets }
      Null                        = { "sagemaker:VpcSecurityGroupIds" = ["false"], "sagemaker:VpcSubnets" = ["false"] }
    })
    error_message = "A training job can be started outside our network, or without our key: ${jsonencode(output.job_condition)}"
  }

  assert {
    condition     = [for statement in output.policies.training.Statement : statement.Resource if contains(statement.Action, "ecr:BatchGetImage")] == [[var.repository]]
    error_message = "A training job can run another image."
  }
}

run "automation" {
  command = plan

  module {
    source = "../automation"
  }

  variables {
    job_condition = run.training.job_condition
  }
}

run "fleet" {
  command = plan

  module {
    source = "../fleet"
  }
}

run "notebooks" {
  command = plan

  module {
    source = "../notebooks"
  }
}

run "grants" {
  command = plan

  module {
    source = "./tests/grants"
  }

  variables {
    policies = merge(run.training.policies, run.automation.policies, run.fleet.policies, run.notebooks.policies)
  }

  assert {
    condition = output.objects.servers == toset([
      "DeleteObject replicas/*", "GetObject catalog/*", "GetObject feedback/*", "GetObject models/*", "GetObject predictions/*", "GetObject replicas/*", "GetObject training-jobs/*/output/*",
      "GetObjectVersion models/*", "GetObjectVersion training-jobs/*/output/*", "PutObject feedback/*", "PutObject monitoring/*/windows/*", "PutObject predictions/*", "PutObject replicas/*",
    ])
    error_message = "servers: ${join(", ", output.objects.servers)}"
  }

  assert {
    condition = output.objects.gateway == toset([
      "DeleteObject traffic/main/observations/*", "GetObject catalog/*", "GetObject models/*", "GetObject monitoring/*/domain.json", "GetObject monitoring/*/drift/*", "GetObject monitoring/*/quality.json", "GetObject monitoring/*/windows/*", "GetObject replicas/*", "GetObject traffic/main/*", "GetObject training-jobs/*/output/*", "GetObjectVersion training-jobs/*/output/*", "PutObject catalog/*", "PutObject models/*/channels/*",
      "PutObject models/*/history/*", "PutObject monitoring/*/drift/*", "PutObject traffic/main/observations/*", "PutObject traffic/main/rollouts/*", "PutObject traffic/main/state.json",
    ])
    error_message = "gateway: ${join(", ", output.objects.gateway)}"
  }

  assert {
    condition = output.objects.dataset_arrived == toset([
      "AbortMultipartUpload training-jobs/*/input/*", "DeleteObject training-jobs/*/input/*", "GetObject catalog/*", "GetObject datasets/*", "GetObject models/*", "GetObject monitoring/*", "GetObject training-jobs/*", "GetObjectTagging datasets/*",
      "GetObjectTagging models/*", "GetObjectTagging training-jobs/*", "GetObjectVersion datasets/*", "GetObjectVersion models/*",
      "GetObjectVersion training-jobs/*", "PutObject training-jobs/*/input/*", "PutObject training-jobs/*/lineage.json", "PutObject training-jobs/*/outcome.json",
      "PutObject monitoring/*/retrain.json",
    ])
    error_message = "dataset_arrived: ${join(", ", output.objects.dataset_arrived)}"
  }

  assert {
    condition = toset([for grant in output.objects.training_finished : grant if !startswith(grant, "Get")]) == toset([
      "AbortMultipartUpload training-jobs/*/input/*", "DeleteObject traffic/main/waiting/*", "DeleteObject training-jobs/*/input/*", "PutObject catalog/*", "PutObject models/*/channels/*",
      "PutObject models/*/history/*", "PutObject models/*/signatures/*", "PutObject models/*/versions/*", "PutObject traffic/main/desired.json", "PutObject traffic/main/waiting/*", "PutObject training-jobs/*/input/*",
      "PutObject training-jobs/*/lineage.json", "PutObject training-jobs/*/outcome.json", "PutObject training-jobs/*/registered.json", "PutObject training-jobs/*/report.html", "PutObject training-jobs/*/report.md", "PutObjectTagging training-jobs/*/output/*",
      "PutObjectVersionTagging training-jobs/*/output/*",
    ])
    error_message = "training_finished: ${join(", ", output.objects.training_finished)}"
  }

  # who joins labels reads what was predicted, and changes nothing but what it found
  assert {
    condition = output.objects.labels_due == toset([
      "GetObject datasets/*", "GetObject feedback/*", "GetObject models/*", "GetObject monitoring/*/domain.json", "GetObject monitoring/*/hours/*", "GetObject monitoring/*/quality.json", "GetObject monitoring/_joined/*", "GetObject predictions/*", "GetObject training-jobs/*/output/*",
      "GetObjectVersion datasets/*", "GetObjectVersion models/*", "GetObjectVersion training-jobs/*/output/*", "PutObject monitoring/*/domain.json", "PutObject monitoring/*/hours/*", "PutObject monitoring/*/quality.json", "PutObject monitoring/_joined/*",
    ])
    error_message = "labels_due: ${join(", ", output.objects.labels_due)}"
  }

  # what a function scales it must not be able to exchange
  assert {
    condition = {
      for role in ["dataset_arrived", "labels_due", "training_finished"] : role => [for action in output.actions[role] : action if startswith(action, "ecs:") || startswith(action, "application-autoscaling:")]
      } == {
      dataset_arrived   = []
      labels_due        = []
      training_finished = ["application-autoscaling:DeleteScheduledAction", "application-autoscaling:DescribeScheduledActions", "application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget", "ecs:DescribeServices", "ecs:UpdateService"]
    }
    error_message = "A function can do more or less about the services than scale the colors: ${jsonencode(output.actions)}"
  }

  assert {
    condition = [for statement in run.automation.policies.training_finished.Statement : jsonencode([statement.Resource, statement.Condition]) if contains(statement.Action, "ecs:UpdateService")] == [
      jsonencode([[for color in ["blue", "green"] : "arn:aws:ecs:eu-central-1:123456789012:service/slipway-test/slipway-test-${color}"], { Null = { "ecs:task-definition" = "true" } }])
    ]
    error_message = "The function can change what runs, or another service than a color."
  }

  assert {
    condition = output.objects.training == toset([
      "AbortMultipartUpload training-jobs/*/output/*", "GetObject training-jobs/*/input/*", "PutObject training-jobs/*/output/*",
    ])
    error_message = "training: ${join(", ", output.objects.training)}"
  }

  assert {
    condition     = alltrue([for grant in output.objects.notebooks : startswith(grant, "GetObject")])
    error_message = "notebooks: ${join(", ", output.objects.notebooks)}"
  }

  assert {
    condition     = alltrue([for role, passes in output.passes : join(",", passes) == (contains(["dataset_arrived", "training_finished"], role) ? "training to sagemaker.amazonaws.com" : "")])
    error_message = "A role other than those of the functions can pass a role, or they can pass another than the training role."
  }

  assert {
    condition     = length(output.wildcard_actions) == 0
    error_message = "Actions with a wildcard: ${join(", ", output.wildcard_actions)}"
  }

  # policies.tf gives the reason for each
  assert {
    condition = output.everywhere == toset([
      "application-autoscaling:DescribeScheduledActions", "cloudwatch:PutMetricData", "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:UnassignPrivateIpAddresses",
      "ecr:GetAuthorizationToken", "sagemaker:ListApps", "sagemaker:ListDomains", "sagemaker:ListModelPackageGroups", "sagemaker:ListModelPackages",
      "sagemaker:ListSpaces", "sagemaker:ListTrainingJobs", "sagemaker:ListUserProfiles",
    ])
    error_message = "Allowed on every resource: ${join(", ", output.everywhere)}"
  }

  assert {
    condition     = length(output.foreign) == 0
    error_message = "Other buckets: ${join(", ", output.foreign)}"
  }

  # a published version is evidence: only the function that applied the gates writes it
  assert {
    condition     = [for role, grants in output.objects : role if anytrue([for grant in grants : strcontains(grant, "/versions/") && !startswith(grant, "Get")])] == ["training_finished"]
    error_message = "A role other than that of training-finished can write manifests."
  }

  assert {
    condition     = [for role, grants in output.objects : role if anytrue([for grant in grants : strcontains(grant, "/signatures/") && !startswith(grant, "Get")])] == ["training_finished"]
    error_message = "A role other than that of training-finished can write signatures."
  }

  assert {
    condition     = [for role, actions in output.actions : role if contains(actions, "kms:Sign")] == ["training_finished"]
    error_message = "A role other than that of training-finished can sign manifests."
  }

  assert {
    condition = [for statement in run.automation.policies.training_finished.Statement : jsonencode([statement.Action, statement.Resource, statement.Condition]) if contains(statement.Action, "kms:Sign")] == [
      jsonencode([["kms:Sign"], [var.signing_key], { StringEquals = { "kms:MessageType" = "DIGEST", "kms:SigningAlgorithm" = "ECDSA_SHA_256" } }])
    ]
    error_message = "The function can sign with another key or another algorithm."
  }

  assert {
    condition     = length([for role, grants in output.objects : role if anytrue([for grant in grants : startswith(grant, "Delete") && !contains(["DeleteObject replicas/*", "DeleteObject training-jobs/*/input/*", "DeleteObject traffic/main/observations/*", "DeleteObject traffic/main/waiting/*"], grant)])]) == 0
    error_message = "A role can delete more than a heartbeat, a failed copy, the counts of a rollout that has ended, or that a job waits."
  }

  assert {
    condition = alltrue([for role in ["dataset_arrived", "training_finished"] :
      [for statement in run.automation.policies[role].Statement : jsonencode([statement.Action, try(statement.Condition, {})]) if contains(statement.Action, "sagemaker:CreateTrainingJob")]
      == [jsonencode([["sagemaker:CreateTrainingJob"], run.training.job_condition])]
    ])
    error_message = "A function can start a training job outside our network, or without our key."
  }

  # servers would not notice a pointer that moves without the catalog
  assert {
    condition = (
      [for role, grants in output.objects : role if contains(grants, "PutObject models/*/channels/*")] == [for role, grants in output.objects : role if contains(grants, "PutObject catalog/*")]
      && alltrue([for role, grants in output.objects : contains(grants, "GetObject catalog/*") if contains(grants, "PutObject catalog/*")])
    )
    error_message = "A role can write only one of pointers and catalog, or cannot read what it compares and swaps."
  }

  assert {
    condition = jsonencode({ for role in ["servers", "gateway"] : role => [for statement in run.fleet.policies["${role}_execution"].Statement : statement.Resource if contains(statement.Action, "secretsmanager:GetSecretValue")] }) == jsonencode({
      servers = [[var.secrets.prediction_key]], gateway = [[var.secrets.gateway_keys]]
    })
    error_message = "A task gets another task's secret."
  }

  assert {
    condition     = !contains(output.actions.servers, "secretsmanager:GetSecretValue") && !contains(output.actions.gateway, "secretsmanager:GetSecretValue")
    error_message = "A running task can read secrets."
  }
}
