variable "name" {
  description = "Name of the cluster, and prefix of the names of the services."
  type        = string
}

variable "gateway" {
  description = "The gateway's name in the store."
  type        = string
  default     = "main"
}

variable "bucket" {
  description = "ARN of the store."
  type        = string
}

variable "key" {
  description = "ARN of the KMS key."
  type        = string
}

variable "images" {
  description = "URLs of the repositories: model, gateway."
  type        = object({ model = string, gateway = string })
}

variable "repositories" {
  description = "ARNs of the repositories: model, gateway."
  type        = object({ model = string, gateway = string })
}

variable "secrets" {
  description = "ARNs of the secrets that tasks get: prediction_key, gateway_keys."
  type        = object({ prediction_key = string, gateway_keys = string })
}

variable "signatures" {
  description = "What servers do with a version that no trusted key signed (enforce, warn, off), and the trusted keys in PEM format."
  type        = object({ mode = string, trusted_keys = string })
}

variable "subnets" {
  description = "Ids of the private subnets."
  type        = list(string)
}

variable "security_groups" {
  description = "Ids of the security groups: gateway, servers."
  type        = object({ gateway = string, servers = string })
}

variable "replica_addresses" {
  description = "CIDR blocks of servers, separated by commas; the gateway ignores heartbeats of servers elsewhere."
  type        = string
}

variable "trusted_proxies" {
  description = "CIDR blocks of the load balancer, separated by commas; the gateway trusts forwarded headers from these addresses only."
  type        = string
}

variable "default_model" {
  description = "Model that serves requests without a model name."
  type        = string
}

variable "server" {
  description = "A server: CPU units (1024 per vCPU), memory in megabytes, minimum and maximum number of tasks."
  type        = object({ cpu = number, memory = number, least = number, most = number })
}

variable "gateway_size" {
  description = "A gateway: CPU units (1024 per vCPU), memory in megabytes, minimum and maximum number of tasks."
  type        = object({ cpu = number, memory = number, least = number, most = number })
}

variable "architecture" {
  description = "CPU architecture of the gateway and the servers: X86_64, or ARM64 with images that were built with Images_Platform=linux/arm64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture must be X86_64 or ARM64."
  }
}

variable "health_commands" {
  description = "Command of the liveness check that ECS runs inside a container; a container that fails it is replaced. Readiness is the gateway's concern. The images have no shell."
  type        = object({ server = list(string), gateway = list(string) })
  default = {
    server  = ["CMD", "dotnet", "/app/Slipway.Inference.dll", "--health=http://127.0.0.1:8080/v2/health/live"]
    gateway = ["CMD", "dotnet", "/app/Slipway.Gateway.dll", "--health=http://127.0.0.1:8081/api/status"]
  }
}

variable "target_groups" {
  description = "ARNs of the load balancer's target groups for the gateway's public port; empty without a load balancer."
  type        = list(string)
  default     = []
}

variable "gateway_alarms" {
  description = "Names of further alarms that roll back a deployment of the gateway, such as errors that the load balancer counts."
  type        = list(string)
  default     = []
}

variable "deployment_alarms" {
  description = "Names of further alarms that roll back a deployment of any service."
  type        = list(string)
  default     = []
}

variable "runbook" {
  description = "URL of the page that says what to do about an alarm, with a section for each."
  type        = string
  default     = "docs/runbook.md"
}

variable "telemetry" {
  description = "Where gateway and servers export metrics, traces and logs to: variables of OpenTelemetry (OTEL_...), and the ARNs of secrets by such a variable, which is where headers of an exporter belong: OTEL_EXPORTER_OTLP_HEADERS."
  type        = object({ variables = map(string), secrets = map(string) })
  default     = { variables = {}, secrets = {} }

  validation {
    condition     = alltrue([for name in concat(keys(var.telemetry.variables), keys(var.telemetry.secrets)) : can(regex("^OTEL_[A-Z0-9_]+$", name))])
    error_message = "telemetry must have names that begin with OTEL_."
  }

  validation {
    condition     = alltrue([for name in keys(var.telemetry.variables) : !endswith(name, "_HEADERS")])
    error_message = "Headers of an exporter are secrets: name them in telemetry.secrets, with the ARN of a secret."
  }

  validation {
    condition     = alltrue([for secret in values(var.telemetry.secrets) : can(regex("^arn:[a-z-]+:secretsmanager:", secret))])
    error_message = "Each of telemetry.secrets must be the ARN of a secret."
  }
}

variable "alarm_topics" {
  description = "ARNs of the topics that alarms notify."
  type        = list(string)
  default     = []
}

variable "prediction_log_seconds" {
  description = "Maximum number of seconds between two writes of a server's predictions. A server that is killed loses the predictions of that interval."
  type        = number
  default     = 30

  validation {
    condition     = var.prediction_log_seconds >= 1 && var.prediction_log_seconds <= 3600 && floor(var.prediction_log_seconds) == var.prediction_log_seconds
    error_message = "prediction_log_seconds must be an integer from 1 to 3600."
  }
}

variable "most_model_bytes" {
  description = "Maximum number of bytes that a model's archive may unpack to. If you raise it, also raise the memory of servers and the disk of functions."
  type        = number
  default     = 268435456

  validation {
    condition     = var.most_model_bytes >= 1 && var.most_model_bytes <= 17179869184 && floor(var.most_model_bytes) == var.most_model_bytes
    error_message = "most_model_bytes must be an integer from 1 to 17179869184."
  }
}

variable "max_resident_models" {
  description = "Maximum number of models that a server has in memory at the same time: the first request loads a model. 0 for any number: then servers load all models when they start."
  type        = number
  default     = 0

  validation {
    condition     = var.max_resident_models >= 0 && var.max_resident_models <= 1048576 && floor(var.max_resident_models) == var.max_resident_models
    error_message = "max_resident_models must be an integer from 0 to 1048576."
  }
}

variable "notifications" {
  description = "What the gateway notifies of changes of traffic: targets (sns:<topic ARN>, eventbridge:<bus ARN>, https://<host>/<path>, slack+https://<host>/<path>, or $NAME for an environment variable that contains one of these), and the ARNs of secrets by the environment variable that the gateway gets them in, such as SLIPWAY_NotificationSecret."
  type        = object({ targets = list(string), secrets = map(string) })
  default     = { targets = [], secrets = {} }

  validation {
    condition     = alltrue([for target in var.notifications.targets : can(regex("^(sns:arn:[a-z-]+:sns:|eventbridge:arn:[a-z-]+:events:|https://|slack\\+https://|\\$[A-Za-z_])", target))])
    error_message = "Each of notifications.targets must be sns:<topic ARN>, eventbridge:<bus ARN>, https://..., slack+https://... or $NAME."
  }

  validation {
    condition     = alltrue([for target in var.notifications.targets : contains(keys(var.notifications.secrets), substr(target, 1, -1)) if startswith(target, "$")])
    error_message = "notifications.targets contains a $NAME that is not in notifications.secrets."
  }
}

variable "rate_limit" {
  description = "Requests per second that one gateway accepts for one API key; 0 disables the limit."
  type        = number
  default     = 1000
}

variable "stop_seconds" {
  description = "Seconds from the shutdown request until a task is killed, at most 120; the load balancer deregisters the task earlier."
  type        = number
  default     = 60
}

variable "log_days" {
  description = "Number of days that logs are kept."
  type        = number
  default     = 90
}
