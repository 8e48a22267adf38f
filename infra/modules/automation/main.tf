data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region      = data.aws_region.here.name
  account     = data.aws_caller_identity.here.account_id
  aws         = "arn:${data.aws_partition.here.partition}"
  bucket_name = element(split(":::", var.bucket), 1)

  functions = {
    dataset_arrived   = { name = "${var.name}-dataset-arrived", does = "Starts one training job for each new dataset, or when monitoring asks for it" }
    training_finished = { name = "${var.name}-training-finished", does = "Judges what a training job made, registers it, and takes back what was rejected or failed its rollout" }
    labels_due        = { name = "${var.name}-labels-due", does = "Joins predictions with the labels that have arrived, and writes how good each model is on them; at night, compares them with the training data" }
  }

  # what the gateway tells of; another environment of this account has a bus of its own, because an event names the gateway and not the environment
  bus = "${var.name}-traffic"

  rules = {
    dataset_arrived = {
      function    = "dataset_arrived"
      description = "A dataset has arrived"
      pattern = {
        source        = ["aws.s3"]
        "detail-type" = ["Object Created"]
        detail        = { bucket = { name = [local.bucket_name] }, object = { key = [{ prefix = "datasets/" }] } }
      }
    }
    training_finished = {
      function    = "training_finished"
      description = "A training job of this environment has ended"
      pattern = {
        source        = ["aws.sagemaker"]
        "detail-type" = ["SageMaker Training Job State Change"]
        # the names of jobs do not contain the environment, but those of roles do: another environment in this account does not receive our jobs
        detail = { TrainingJobStatus = ["Completed", "Failed", "Stopped"], RoleArn = [var.training_role] }
      }
    }
    package_changed = {
      function    = "training_finished"
      description = "Somebody approved or rejected a version in the model registry"
      pattern = {
        source        = ["aws.sagemaker"]
        "detail-type" = ["SageMaker Model Package State Change"]
        detail        = { ModelPackageGroupName = [{ prefix = var.group_prefix }] }
      }
    }
    drift = {
      function    = "dataset_arrived"
      bus         = local.bus
      description = "The gateway has found drift in what callers send"
      pattern     = { source = ["slipway"], "detail-type" = ["slipway.model.drift"] }
    }
    retrain_look = {
      function    = "dataset_arrived"
      description = "Time to look whether a model has to be trained, because the event of a cause may have been lost, and lost accuracy has none"
      schedule    = "rate(5 minutes)"
    }
    labels_look = {
      function    = "labels_due"
      description = "Time to join the labels of the last days that have arrived"
      schedule    = "rate(10 minutes)"
    }
    labels_all = {
      function    = "labels_due"
      description = "Time to join labels that came late, of any day"
      schedule    = "cron(37 1 * * ? *)"
    }
    # once a night for each model; the later ones compare what was left
    domain_look = {
      function    = "labels_due"
      description = "Time to compare the last day of each model with its training data"
      schedule    = "cron(17 2-5 * * ? *)"
    }
    rollout_ended = {
      function    = "training_finished"
      bus         = local.bus
      description = "The gateway has ended a rollout"
      pattern = {
        source        = ["slipway"]
        "detail-type" = ["slipway.traffic.promoted", "slipway.traffic.rolled-back", "slipway.traffic.halted"]
      }
    }
    rollout_look = {
      function    = "training_finished"
      description = "Time to look whether a rollout has ended, because its event may have been lost"
      schedule    = "rate(5 minutes)"
    }
  }

  # a rule on another bus than the default one has the bus in its ARN
  rule_names = { for key in keys(local.rules) : key => "${var.name}-${replace(key, "_", "-")}" }
  rule_arns  = { for key, rule in local.rules : key => "${local.aws}:events:${local.region}:${local.account}:rule/${can(rule.bus) ? "${rule.bus}/" : ""}${local.rule_names[key]}" }

  arns = { for name, function in local.functions : name => "${local.aws}:lambda:${local.region}:${local.account}:function:${function.name}" }
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.name}-dead-letters"
  message_retention_seconds = 1209600 # two weeks, the maximum

  # events hold names of objects and jobs, no data: the queue's own key will do, and needs no grant to EventBridge
  sqs_managed_sse_enabled = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EventsThatReachedNoFunction"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "${local.aws}:sqs:${local.region}:${local.account}:${var.name}-dead-letters"
        Condition = { ArnEquals = { "aws:SourceArn" = values(local.rule_arns) } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sqs:*" # denies every action
        Resource  = "${local.aws}:sqs:${local.region}:${local.account}:${var.name}-dead-letters"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.functions
  name              = "/aws/lambda/${each.value.name}"
  retention_in_days = var.log_days
  kms_key_id        = var.key
}

resource "aws_iam_role" "this" {
  for_each = local.functions
  name     = each.value.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.functions
  name     = "function"
  role     = aws_iam_role.this[each.key].id
  policy   = jsonencode(local.policies[each.key])
}

resource "aws_lambda_function" "this" {
  for_each                       = local.functions
  function_name                  = each.value.name
  description                    = each.value.does
  role                           = aws_iam_role.this[each.key].arn
  runtime                        = "provided.al2023"
  architectures                  = ["x86_64"]
  handler                        = "bootstrap"
  filename                       = var.package
  source_code_hash               = filebase64sha256(var.package)
  memory_size                    = each.key == "labels_due" ? var.join_memory : var.memory
  timeout                        = each.key == "labels_due" ? 900 : var.timeout # the maximum: an hour of the log that was joined stays joined
  reserved_concurrent_executions = each.key == "labels_due" ? 1 : var.concurrency
  kms_key_arn                    = var.key

  # an artifact is unpacked next to its archive
  ephemeral_storage {
    size = var.storage
  }

  environment {
    variables = merge(
      { SLIPWAY_ENVIRONMENT = var.record, SLIPWAY_MaxModelBytes = format("%d", var.most_model_bytes) },
      each.key == "training_finished" ? { for name, value in var.rollout : "SLIPWAY_${name}" => value } : {},
    )
  }

  vpc_config {
    subnet_ids         = var.subnets
    security_group_ids = [var.security_group]
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.dead_letters.arn
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this[each.key].name
  }

  # a function in a VPC can be created and deleted only while its role may manage network interfaces
  depends_on = [aws_iam_role_policy.this]
}

# a failed event is retried twice, then sent to the dead-letter queue: it must not be retried forever
resource "aws_lambda_function_event_invoke_config" "this" {
  for_each                     = aws_lambda_function.this
  function_name                = each.value.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
}

resource "aws_cloudwatch_event_bus" "traffic" {
  name = local.bus
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each            = local.rules
  name                = local.rule_names[each.key]
  description         = each.value.description
  event_bus_name      = can(each.value.bus) ? aws_cloudwatch_event_bus.traffic.name : null
  event_pattern       = can(each.value.pattern) ? jsonencode(each.value.pattern) : null
  schedule_expression = try(each.value.schedule, null)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each       = local.rules
  rule           = aws_cloudwatch_event_rule.this[each.key].name
  event_bus_name = can(each.value.bus) ? aws_cloudwatch_event_bus.traffic.name : null
  target_id      = "function"
  arn            = aws_lambda_function.this[each.value.function].arn

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 21600
    maximum_retry_attempts       = 60
  }
}

resource "aws_lambda_permission" "this" {
  for_each       = local.rules
  statement_id   = replace(each.key, "_", "-")
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this[each.value.function].function_name
  principal      = "events.amazonaws.com"
  source_arn     = aws_cloudwatch_event_rule.this[each.key].arn
  source_account = local.account
}
