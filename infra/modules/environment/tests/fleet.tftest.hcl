# How tasks run.
mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name              = "slipway-test"
  bucket            = "arn:aws:s3:::store"
  key               = "arn:aws:kms:eu-central-1:123456789012:key/key"
  images            = { model = "registry/model", gateway = "registry/gateway" }
  repositories      = { model = "arn:aws:ecr:eu-central-1:123456789012:repository/model", gateway = "arn:aws:ecr:eu-central-1:123456789012:repository/gateway" }
  secrets           = { prediction_key = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prediction-key", gateway_keys = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:gateway-keys" }
  subnets           = ["subnet-1", "subnet-2"]
  security_groups   = { gateway = "sg-gateway", servers = "sg-servers" }
  signatures        = { mode = "enforce", trusted_keys = "PEM" }
  replica_addresses = "10.40.128.0/20,10.40.144.0/20"
  trusted_proxies   = "10.40.0.0/20,10.40.16.0/20"
  default_model     = "model"
  server            = { cpu = 1024, memory = 2048, least = 1, most = 4 }
  gateway_size      = { cpu = 512, memory = 1024, least = 2, most = 4 }
  target_groups     = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/gateway/1"]
  gateway_alarms    = ["errors"]
}

run "fleet" {
  command = plan

  module {
    source = "../fleet"
  }

  assert {
    condition     = toset(keys(aws_ecs_service.this)) == toset(["gateway", "blue", "green"]) && alltrue([for service in aws_ecs_service.this : service.desired_count == 0 && service.launch_type == "FARGATE"])
    error_message = "There are not exactly three services, each without tasks at first."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : alltrue([for network in service.network_configuration : network.assign_public_ip == false && network.subnets == toset(var.subnets)])])
    error_message = "A task has a public address, or runs outside the private subnets."
  }

  assert {
    condition = { for name, service in aws_ecs_service.this : name => one(one(service.network_configuration).security_groups) } == {
      gateway = "sg-gateway", blue = "sg-servers", green = "sg-servers"
    }
    error_message = "A service has the wrong security group."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : alltrue([for breaker in service.deployment_circuit_breaker : breaker.enable && breaker.rollback]) && length(service.deployment_circuit_breaker) == 1])
    error_message = "A failed deployment is not rolled back."
  }

  assert {
    condition     = alltrue([for name, service in aws_ecs_service.this : length(service.alarms) == 1 && alltrue([for alarms in service.alarms : alarms.enable && alarms.rollback && contains(alarms.alarm_names, "slipway-test-${name}-memory")])]) && contains(one(aws_ecs_service.this["gateway"].alarms).alarm_names, "errors")
    error_message = "An alarm does not roll back a deployment."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : service.deployment_minimum_healthy_percent == 100 && service.deployment_maximum_percent == 200 && !service.enable_execute_command])
    error_message = "A deployment reduces capacity, or ECS Exec is enabled."
  }

  assert {
    condition     = [for name, service in aws_ecs_service.this : name if length(service.load_balancer) > 0] == ["gateway"] && one(aws_ecs_service.this["gateway"].load_balancer).container_port == 8080
    error_message = "The load balancer is attached to something other than the gateway's public port."
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : task.runtime_platform[0].cpu_architecture == "X86_64" && task.network_mode == "awsvpc" && length(jsondecode(task.container_definitions)) == 1])
    error_message = "A task is not a single x64 container by default."
  }

  assert {
    condition = alltrue([for task in aws_ecs_task_definition.this : alltrue([for container in jsondecode(task.container_definitions) :
    container.readonlyRootFilesystem && container.user == "1654" && container.linuxParameters.capabilities.drop == ["ALL"] && !can(container.privileged)])])
    error_message = "A container has a writable root file system, runs as root, or keeps capabilities."
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : alltrue([for container in jsondecode(task.container_definitions) : can(regex("@sha256:[0-9a-f]{64}$", container.image))])])
    error_message = "An image is not referenced by digest."
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : alltrue([for container in jsondecode(task.container_definitions) : container.stopTimeout == 60 && can(regex("^--health=http://127\\.0\\.0\\.1:808[01]/", container.healthCheck.command[3]))])])
    error_message = "A task is killed before it has drained, or has no health check."
  }

  assert {
    condition = { for name, task in aws_ecs_task_definition.this : name => [for secret in jsondecode(task.container_definitions)[0].secrets : "${secret.name} ${secret.valueFrom}"][0] } == {
      blue    = "SLIPWAY_Key ${var.secrets.prediction_key}"
      green   = "SLIPWAY_Key ${var.secrets.prediction_key}"
      gateway = "SLIPWAY_ApiKeys ${var.secrets.gateway_keys}"
    }
    error_message = "A task starts with the wrong secret, or with none."
  }

  assert {
    condition = { for name, task in aws_ecs_task_definition.this : name => join(" ", [for variable in jsondecode(task.container_definitions)[0].environment : "${variable.name}=${variable.value}" if contains(["SLIPWAY_Color", "SLIPWAY_AllowedAddresses", "SLIPWAY_TrustedProxies"], variable.name)]) } == {
      blue = "SLIPWAY_Color=blue", green = "SLIPWAY_Color=green", gateway = "SLIPWAY_AllowedAddresses=10.40.128.0/20,10.40.144.0/20 SLIPWAY_TrustedProxies=10.40.0.0/20,10.40.16.0/20"
    }
    error_message = "A server lacks its color, or the gateway lacks the addresses of servers and load balancer."
  }

  assert {
    condition = { for name, task in aws_ecs_task_definition.this : name => join(" ", [for variable in jsondecode(task.container_definitions)[0].environment : "${variable.name}=${variable.value}" if contains(["SLIPWAY_Signatures", "SLIPWAY_TrustedKeys"], variable.name)]) } == {
      blue = "SLIPWAY_Signatures=enforce SLIPWAY_TrustedKeys=PEM", green = "SLIPWAY_Signatures=enforce SLIPWAY_TrustedKeys=PEM", gateway = ""
    }
    error_message = "A server lacks the trusted keys."
  }

  # a server that cannot load one model serves all others: ECS checks liveness, the gateway checks readiness
  assert {
    condition = { for name, task in aws_ecs_task_definition.this : name => jsondecode(task.container_definitions)[0].healthCheck.command[3] } == {
      blue    = "--health=http://127.0.0.1:8080/v2/health/live"
      green   = "--health=http://127.0.0.1:8080/v2/health/live"
      gateway = "--health=http://127.0.0.1:8081/api/status"
    }
    error_message = "A task is replaced because of a problem that its replacement would also have."
  }

  assert {
    condition = { for name, task in aws_ecs_task_definition.this : name => join(" ", [for variable in jsondecode(task.container_definitions)[0].environment : "${variable.name}=${variable.value}" if contains(["SLIPWAY_MaxModelBytes", "SLIPWAY_PredictionLog__FlushInterval", "SLIPWAY_RateLimit"], variable.name)]) } == {
      blue    = "SLIPWAY_MaxModelBytes=268435456 SLIPWAY_PredictionLog__FlushInterval=00:00:30"
      green   = "SLIPWAY_MaxModelBytes=268435456 SLIPWAY_PredictionLog__FlushInterval=00:00:30"
      gateway = "SLIPWAY_MaxModelBytes=268435456 SLIPWAY_RateLimit=1000"
    }
    error_message = "Servers write an object for every few predictions, or one caller can use up everybody's capacity."
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : alltrue([for container in jsondecode(task.container_definitions) : anytrue([for variable in container.environment : variable.name == "SLIPWAY_Store" && variable.value == "s3://store"])])])
    error_message = "A task lacks the address of the store."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.retention_in_days > 0 && group.kms_key_id == var.key])
    error_message = "A log never expires, or is not encrypted."
  }

  assert {
    condition     = { for name, target in aws_appautoscaling_target.this : name => target.min_capacity } == { gateway = 2, blue = 1, green = 1 }
    error_message = "Autoscaling has a minimum other than the requested one."
  }
}

