# What servers and gateway send to CloudWatch: CloudWatchFigures in inference/Hosting/Telemetry/CloudWatch. A test compares the two.
locals {
  server  = { service = "slipway-inference" }
  gateway = { service = "slipway-gateway" }

  # alarms of the services as a whole
  figures_of_services = {
    failures = {
      description = "Servers fail requests that are not at fault", runbook = "failures"
      metric      = "slipway.inference.failures", statistic = "Sum", threshold = 10, periods = 3
      dimensions  = merge(local.server, { status = "5xx" })
    }
    not-finite = {
      description = "A model returns values that are not finite numbers", runbook = "not-finite"
      metric      = "slipway.inference.not_finite", statistic = "Sum", threshold = 0, periods = 1
      dimensions  = local.server
    }
    log-loss = {
      description = "Predictions are missing in the prediction log", runbook = "log-loss"
      metric      = "slipway.inference.log.dropped", statistic = "Sum", threshold = 0, periods = 1
      dimensions  = local.server
    }
    full = {
      description = "The gateway refuses requests because it has reached its limit", runbook = "full"
      metric      = "slipway.gateway.full", statistic = "Sum", threshold = 0, periods = 3
      dimensions  = local.gateway
    }
    rolled-back = {
      description = "A rollout was taken back; the alarm ends with the next rollout", runbook = "rolled-back"
      metric      = "slipway.gateway.phase", statistic = "Maximum", threshold = 0, periods = 1
      dimensions  = merge(local.gateway, { phase = "rolled-back" })
    }
    silent = {
      description = "No figures have arrived for a while, so none of the alarms on them can be raised", runbook = "silent"
      metric      = "slipway.gateway.requests", statistic = "SampleCount", threshold = 1, periods = 15
      dimensions  = local.gateway
      comparison  = "LessThanThreshold", missing = "breaching"
    }
  }

  # alarms of each model
  figures_of_models = {
    slow-model = {
      description = "One run in a hundred of a model takes too long", runbook = "slow-model"
      metric      = "slipway.inference.duration.p99", statistic = "Maximum", threshold = var.slow_run_seconds, periods = 5
      dimensions  = local.server
    }
    stale = {
      description = "A server does not serve the version that is published", runbook = "stale"
      metric      = "slipway.inference.stale", statistic = "Maximum", threshold = 600, periods = 5
      dimensions  = local.server
    }
    put-back = {
      description = "A server has put back a version that did worse than the one before", runbook = "put-back"
      metric      = "slipway.inference.put_backs", statistic = "Sum", threshold = 0, periods = 1
      dimensions  = local.server
    }
    drift = {
      description = "What callers send differs from what the model was trained on", runbook = "drift"
      metric      = "slipway.model.drifted", statistic = "Maximum", threshold = 0, periods = 5
      dimensions  = local.gateway
    }
    data-problems = {
      description = "Columns have missing, unknown or wrong values beyond chance", runbook = "data-problems"
      metric      = "slipway.model.data_problems", statistic = "Maximum", threshold = 0, periods = 5
      dimensions  = local.gateway
    }
    domain = {
      description = "All columns together differ from what the model was trained on, by more than single columns show", runbook = "domain"
      metric      = "slipway.model.domain", statistic = "Maximum", threshold = 1, periods = 5
      dimensions  = local.gateway
    }
    quality = {
      description = "A metric is worse than its gate, measured on labels that came later", runbook = "quality"
      metric      = "slipway.model.quality.lost", statistic = "Maximum", threshold = 0, periods = 5
      dimensions  = local.gateway
    }
    estimate = {
      description = "A metric is probably worse than its gate, estimated without labels", runbook = "estimate"
      metric      = "slipway.model.quality.estimate.lost", statistic = "Maximum", threshold = 0, periods = 5
      dimensions  = local.gateway
    }
    value = {
      description = "The predictions of a day have cost more than they brought", runbook = "value"
      metric      = "slipway.model.value", statistic = "Minimum", threshold = 0, periods = 5
      dimensions  = local.gateway, comparison = "LessThanThreshold"
    }
  }

  figures = merge(local.figures_of_services, { for pair in setproduct(keys(local.figures_of_models), var.models) :
    "${pair[0]}-${pair[1]}" => merge(local.figures_of_models[pair[0]], {
      description = "${local.figures_of_models[pair[0]].description} (${pair[1]})"
      dimensions  = merge(local.figures_of_models[pair[0]].dimensions, { model = pair[1] })
    })
  })

  # graphs find the models, so that a new one appears by itself
  figure_graphs = [
    { title = "Seconds of a model run, p99", statistic = "Maximum", metrics = ["slipway.inference.duration.p99"], dimensions = ["model", "service"] },
    { title = "Predictions", statistic = "Sum", metrics = ["slipway.inference.duration.count"], dimensions = ["model", "service"] },
    { title = "Requests without a prediction", statistic = "Sum", metrics = ["slipway.inference.failures", ], dimensions = ["model", "service", "status"] },
    { title = "Drift: distance by its bound", statistic = "Maximum", metrics = ["slipway.model.drift"], dimensions = ["model", "service"] },
    { title = "All columns together: AUC by its bound", statistic = "Maximum", metrics = ["slipway.model.domain"], dimensions = ["model", "service"] },
    { title = "Columns with problems", statistic = "Maximum", metrics = ["slipway.model.data_problems", "slipway.model.drifted"], dimensions = ["model", "service"] },
    { title = "Quality, measured and estimated", statistic = "Average", metrics = ["slipway.model.quality", "slipway.model.quality.estimate"], dimensions = ["metric", "model", "service"] },
    { title = "Share of predictions with labels", statistic = "Average", metrics = ["slipway.model.quality.coverage"], dimensions = ["model", "service"] },
    { title = "Value of a day", statistic = "Average", metrics = ["slipway.model.value"], dimensions = ["model", "service"] },
    { title = "Stale seconds", statistic = "Maximum", metrics = ["slipway.inference.stale"], dimensions = ["model", "service"] },
    { title = "Versions put back and rejected", statistic = "Sum", metrics = ["slipway.inference.put_backs", "slipway.inference.rejections"], dimensions = ["model", "service"] },
    { title = "Share of a rollout", statistic = "Maximum", metrics = ["slipway.gateway.rollout.share"], dimensions = ["model", "service"] },
    { title = "Phase of traffic", statistic = "Maximum", metrics = ["slipway.gateway.phase"], dimensions = ["phase", "service"] },
    { title = "Seconds of a request in the gateway, p99", statistic = "Maximum", metrics = ["slipway.gateway.request.duration.p99"], dimensions = ["service"] },
    { title = "Retries, failovers and refusals", statistic = "Sum", metrics = ["slipway.gateway.retries", "slipway.gateway.failovers", "slipway.gateway.full"], dimensions = ["service"] },
    { title = "Prediction log", statistic = "Sum", metrics = ["slipway.inference.log.accepted", "slipway.inference.log.dropped"], dimensions = ["service"] },
  ]
}

resource "aws_cloudwatch_metric_alarm" "figure" {
  for_each            = local.figures
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.description}. ${var.runbook}#${each.value.runbook}"
  namespace           = var.name
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = try(each.value.comparison, "GreaterThanThreshold")
  treat_missing_data  = try(each.value.missing, "notBreaching") # a model that is not asked has no figures
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# What a release can be at fault for, and nothing that a model or its data is: those are not undone by a deployment that is rolled back.
resource "aws_cloudwatch_composite_alarm" "deployment" {
  alarm_name        = "${var.name}-deployment"
  alarm_description = "Something is wrong that a release may have caused; a deployment that runs meanwhile is rolled back. ${var.runbook}#deployment"
  alarm_rule = join(" OR ", [for alarm in concat([for key in ["failures", "not-finite"] : aws_cloudwatch_metric_alarm.figure[key].alarm_name], var.deployment_alarms) :
  "ALARM(\"${alarm}\")"])
}
