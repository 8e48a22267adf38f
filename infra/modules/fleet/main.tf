data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  region      = data.aws_region.here.name
  account     = data.aws_caller_identity.here.account_id
  aws         = "arn:${data.aws_partition.here.partition}"
  bucket_name = element(split(":::", var.bucket), 1)

  # Images are referenced by digest, which only Deploy knows. This digest does not exist: a service has no tasks until Deploy sets its first image.
  no_image = "sha256:${join("", [for _ in range(64) : "0"])}"

  server = {
    container      = "server"
    image          = var.images.model
    command        = ["serve"]
    size           = var.server
    health         = var.health_commands.server
    ports          = [8080]
    security_group = var.security_groups.servers
    role           = "servers"
    target_groups  = []
    alarms         = []
    secrets        = concat([{ name = "SLIPWAY_Key", valueFrom = var.secrets.prediction_key }], local.telemetry_secrets)
  }

  # of servers and gateway; figures for alarms and the dashboard go to CloudWatch with the log
  telemetry         = merge(var.telemetry.variables, { SLIPWAY_CloudWatchNamespace = var.name })
  telemetry_secrets = [for name in sort(keys(var.telemetry.secrets)) : { name = name, valueFrom = var.telemetry.secrets[name] }]

  server_environment = merge(local.telemetry, {
    SLIPWAY_Store             = "s3://${local.bucket_name}"
    SLIPWAY_Url               = "http://0.0.0.0:8080"
    SLIPWAY_DefaultModel      = var.default_model
    SLIPWAY_PollInterval      = "00:00:05"
    SLIPWAY_DiscoveryInterval = "00:01:00"
    SLIPWAY_HeartbeatInterval = "00:00:05"
    SLIPWAY_Release           = local.no_image
    SLIPWAY_Signatures        = var.signatures.mode
    SLIPWAY_TrustedKeys       = var.signatures.trusted_keys
    SLIPWAY_MaxModelBytes     = format("%d", var.most_model_bytes)
    SLIPWAY_MaxResidentModels = format("%d", var.max_resident_models)

    # one object for each model and interval, or more if the predictions do not fit into one object
    SLIPWAY_PredictionLog__FlushInterval = format("%02d:%02d:%02d", floor(var.prediction_log_seconds / 3600), floor(var.prediction_log_seconds / 60) % 60, var.prediction_log_seconds % 60)
  })

  services = {
    blue  = merge(local.server, { environment = merge(local.server_environment, { SLIPWAY_Color = "blue" }) })
    green = merge(local.server, { environment = merge(local.server_environment, { SLIPWAY_Color = "green" }) })
    gateway = {
      container      = "gateway"
      image          = var.images.gateway
      command        = []
      size           = var.gateway_size
      health         = var.health_commands.gateway
      ports          = [8080, 8081]
      security_group = var.security_groups.gateway
      role           = "gateway"
      target_groups  = var.target_groups
      alarms         = var.gateway_alarms
      secrets = concat(
        [{ name = "SLIPWAY_ApiKeys", valueFrom = var.secrets.gateway_keys }],
        [for name in sort(keys(var.notifications.secrets)) : { name = name, valueFrom = var.notifications.secrets[name] }],
        local.telemetry_secrets,
      )
      environment = merge(local.telemetry, {
        SLIPWAY_Store            = "s3://${local.bucket_name}"
        SLIPWAY_Gateway          = var.gateway
        SLIPWAY_Url              = "http://0.0.0.0:8080"
        SLIPWAY_PrivateUrl       = "http://0.0.0.0:8081"
        SLIPWAY_AllowedAddresses = var.replica_addresses
        SLIPWAY_TrustedProxies   = var.trusted_proxies
        SLIPWAY_RateLimit        = tostring(var.rate_limit)
        SLIPWAY_ReplicaTimeout   = "00:00:20"
        SLIPWAY_PollInterval     = "00:00:02"
        SLIPWAY_Release          = local.no_image
        SLIPWAY_MaxModelBytes    = format("%d", var.most_model_bytes) # it unpacks archives for their golden sets
      }, length(var.notifications.targets) > 0 ? { SLIPWAY_Notifications = join(",", var.notifications.targets) } : {})
    }
  }
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.services
  name              = "/slipway/${var.name}/${each.key}"
  retention_in_days = var.log_days
  kms_key_id        = var.key
}

