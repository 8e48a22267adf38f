output "url" {
  description = "Where callers ask."
  value       = "https://${var.domain}"
}

output "target_group" {
  description = "ARN of the gateway's target group, once a listener sends requests there: ECS refuses a target group without one."
  value       = aws_lb_target_group.gateway.arn

  depends_on = [aws_lb_listener.tls]
}

output "alarms" {
  description = "Names of the alarms that take back a gateway."
  value       = [aws_cloudwatch_metric_alarm.errors.alarm_name]
}

output "metrics" {
  description = "How CloudWatch names the load balancer and the target group."
  value       = { load_balancer = aws_lb.this.arn_suffix, target_group = aws_lb_target_group.gateway.arn_suffix }
}
