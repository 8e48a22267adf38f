# What events start, and what happens to events that fail.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name           = "slipway-test"
  package        = "versions.tf"
  record         = "{\"name\":\"test\"}"
  gateway        = "main"
  cluster        = "slipway-test"
  servers        = ["slipway-test-blue", "slipway-test-green"]
  rollout        = { Rollout_Steps = "10,50", Rollout_Hold = "00:01:00" }
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
    condition = { for name, rule in aws_cloudwatch_event_rule.this : name => jsondecode(rule.event_pattern).detail if !contains(["rollout_ended", "rollout_look", "drift", "retrain_look", "labels_look", "labels_all", "domain_look"], name) } == {
      dataset_arrived   = { bucket = { name = ["store"] }, object = { key = [{ prefix = "datasets/" }] } }
      training_finished = { TrainingJobStatus = ["Completed", "Failed", "Stopped"], RoleArn = ["arn:aws:iam::123456789012:role/training"] }
      package_changed   = { ModelPackageGroupName = [{ prefix = "slipway-test-" }] }
    }
    error_message = "A rule matches events of other environments."
  }

  assert {
    condition = { for name, rule in aws_cloudwatch_event_rule.this : name => jsondecode(rule.event_pattern)["detail-type"] if !contains(["rollout_look", "retrain_look", "labels_look", "labels_all", "domain_look"], name) } == {
      dataset_arrived = ["Object Created"], training_finished = ["SageMaker Training Job State Change"], package_changed = ["SageMaker Model Package State Change"]
      rollout_ended   = ["slipway.traffic.promoted", "slipway.traffic.rolled-back", "slipway.traffic.halted"], drift = ["slipway.model.drift"]
    }
    error_message = "A rule matches the wrong kind of event."
  }

  # an event of the gateway does not name the environment, so only the bus keeps environments apart
  assert {
    condition = (
      { for name, rule in aws_cloudwatch_event_rule.this : name => rule.event_bus_name if rule.event_bus_name != null && rule.event_bus_name != "default" } == { rollout_ended = "slipway-test-traffic", drift = "slipway-test-traffic" }
      && aws_cloudwatch_event_target.this["rollout_ended"].event_bus_name == "slipway-test-traffic" && aws_cloudwatch_event_bus.traffic.name == "slipway-test-traffic"
      && output.bus == "arn:aws:events:eu-central-1:123456789012:event-bus/slipway-test-traffic"
    )
    error_message = "The gateway and the function that it tells do not use a bus of their own."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.this["rollout_look"].schedule_expression == "rate(5 minutes)" && aws_cloudwatch_event_rule.this["rollout_look"].event_pattern == null
    error_message = "Nobody looks for the end of a rollout whose event was lost."
  }

  # functions tell schedules apart by the ends of their names
  assert {
    condition     = aws_cloudwatch_event_rule.this["retrain_look"].schedule_expression == "rate(5 minutes)" && endswith(aws_cloudwatch_event_rule.this["retrain_look"].name, "-retrain-look")
    error_message = "Nobody looks for a cause of a training whose event was lost, or the function takes it for another look."
  }

  assert {
    condition = {
      for name in ["labels_look", "labels_all", "domain_look"] : name => [aws_cloudwatch_event_rule.this[name].schedule_expression, trimprefix(aws_cloudwatch_event_rule.this[name].name, "slipway-test")]
    } == { labels_look = ["rate(10 minutes)", "-labels-look"], labels_all = ["cron(37 1 * * ? *)", "-labels-all"], domain_look = ["cron(17 2-5 * * ? *)", "-domain-look"] }
    error_message = "Labels are not joined in due time, or late ones never, or nobody compares the last day, or the function takes one look for the other."
  }

  assert {
    condition     = aws_lambda_function.this["labels_due"].memory_size == 2048 && aws_lambda_function.this["labels_due"].timeout == 900 && aws_lambda_function.this["labels_due"].reserved_concurrent_executions == 1
    error_message = "An hour of the log does not fit into the function that joins labels, or it is stopped too early, or joins the same hour twice at once."
  }

  assert {
    condition = toset(one([for statement in jsondecode(aws_sqs_queue.dead_letters.policy).Statement : statement.Condition.ArnEquals["aws:SourceArn"] if statement.Effect == "Allow"])) == toset([
      for rule in ["slipway-test-dataset-arrived", "slipway-test-training-finished", "slipway-test-package-changed", "slipway-test-traffic/slipway-test-rollout-ended", "slipway-test-rollout-look", "slipway-test-traffic/slipway-test-drift", "slipway-test-retrain-look", "slipway-test-labels-look", "slipway-test-labels-all", "slipway-test-domain-look"] :
      "arn:aws:events:eu-central-1:123456789012:rule/${rule}"
    ])
    error_message = "An event that reached no function cannot be kept, or others can write into the queue."
  }

  assert {
    condition     = { for name, rule in local.rules : name => aws_lambda_permission.this[name].function_name } == { dataset_arrived = "slipway-test-dataset-arrived", training_finished = "slipway-test-training-finished", package_changed = "slipway-test-training-finished", rollout_ended = "slipway-test-training-finished", rollout_look = "slipway-test-training-finished", drift = "slipway-test-dataset-arrived", retrain_look = "slipway-test-dataset-arrived", labels_look = "slipway-test-labels-due", labels_all = "slipway-test-labels-due", domain_look = "slipway-test-labels-due" }
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
      && function.ephemeral_storage[0].size == 4096 && function.kms_key_arn == var.key
    ])
    error_message = "A function has no dead-letter queue, no reserved concurrency, too little disk for an artifact, or unencrypted settings."
  }

  assert {
    condition = { for name, function in aws_lambda_function.this : name => function.environment[0].variables } == {
      dataset_arrived   = tomap({ SLIPWAY_ENVIRONMENT = var.record, SLIPWAY_MaxModelBytes = "268435456" })
      labels_due        = tomap({ SLIPWAY_ENVIRONMENT = var.record, SLIPWAY_MaxModelBytes = "268435456" })
      training_finished = tomap({ SLIPWAY_ENVIRONMENT = var.record, SLIPWAY_MaxModelBytes = "268435456", SLIPWAY_Rollout_Steps = "10,50", SLIPWAY_Rollout_Hold = "00:01:00" })
    }
    error_message = "A function has no description of its environment, or does not roll out as the environment does."
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