run "writes_down_predictions_as_often_as_asked" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    prediction_log_seconds = 150
    rate_limit             = 0
    most_model_bytes       = 17179869184
    max_resident_models    = 20
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this["green"].container_definitions)[0].environment, { name = "SLIPWAY_MaxModelBytes", value = "17179869184" })
    error_message = "A large number of bytes is not written with all its digits."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this["green"].container_definitions)[0].environment, { name = "SLIPWAY_MaxResidentModels", value = "20" })
    error_message = "Servers keep every model in memory."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this["blue"].container_definitions)[0].environment, { name = "SLIPWAY_PredictionLog__FlushInterval", value = "00:02:30" })
    error_message = "The seconds are converted to another interval."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this["gateway"].container_definitions)[0].environment, { name = "SLIPWAY_RateLimit", value = "0" })
    error_message = "A limit that was disabled is still in effect."
  }
}

run "notifications" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    notifications = {
      targets = ["sns:arn:aws:sns:eu-central-1:123456789012:traffic", "eventbridge:arn:aws:events:eu-central-1:123456789012:event-bus/operations", "https://hooks.example.org/in", "$CHAT"]
      secrets = {
        CHAT                       = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:chat"
        SLIPWAY_NotificationSecret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhooks:key::"
      }
    }
  }

  assert {
    condition = jsonencode([for statement in output.policies.gateway.Statement : "${statement.Action[0]} ${statement.Resource[0]}" if startswith(statement.Sid, "Notify") && length(statement.Action) == 1 && length(statement.Resource) == 1]) == jsonencode([
      "sns:Publish arn:aws:sns:eu-central-1:123456789012:traffic", "events:PutEvents arn:aws:events:eu-central-1:123456789012:event-bus/operations",
    ])
    error_message = "The gateway may notify more, or less, than its targets."
  }

  assert {
    condition     = alltrue([for role, policy in output.policies : length([for statement in policy.Statement : statement if startswith(statement.Sid, "Notify")]) == 0 if role != "gateway"])
    error_message = "Something other than the gateway may notify."
  }

  assert {
    condition = jsonencode({ for role, policy in output.policies : role => one([for statement in policy.Statement : statement.Resource if statement.Sid == "ReadTheSecret"]) if endswith(role, "_execution") }) == jsonencode({
      servers_execution = [var.secrets.prediction_key]
      gateway_execution = [var.secrets.gateway_keys, "arn:aws:secretsmanager:eu-central-1:123456789012:secret:chat", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhooks"]
    })
    error_message = "A task can read another secret than those that it starts with."
  }

  assert {
    condition = { for secret in jsondecode(aws_ecs_task_definition.this["gateway"].container_definitions)[0].secrets : secret.name => secret.valueFrom } == {
      SLIPWAY_ApiKeys            = var.secrets.gateway_keys
      CHAT                       = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:chat"
      SLIPWAY_NotificationSecret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhooks:key::"
    }
    error_message = "The gateway does not get the secrets of notifications."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this["gateway"].container_definitions)[0].environment, { name = "SLIPWAY_Notifications", value = join(",", var.notifications.targets) })
    error_message = "The gateway does not know its targets."
  }
}

