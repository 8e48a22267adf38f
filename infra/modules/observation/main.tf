data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.key
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { ArnLike = { "aws:SourceArn" = "arn:${data.aws_partition.here.partition}:cloudwatch:${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}:alarm:*" } }
      },
      {
        Sid       = "Budgets"
        Effect    = "Allow"
        Principal = { Service = "budgets.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.here.account_id } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each  = var.emails
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

# Metrics that AWS itself publishes; figures.tf has those of gateway and servers.
locals {
  alarms = merge(
    { for key, function in var.functions : "${key}-errors" => {
      description = "A function failed; its event is retried twice", runbook = "function-errors"
      namespace   = "AWS/Lambda", metric = "Errors", statistic = "Sum", threshold = 0, periods = 1
      dimensions  = { FunctionName = function }
    } },
    { for key, function in var.functions : "${key}-lost" => {
      description = "A failed event could not be sent to the dead-letter queue", runbook = "function-lost"
      namespace   = "AWS/Lambda", metric = "DeadLetterErrors", statistic = "Sum", threshold = 0, periods = 1
      dimensions  = { FunctionName = function }
    } },
    { for rule, bus in var.rules : "${trimprefix(rule, "${var.name}-")}-undelivered" => {
      description = "An event reached no function", runbook = "undelivered"
      namespace   = "AWS/Events", metric = "FailedInvocations", statistic = "Sum", threshold = 0, periods = 1
      # of a rule on the default bus, only metrics without the bus are published
      dimensions = merge({ RuleName = rule }, bus == null ? {} : { EventBusName = bus })
    } },
    { for key, service in var.services : "${key}-processor" => {
      description = "The CPU of a service is saturated; autoscaling has reached its maximum or is too slow", runbook = "processor"
      namespace   = "AWS/ECS", metric = "CPUUtilization", statistic = "Average", threshold = 90, periods = 5
      dimensions  = { ClusterName = var.cluster, ServiceName = service }
    } },
    {
      dead-letters = {
        description = "No function could handle some events: read them in the dead-letter queue, fix the cause, and redrive them", runbook = "dead-letters"
        namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", threshold = 0, periods = 1
        dimensions  = { QueueName = var.dead_letters }
      }
      unreachable = {
        description = "The load balancer cannot reach a gateway", runbook = "unreachable"
        namespace   = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", statistic = "Sum", threshold = 10, periods = 2
        dimensions  = { LoadBalancer = var.entrance.load_balancer }
      }
      unhealthy = {
        description = "A gateway fails its health check", runbook = "unhealthy"
        namespace   = "AWS/ApplicationELB", metric = "UnHealthyHostCount", statistic = "Maximum", threshold = 0, periods = 5
        dimensions  = { LoadBalancer = var.entrance.load_balancer, TargetGroup = var.entrance.target_group }
      }
      slow = {
        description = "One response in a hundred takes too long", runbook = "slow"
        namespace   = "AWS/ApplicationELB", metric = "TargetResponseTime", statistic = "p99", threshold = var.slow_seconds, periods = 5
        dimensions  = { LoadBalancer = var.entrance.load_balancer, TargetGroup = var.entrance.target_group }
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${replace(each.key, "_", "-")}"
  alarm_description   = "${each.value.description}. ${var.runbook}#${each.value.runbook}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic == "p99" ? null : each.value.statistic
  extended_statistic  = each.value.statistic == "p99" ? each.value.statistic : null
  period              = 60
  evaluation_periods  = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching" # these metrics are published only when they are not 0
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

locals {
  region = data.aws_region.here.name
  lb     = ["LoadBalancer", var.entrance.load_balancer]

  graphs = [
    { title = "Requests", metrics = [concat(["AWS/ApplicationELB", "RequestCount"], local.lb, [{ stat = "Sum" }])] },
    { title = "Errors", metrics = [
      concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.lb, [{ stat = "Sum" }]),
      concat(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"], local.lb, [{ stat = "Sum" }]),
    ] },
    { title = "Seconds to answer", metrics = [
      concat(["AWS/ApplicationELB", "TargetResponseTime"], local.lb, [{ stat = "p50" }]),
      concat(["AWS/ApplicationELB", "TargetResponseTime"], local.lb, [{ stat = "p99" }]),
    ] },
    { title = "Processor", metrics = [for service in var.services : ["AWS/ECS", "CPUUtilization", "ClusterName", var.cluster, "ServiceName", service, { stat = "Average" }]] },
    { title = "Memory", metrics = [for service in var.services : ["AWS/ECS", "MemoryUtilization", "ClusterName", var.cluster, "ServiceName", service, { stat = "Maximum" }]] },
    { title = "Events handled", metrics = [for function in var.functions : ["AWS/Lambda", "Invocations", "FunctionName", function, { stat = "Sum" }]] },
    { title = "Events that failed", metrics = concat(
      [for function in var.functions : ["AWS/Lambda", "Errors", "FunctionName", function, { stat = "Sum" }]],
      [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.dead_letters, { stat = "Maximum" }]],
    ) },
  ]
}

locals {
  searches = [for graph in local.figure_graphs : {
    title = graph.title
    metrics = [for metric in graph.metrics : [{
      expression = "SEARCH('{\"${var.name}\",${join(",", [for dimension in graph.dimensions : "\"${dimension}\""])}} MetricName=\"${metric}\"', '${graph.statistic}', 60)"
    }]]
  }]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for index, graph in concat(local.graphs, local.searches) : {
      type   = "metric"
      x      = index % 3 * 8
      y      = floor(index / 3) * 6
      width  = 8
      height = 6
      properties = {
        title   = graph.title
        region  = local.region
        view    = "timeSeries"
        period  = 60
        metrics = graph.metrics
      }
    }]
  })
}
