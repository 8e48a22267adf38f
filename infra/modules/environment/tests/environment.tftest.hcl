# The whole environment.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_resource {
  target          = module.loop.module.secrets.aws_secretsmanager_secret_version.prediction_key
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prediction-key" }
}

override_resource {
  target          = module.loop.module.secrets.aws_secretsmanager_secret_version.api_key
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:api-key" }
}

override_resource {
  target          = module.loop.module.secrets.aws_secretsmanager_secret_version.gateway_keys
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:gateway-keys" }
}

override_resource {
  target          = module.loop.module.secrets.aws_secretsmanager_secret_version.page_token
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:page-token" }
}

override_resource {
  target          = module.loop.module.training.aws_iam_role.this
  override_during = plan
  values          = { arn = "arn:aws:iam::123456789012:role/training" }
}

override_resource {
  target          = module.loop.module.store.aws_s3_bucket.this
  override_during = plan
  values          = { id = "store" }
}

override_resource {
  target          = module.loop.module.firewall.aws_security_group.this["training"]
  override_during = plan
  values          = { id = "sg-training" }
}

# the public key is not known before the key exists, even if both are mocked
override_module {
  target          = module.loop.module.signing
  override_during = plan
  outputs = {
    key          = "arn:aws:kms:eu-central-1:123456789012:key/signing"
    trusted_keys = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"
    policy       = {}
  }
}

variables {
  environment = "test"
  models      = { names = ["pumps", "valves"], default = "pumps" }
  entrance    = { domain = "models.example.org", zone = "Z1" }
  network     = { cidr = "10.40.0.0/16", callers = ["0.0.0.0/0"], operators = [] }
  fleet = {
    server                  = { cpu = 1024, memory = 2048, least = 1, capacity = 2, most = 4 }
    gateway                 = { cpu = 512, memory = 1024, least = 2, most = 4 }
    architecture            = "X86_64"
    rollback_window_seconds = 3600
    stop_seconds            = 60
    most_model_bytes        = 268435456
    prediction_log_seconds  = 30
    rate_limit              = 1000
  }
  rollout         = { Rollout_Steps = "10,50" }
  training        = { instance_type = "ml.m5.large", volume_gigabytes = 10, most_seconds = 3600, spot = true }
  automation      = { package = "versions.tf", concurrency = 5 }
  access          = { repository = "example/slipway", subjects = null, applied_by_workflow = false, state = [] }
  signatures      = { mode = "enforce", former_keys = [] }
  keys            = { prediction_key = "a key that is long enough for anybody", api_key = "a key", page_token = "a key to the page" }
  key_versions    = { prediction_key = 1, api_key = 1, page_token = 1 }
  notebook_users  = []
  alarm_emails    = ["operations@example.org"]
  monthly_dollars = 100
  prediction_days = 400
  log_days        = 90
  disposable      = false
}

run "environment" {
  command = plan

  assert {
    condition     = output.parameter == "/slipway/test/environment" && output.url == "https://models.example.org"
    error_message = "The environment's description is not in the parameter that targets read."
  }

  # exactly what AwsEnvironmentRecord reads
  assert {
    condition = jsonencode({ for name, value in output.record : name => value if name != "training" }) == jsonencode({
      automation = {
        datasetArrived   = "slipway-test-dataset-arrived"
        deadLetters      = "https://sqs.eu-central-1.amazonaws.com/123456789012/dead-letters"
        trainingFinished = "slipway-test-training-finished"
      }
      apiKeySecret    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:api-key"
      pageTokenSecret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:page-token"
      bucket          = "store"
      fleet = {
        architecture          = "X86_64"
        blue                  = "slipway-test-blue", capacity = 2, cluster = "slipway-test", gateway = "slipway-test-gateway", green = "slipway-test-green", idleMinimum = 1,
        rollbackWindowSeconds = 3600
      }
      gateway = "main"
      images = {
        gateway = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/repository"
        model   = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/repository"
      }
      name                = "test"
      predictionKeySecret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prediction-key"
      publicUrl           = "https://models.example.org"
      region              = "eu-central-1"
      signing = {
        key         = "arn:aws:kms:eu-central-1:123456789012:key/signing"
        mode        = "enforce"
        trustedKeys = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"
      }
    })
    error_message = "The record is ${jsonencode(output.record)}"
  }

  assert {
    condition = {
      for name in ["role", "instanceType", "volumeGigabytes", "mostSeconds", "spot", "key", "securityGroups", "modelPackageGroupPrefix"] :
      name => jsonencode(output.record.training[name])
      } == {
      role                    = jsonencode("arn:aws:iam::123456789012:role/training")
      instanceType            = jsonencode("ml.m5.large")
      volumeGigabytes         = "10"
      mostSeconds             = "3600"
      spot                    = "true"
      key                     = jsonencode("arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-44cd-86ef-1234567890ab")
      securityGroups          = jsonencode(["sg-training"])
      modelPackageGroupPrefix = jsonencode("slipway-test-")
    }
    error_message = "The record's training is ${jsonencode(output.record.training)}"
  }

  assert {
    condition     = length(output.record.training.subnets) == 2
    error_message = "Training jobs have no subnets."
  }

  assert {
    condition     = length(jsonencode(output.record)) < 3500
    error_message = "The record does not fit into the environment variables of a function (4 KB in total)."
  }

  assert {
    condition     = toset(keys(output.policies)) == toset(["flow_log", "training", "dataset_arrived", "labels_due", "training_finished", "servers", "gateway", "servers_execution", "gateway_execution", "plan", "gate", "build", "train", "deploy", "rollback", "scan", "drift", "notebooks", "recorder"])
    error_message = "The outputs lack the policy of a role: ${join(", ", keys(output.policies))}"
  }

  # also where nobody else is notified
  assert {
    condition     = [for statement in output.policies.gateway.Statement : statement.Resource if contains(statement.Action, "events:PutEvents")] == [["arn:aws:events:eu-central-1:123456789012:event-bus/slipway-test-traffic"]]
    error_message = "The gateway cannot tell the automation that a rollout has ended."
  }

  assert {
    condition     = alltrue([for policy in output.policies : length(jsonencode(policy)) < 10240])
    error_message = "A policy exceeds IAM's maximum length."
  }
}

run "a_color_with_traffic_has_no_fewer_servers_than_without" {
  command = plan

  module {
    source = "../loop"
  }

  variables {
    public_url = "https://models.example.org"
    fleet = {
      server                  = { cpu = 1024, memory = 2048, least = 2, capacity = 1, most = 4 }
      gateway                 = { cpu = 512, memory = 1024, least = 2, most = 4 }
      architecture            = "X86_64"
      rollback_window_seconds = 3600
      stop_seconds            = 60
      most_model_bytes        = 268435456
      prediction_log_seconds  = 30
      rate_limit              = 1000
    }
  }

  expect_failures = [var.fleet]
}

run "leaves_room_for_the_automation_among_the_targets" {
  command = plan

  module {
    source = "../loop"
  }

  variables {
    public_url    = "https://models.example.org"
    notifications = { targets = [for number in range(10) : "https://hooks.example.org/${number}"], secrets = {} }
  }

  expect_failures = [var.notifications]
}