run "no_notifications" {
  command = plan

  module {
    source = "../fleet"
  }

  assert {
    condition = length([for statement in output.policies.gateway.Statement : statement if startswith(statement.Sid, "Notify")]) == 0 && alltrue([
    for variable in jsondecode(aws_ecs_task_definition.this["gateway"].container_definitions)[0].environment : variable.name != "SLIPWAY_Notifications"])
    error_message = "The gateway may notify although nothing is configured."
  }
}

run "wrong_target" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    notifications = { targets = ["http://hooks.example.org/in"], secrets = {} }
  }

  expect_failures = [var.notifications]
}

# figures for alarms go to the namespace that alarms look into; nothing is exported to a collector unless told
run "figures" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    deployment_alarms = ["slipway-test-deployment"]
    runbook           = "https://example.org/runbook"
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : [for variable in jsondecode(task.container_definitions)[0].environment : "${variable.name}=${variable.value}" if variable.name == "SLIPWAY_CloudWatchNamespace" || startswith(variable.name, "OTEL_")] == ["SLIPWAY_CloudWatchNamespace=slipway-test"]])
    error_message = "A service sends its figures elsewhere than where alarms look for them, or exports telemetry without being told."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : contains(one(service.alarms).alarm_names, "slipway-test-deployment") && one(service.alarms).rollback])
    error_message = "A deployment of a service is not rolled back by the alarm for deployments."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.memory : endswith(alarm.alarm_description, ". https://example.org/runbook#memory")])
    error_message = "An alarm has no link to the runbook."
  }
}

