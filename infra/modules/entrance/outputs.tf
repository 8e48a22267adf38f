output "url" {
  description = "URL of the gateway's public API."
  value       = "https://${var.domain}"
}

output "target_group" {
  description = "ARN of the gateway's target group, available once a listener forwards to it: ECS rejects a target group without a listener."
  value       = aws_lb_target_group.gateway.arn

  depends_on = [aws_lb_listener.tls]
}

output "alarms" {
  description = "Names of the alarms that roll back a deployment of the gateway."
  value       = [aws_cloudwatch_metric_alarm.errors.alarm_name]
}

output "metrics" {
  description = "CloudWatch dimensions of the load balancer and the target group."
  value       = { load_balancer = aws_lb.this.arn_suffix, target_group = aws_lb_target_group.gateway.arn_suffix }
}