resource "aws_ecs_task_definition" "this" {
  for_each                 = local.services
  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.size.cpu
  memory                   = each.value.size.memory
  execution_role_arn       = aws_iam_role.execution[each.value.role].arn
  task_role_arn            = aws_iam_role.task[each.value.role].arn

  # of the services only: SageMaker trains on x64
  runtime_platform {
    cpu_architecture        = var.architecture
    operating_system_family = "LINUX"
  }

  volume {
    name = "scratch"
  }

  container_definitions = jsonencode([{
    name                   = each.value.container
    image                  = "${each.value.image}@${local.no_image}"
    command                = each.value.command
    essential              = true
    user                   = "1654" # the user that is defined in .NET's images
    readonlyRootFilesystem = true
    linuxParameters        = { capabilities = { drop = ["ALL"] }, initProcessEnabled = false }
    stopTimeout            = var.stop_seconds
    portMappings           = [for port in each.value.ports : { containerPort = port, hostPort = port, protocol = "tcp" }]
    mountPoints            = [{ sourceVolume = "scratch", containerPath = "/tmp", readOnly = false }] # models are unpacked there
    environment            = [for name in sort(keys(each.value.environment)) : { name = name, value = each.value.environment[name] }]
    secrets                = each.value.secrets
    healthCheck            = { command = each.value.health, interval = 10, timeout = 5, retries = 3, startPeriod = 120 }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.this[each.key].name
        "awslogs-region"        = local.region
        "awslogs-stream-prefix" = each.value.container
        # a log that cannot be delivered must not block a request
        mode              = "non-blocking"
        "max-buffer-size" = "4m"
      }
    }
  }])
}

resource "aws_ecs_service" "this" {
  for_each                           = local.services
  name                               = "${var.name}-${each.key}"
  cluster                            = aws_ecs_cluster.this.id
  task_definition                    = aws_ecs_task_definition.this[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = 0
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  availability_zone_rebalancing      = "ENABLED"
  enable_ecs_managed_tags            = true
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"
  health_check_grace_period_seconds  = length(each.value.target_groups) > 0 ? 60 : null
  wait_for_steady_state              = false

  network_configuration {
    subnets          = var.subnets
    security_groups  = [each.value.security_group]
    assign_public_ip = false
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = concat([aws_cloudwatch_metric_alarm.memory[each.key].alarm_name], each.value.alarms, var.deployment_alarms)
  }

  dynamic "load_balancer" {
    for_each = each.value.target_groups

    content {
      target_group_arn = load_balancer.value
      container_name   = each.value.container
      container_port   = 8080
    }
  }

  # Deploy sets the image and the number of tasks. Applying the infrastructure must neither restore an old image nor stop a color.
  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_iam_role_policy.task, aws_iam_role_policy.execution]
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  for_each            = local.services
  alarm_name          = "${var.name}-${each.key}-memory"
  alarm_description   = "${each.key} is about to exceed its memory and be killed; during a deployment, this rolls it back. ${var.runbook}#memory"
  namespace           = "AWS/ECS"
  metric_name         = "MemoryUtilization"
  dimensions          = { ClusterName = aws_ecs_cluster.this.name, ServiceName = "${var.name}-${each.key}" }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching" # without tasks there is no data
  alarm_actions       = var.alarm_topics
  ok_actions          = var.alarm_topics
}

resource "aws_appautoscaling_target" "this" {
  for_each           = local.services
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this[each.key].name}"
  min_capacity       = each.value.size.least
  max_capacity       = each.value.size.most

  # a deployment raises the minimum while a color has traffic, and lowers it when the rollback window has ended
  lifecycle {
    ignore_changes = [min_capacity]
  }
}

resource "aws_appautoscaling_policy" "this" {
  for_each           = local.services
  name               = "${var.name}-${each.key}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 300
    scale_out_cooldown = 30

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
