output "functions" {
  description = "Names of the functions: dataset_arrived, training_finished."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "rules" {
  description = "Names of the EventBridge rules."
  value       = [for rule in aws_cloudwatch_event_rule.this : rule.name]
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
