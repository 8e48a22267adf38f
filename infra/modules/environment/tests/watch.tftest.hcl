# Monitoring: the trail, the recorder, the alarms, the budget.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "slipway-test"
  store = "arn:aws:s3:::store"
  key   = "arn:aws:kms:eu-central-1:123456789012:key/key"

  cluster      = "slipway-test"
  services     = { gateway = "slipway-test-gateway", blue = "slipway-test-blue", green = "slipway-test-green" }
  functions    = { dataset_arrived = "slipway-test-dataset-arrived", training_finished = "slipway-test-training-finished" }
  rules        = { slipway-test-dataset-arrived = null, slipway-test-training-finished = null, slipway-test-rollout-ended = "slipway-test-traffic" }
  dead_letters = "slipway-test-dead-letters"
  entrance     = { load_balancer = "app/lb/1", target_group = "targetgroup/gateway/1" }
  emails       = ["operations@example.org"]
  models       = ["pumps", "valves"]
  runbook      = "https://example.org/runbook"

  deployment_alarms = ["slipway-test-errors"]
}

run "audit" {
  command = plan

  module {
    source = "../audit"
  }

  assert {
    condition     = aws_cloudtrail.this.enable_log_file_validation && aws_cloudtrail.this.kms_key_id == var.key && aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.include_global_service_events
    error_message = "The trail lacks validation, is not encrypted, or covers only one region."
  }

  assert {
    condition = anytrue([for selector in aws_cloudtrail.this.advanced_event_selector : alltrue([
      anytrue([for field in selector.field_selector : field.field == "eventCategory" && try(one(field.equals), "") == "Data"]),
      anytrue([for field in selector.field_selector : field.field == "readOnly" && try(one(field.equals), "") == "false"]),
      anytrue([for field in selector.field_selector : field.field == "resources.ARN" && toset(coalesce(field.starts_with, [])) == toset([for prefix in ["models", "catalog", "traffic", "datasets", "training-jobs", "releases"] : "arn:aws:s3:::store/${prefix}/"])]),
      length(selector.field_selector) == 4,
    ])])
    error_message = "The trail does not record who wrote pointers, history, manifests, traffic, data, lineages or releases."
  }

  assert {
    condition     = anytrue([for selector in aws_cloudtrail.this.advanced_event_selector : anytrue([for field in selector.field_selector : field.field == "eventCategory" && try(one(field.equals), "") == "Management"])])
    error_message = "The trail does not record management events of the account."
  }

  assert {
    condition     = aws_config_configuration_recorder_status.this.is_enabled && aws_config_configuration_recorder.this.recording_group[0].all_supported
    error_message = "The configuration recorder is off."
  }

  assert {
    condition     = alltrue([for rule in ["S3_BUCKET_SSL_REQUESTS_ONLY", "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "ECS_TASK_DEFINITION_NONROOT_USER", "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"] : contains([for rule in aws_config_config_rule.this : rule.source[0].source_identifier], rule)])
    error_message = "A configuration rule is missing."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule : rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.key]) && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "The trail's bucket is not versioned, encrypted and closed."
  }

  assert {
    condition = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Effect == "Deny" && statement.Principal == { AWS = "*" } && toset(flatten([statement.Action])) == toset(["s3:DeleteObject", "s3:DeleteObjectVersion"])
      && !can(statement.Condition) && flatten([statement.Resource]) == ["${local.arn}/*"]
    ])
    error_message = "The trail's files can be deleted."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny" || can(statement.Condition.StringEquals["aws:SourceAccount"]) || can(statement.Condition.StringEquals["aws:SourceArn"])])
    error_message = "Another account's trail can write into our bucket."
  }
}