run "telemetry" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    telemetry = {
      variables = { OTEL_EXPORTER_OTLP_ENDPOINT = "https://collector.internal:4317", OTEL_TRACES_SAMPLER = "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG = "0.01" }
      secrets   = { OTEL_EXPORTER_OTLP_HEADERS = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:collector:headers::" }
    }
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : jsonencode({ for variable in jsondecode(task.container_definitions)[0].environment : variable.name => variable.value if startswith(variable.name, "OTEL_") }) == jsonencode(var.telemetry.variables)])
    error_message = "Servers and gateway do not export telemetry to the same place."
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : contains([for secret in jsondecode(task.container_definitions)[0].secrets : "${secret.name} ${secret.valueFrom}"], "OTEL_EXPORTER_OTLP_HEADERS arn:aws:secretsmanager:eu-central-1:123456789012:secret:collector:headers::")])
    error_message = "A task does not get the headers from Secrets Manager."
  }

  assert {
    condition = alltrue([for role in ["servers", "gateway"] : contains(one([for statement in output.policies["${role}_execution"].Statement : statement.Resource if contains(statement.Action, "secretsmanager:GetSecretValue")]),
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:collector")])
    error_message = "ECS cannot read the headers for a task."
  }
}

run "headers_are_secrets" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    telemetry = { variables = { OTEL_EXPORTER_OTLP_HEADERS = "authorization=Bearer 1" }, secrets = {} }
  }

  expect_failures = [var.telemetry]
}

run "only_variables_of_telemetry" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    telemetry = { variables = { SLIPWAY_Store = "s3://other" }, secrets = {} }
  }

  expect_failures = [var.telemetry]
}

run "missing_secret" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    notifications = { targets = ["$CHAT"], secrets = {} }
  }

  expect_failures = [var.notifications]
}

run "entrance" {
  command = plan

  module {
    source = "../entrance"
  }

  variables {
    domain         = "models.example.org"
    zone           = "Z1"
    vpc            = "vpc-1"
    security_group = "sg-entrance"
    log_bucket     = "logs"
    stop_seconds   = 60
  }

  assert {
    condition     = aws_lb_listener.tls.protocol == "HTTPS" && aws_lb_listener.tls.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06" && aws_lb_listener.tls.default_action[0].type == "forward"
    error_message = "The listener does not require TLS 1.2 or newer."
  }

  assert {
    condition     = aws_lb_listener.plain.default_action[0].type == "redirect" && aws_lb_listener.plain.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Plain HTTP is not redirected."
  }

  assert {
    condition     = aws_lb_target_group.gateway.port == 8080 && tonumber(aws_lb_target_group.gateway.deregistration_delay) < var.stop_seconds && aws_lb_target_group.gateway.health_check[0].path == "/healthz"
    error_message = "The health check uses the wrong port, or the load balancer still uses a gateway that is being killed."
  }

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.enable_deletion_protection && aws_lb.this.access_logs[0].enabled && aws_lb.this.desync_mitigation_mode == "strictest"
    error_message = "The load balancer forwards smuggled requests, can be deleted by mistake, or writes no log."
  }

  assert {
    condition     = [for query in aws_cloudwatch_metric_alarm.errors.metric_query : query.expression if query.return_data == true] == ["IF(FILL(errors, 0) > 10, 100 * FILL(errors, 0) / requests, 0)"] && aws_cloudwatch_metric_alarm.errors.threshold == 1
    error_message = "The alarm uses the number of errors, not their percentage."
  }

  assert {
    condition = { for query in aws_cloudwatch_metric_alarm.errors.metric_query : query.id => "${one(query.metric).metric_name} ${one(query.metric).stat} ${one(query.metric).period} ${join(",", keys(one(query.metric).dimensions))}" if length(query.metric) > 0 } == {
      errors   = "HTTPCode_Target_5XX_Count Sum 60 LoadBalancer,TargetGroup"
      requests = "RequestCount Sum 60 LoadBalancer,TargetGroup"
    }
    error_message = "The percentage is not that of the gateway's responses."
  }
}

run "a_share_of_errors_is_a_percentage" {
  command = plan

  module {
    source = "../entrance"
  }

  variables {
    domain              = "models.example.org"
    zone                = "Z1"
    vpc                 = "vpc-1"
    security_group      = "sg-entrance"
    log_bucket          = "logs"
    stop_seconds        = 60
    most_errors_percent = 100
  }

  expect_failures = [var.most_errors_percent]
}

run "the_load_balancer_lets_go_first" {
  command = plan

  module {
    source = "../entrance"
  }

  variables {
    domain          = "models.example.org"
    zone            = "Z1"
    vpc             = "vpc-1"
    security_group  = "sg-entrance"
    log_bucket      = "logs"
    stop_seconds    = 30
    release_seconds = 30
  }

  expect_failures = [var.stop_seconds]
}

run "fleet_on_arm64" {
  command = plan

  module {
    source = "../fleet"
  }

  variables {
    architecture = "ARM64"
  }

  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.this : task.runtime_platform[0].cpu_architecture == "ARM64"])
    error_message = "A task does not run on the requested architecture."
  }
}
