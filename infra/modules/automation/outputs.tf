output "functions" {
  description = "Names of the functions: dataset_arrived, training_finished, labels_due."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "rules" {
  description = "Names of the EventBridge rules, and the bus of each; null for the default bus."
  value       = { for key, rule in local.rules : local.rule_names[key] => try(rule.bus, null) }
}

output "bus" {
  description = "ARN of the bus that the gateway sends changes of traffic to."
  value       = "${local.aws}:events:${local.region}:${local.account}:event-bus/${aws_cloudwatch_event_bus.traffic.name}"
}

output "dead_letters" {
  description = "The dead-letter queue, with events that no function could handle."
  value       = { url = aws_sqs_queue.dead_letters.url, name = aws_sqs_queue.dead_letters.name }
}

output "log_groups" {
  description = "Names of the functions' log groups."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}

output "policies" {
  description = "Permissions of each role of this module."
  value       = local.policies
}