run "observation" {
  command = plan

  module {
    source = "../observation"
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement : statement.Effect == "Deny" || strcontains(jsonencode(try(statement.Condition, {})), "123456789012")])
    error_message = "Another account's alarms can publish to our topic."
  }

  # figures.txt is written from the code of the services
  assert {
    condition     = length(setsubtract(output.figures, split("\n", trimspace(file("${path.module}/../environment/tests/figures.txt"))))) == 0
    error_message = "An alarm or a graph uses a metric that no service sends with these dimensions: ${join(", ", setsubtract(output.figures, split("\n", trimspace(file("${path.module}/../environment/tests/figures.txt")))))}"
  }

  assert {
    condition = alltrue(flatten([for graph in local.figure_graphs : [for metric in graph.metrics : strcontains(aws_cloudwatch_dashboard.this.dashboard_body,
    "SEARCH('{\\\"slipway-test\\\",${join(",", [for dimension in graph.dimensions : "\\\"${dimension}\\\""])}} MetricName=\\\"${metric}\\\"', '${graph.statistic}', 60)")]]))
    error_message = "A graph is not on the dashboard."
  }

  assert {
    condition = toset([for model in ["pumps", "valves"] : length([for alarm in aws_cloudwatch_metric_alarm.figure : alarm if try(alarm.dimensions.model, "") == model])]) == toset([9]) && alltrue([
      for alarm in aws_cloudwatch_metric_alarm.figure : alarm.namespace == "slipway-test" && alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])
    ])
    error_message = "A model lacks an alarm, or an alarm looks into another namespace or tells nobody."
  }

  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.this), values(aws_cloudwatch_metric_alarm.figure)) : can(regex("\\. https://example.org/runbook#[a-z-]+$", alarm.alarm_description))])
    error_message = "An alarm has no link to the runbook."
  }

  # neither drift nor a bad model is the fault of a release
  assert {
    condition     = aws_cloudwatch_composite_alarm.deployment.alarm_rule == "ALARM(\"slipway-test-failures\") OR ALARM(\"slipway-test-not-finite\") OR ALARM(\"slipway-test-errors\")" && output.deployment_alarm == "slipway-test-deployment"
    error_message = "Deployments are rolled back for another reason than what a release can be at fault for: ${aws_cloudwatch_composite_alarm.deployment.alarm_rule}"
  }

  # silence is not good news: without data this one is raised, and all others are not
  assert {
    condition     = [for key, alarm in aws_cloudwatch_metric_alarm.figure : key if alarm.treat_missing_data == "breaching"] == ["silent"] && aws_cloudwatch_metric_alarm.figure["silent"].comparison_operator == "LessThanThreshold"
    error_message = "Nobody notices that figures no longer arrive, or an alarm is raised for a model that nobody asks."
  }

  # of the others, only metrics that AWS publishes
  assert {
    condition = length(setsubtract([for alarm in aws_cloudwatch_metric_alarm.this : "${alarm.namespace} ${alarm.metric_name} ${join(",", keys(alarm.dimensions))}"], [
      "AWS/Lambda Errors FunctionName", "AWS/Lambda DeadLetterErrors FunctionName", "AWS/Events FailedInvocations RuleName", "AWS/Events FailedInvocations EventBusName,RuleName",
      "AWS/ECS CPUUtilization ClusterName,ServiceName", "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
      "AWS/ApplicationELB HTTPCode_ELB_5XX_Count LoadBalancer", "AWS/ApplicationELB UnHealthyHostCount LoadBalancer,TargetGroup",
      "AWS/ApplicationELB TargetResponseTime LoadBalancer,TargetGroup",
    ])) == 0
    error_message = "An alarm uses a metric that is not published."
  }

  assert {
    condition = jsonencode({ for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.dimensions if endswith(key, "-undelivered") }) == jsonencode({
      dataset-arrived-undelivered   = { RuleName = "slipway-test-dataset-arrived" }
      training-finished-undelivered = { RuleName = "slipway-test-training-finished" }
      rollout-ended-undelivered     = { RuleName = "slipway-test-rollout-ended", EventBusName = "slipway-test-traffic" }
    })
    error_message = "An alarm observes another bus than that of its rule."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && (alarm.statistic == null) != (alarm.extended_statistic == null)])
    error_message = "An alarm notifies no topic."
  }

  assert {
    condition = length(setsubtract(flatten([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [for metric in widget.properties.metrics : "${metric[0]} ${metric[1]}" if length(metric) > 1]]), [
      "AWS/ApplicationELB RequestCount", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", "AWS/ApplicationELB HTTPCode_ELB_5XX_Count",
      "AWS/ApplicationELB TargetResponseTime", "AWS/ECS CPUUtilization", "AWS/ECS MemoryUtilization", "AWS/Lambda Invocations", "AWS/Lambda Errors",
      "AWS/SQS ApproximateNumberOfMessagesVisible",
    ])) == 0
    error_message = "The dashboard shows a metric that is not published."
  }

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.key && keys(aws_sns_topic_subscription.email) == ["operations@example.org"]
    error_message = "The topic is not encrypted, or has no subscribers."
  }
}

run "budget" {
  command = plan

  module {
    source = "../budget"
  }

  variables {
    monthly_dollars = 100
    topics          = ["arn:aws:sns:eu-central-1:123456789012:alarms"]
  }

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "100" && toset([for notification in aws_budgets_budget.this.notification : notification.notification_type]) == toset(["ACTUAL", "FORECASTED"])
    error_message = "The budget notifies nobody."
  }
}
