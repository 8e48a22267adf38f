output "topic" {
  description = "ARN of the topic that alarms notify, available once its policy exists."
  value       = aws_sns_topic.alarms.arn

  depends_on = [aws_sns_topic_policy.alarms]
}

output "alarms" {
  description = "Names of the alarms."
  value       = concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name], [for alarm in aws_cloudwatch_metric_alarm.figure : alarm.alarm_name])
}

output "deployment_alarm" {
  description = "Name of the alarm that rolls back deployments."
  value       = aws_cloudwatch_composite_alarm.deployment.alarm_name
}

output "figures" {
  description = "Metrics of gateway and servers that alarms and graphs use, each with the names of its dimensions in order."
  value = distinct(concat(
    [for alarm in aws_cloudwatch_metric_alarm.figure : "${alarm.metric_name}(${join(",", sort(keys(alarm.dimensions)))})"],
    flatten([for graph in local.figure_graphs : [for metric in graph.metrics : "${metric}(${join(",", sort(graph.dimensions))})"]]),
  ))
}
