# What events start, and what happens to events that fail.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name           = "slipway-test"
  package        = "versions.tf"
  record         = "{\"name\":\"test\"}"
  bucket         = "arn:aws:s3:::store"
  key            = "arn:aws:kms:eu-central-1:123456789012:key/key"
  signing_key    = "arn:aws:kms:eu-central-1:123456789012:key/signing"
  training_role  = "arn:aws:iam::123456789012:role/training"
  repository     = "arn:aws:ecr:eu-central-1:123456789012:repository/model"
  group_prefix   = "slipway-test-"
  subnets        = ["subnet-1", "subnet-2"]
  security_group = "sg-functions"
  job_condition  = { ArnEquals = { "sagemaker:OutputKmsKey" = ["arn:aws:kms:eu-central-1:123456789012:key/key"] } }
}

run "automation" {
  command = plan

  module {
    source = "../automation"
  }

  assert {
    condition = { for name, rule in aws_cloudwatch_event_rule.this : name => jsondecode(rule.event_pattern).detail } == {
      dataset_arrived   = { bucket = { name = ["store"] }, object = { key = [{ prefix = "datasets/" }] } }
      training_finished = { TrainingJobStatus = ["Completed", "Failed", "Stopped"], RoleArn = ["arn:aws:iam::123456789012:role/training"] }
      package_changed   = { ModelPackageGroupName = [{ prefix = "slipway-test-" }] }
    }
    error_message = "A rule matches events of other environments."
  }

  assert {
    condition = { for name, rule in aws_cloudwatch_event_rule.this : name => one(jsondecode(rule.event_pattern)["detail-type"]) } == {
      dataset_arrived = "Object Created", training_finished = "SageMaker Training Job State Change", package_changed = "SageMaker Model Package State Change"
    }
    error_message = "A rule matches the wrong kind of event."
  }

  assert {
    condition     = { for name, rule in local.rules : name => aws_lambda_permission.this[name].function_name } == { dataset_arrived = "slipway-test-dataset-arrived", training_finished = "slipway-test-training-finished", package_changed = "slipway-test-training-finished" }
    error_message = "An event goes to the wrong function."
  }

  assert {
    condition     = alltrue([for permission in aws_lambda_permission.this : permission.principal == "events.amazonaws.com" && permission.source_account == "123456789012" && permission.source_arn != null])
    error_message = "Any rule may invoke our functions."
  }

  assert {
    condition     = alltrue([for target in aws_cloudwatch_event_target.this : target.dead_letter_config[0].arn == aws_sqs_queue.dead_letters.arn && target.retry_policy[0].maximum_retry_attempts > 0])
    error_message = "An event that reaches no function is lost."
  }

  assert {
    condition = alltrue([for function in aws_lambda_function.this :
      function.runtime == "provided.al2023" && function.dead_letter_config[0].target_arn == aws_sqs_queue.dead_letters.arn && function.reserved_concurrent_executions > 0
      && function.ephemeral_storage[0].size == 4096 && function.kms_key_arn == var.key && function.environment[0].variables == tomap({ SLIPWAY_ENVIRONMENT = var.record, SLIPWAY_MaxModelBytes = "268435456" })
    ])
    error_message = "A function has no dead-letter queue, no reserved concurrency, too little disk for an artifact, unencrypted settings, or no description of its environment."
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.this : function.vpc_config[0].subnet_ids == toset(var.subnets) && function.vpc_config[0].security_group_ids == toset(["sg-functions"])])
    error_message = "A function runs outside the private subnets."
  }

  assert {
    condition     = alltrue([for config in aws_lambda_function_event_invoke_config.this : config.maximum_retry_attempts == 2])
    error_message = "A failed event is not retried."
  }

  assert {
    condition     = aws_sqs_queue.dead_letters.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "Dead letters are not encrypted, or expire before anybody reads them."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.retention_in_days > 0 && group.kms_key_id == var.key])
    error_message = "A log never expires, or is not encrypted."
  }
}
