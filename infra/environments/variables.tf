variable "environment" {
  description = "Name of the environment in cake.config."
  type        = string
}

variable "account" {
  description = "Id of the AWS account; Terraform fails in any other account."
  type        = string
}

variable "domain" {
  description = "Domain name of the public API."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone of the domain."
  type        = string
}

variable "repository" {
  description = "The repository as it appears in GitHub's tokens: owner/name or owner@id/name@id."
  type        = string
}

variable "state" {
  description = "ARNs of the bucket with Terraform's state, of the state object, and of its KMS key, for the roles that run plans."
  type        = list(object({ bucket = string, object = string, key = string }))
}

variable "subjects" {
  description = "Which workflows may assume which role; by default, as listed in the README of the module access."
  type = object({
    plan     = list(string)
    gate     = list(string)
    build    = list(string)
    train    = list(string)
    deploy   = list(string)
    rollback = list(string)
    scan     = list(string)
    drift    = list(string)
    apply    = list(string)
  })
  default = null
}

variable "applied_by_workflow" {
  description = "Whether the role 'apply' exists, with which a workflow may change everything in this account, including these roles. Without it, a person applies."
  type        = bool
  default     = false
}

variable "alarm_emails" {
  description = "Email addresses that alarms are sent to; each must confirm its subscription once."
  type        = set(string)
}

variable "notebook_users" {
  description = "User names of people who get their own JupyterLab."
  type        = set(string)
  default     = []
}

variable "cidr" {
  description = "CIDR block of the VPC, a /16."
  type        = string
  default     = "10.40.0.0/16"
}

variable "callers" {
  description = "CIDR blocks that may call the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
}

variable "operators" {
  description = "CIDR blocks inside the VPC that can reach the gateway's private listener."
  type        = set(string)
  default     = []
}

variable "default_model" {
  description = "Model that serves requests without a model name."
  type        = string
  default     = "predictive-maintenance"
}

variable "fleet" {
  description = <<-TEXT
    The services. server and gateway: CPU units (1024 per vCPU), memory in megabytes, minimum and maximum number of tasks; capacity is the number of
    servers of a color that receives traffic. rollback_window_seconds: how long the previous color keeps its capacity after traffic has moved. rate_limit:
    requests per second that one gateway accepts for one API key; 0 disables the limit. architecture: X86_64, or ARM64 with images that were built with
    Images_Platform=linux/arm64. stop_seconds: from the shutdown request until a task is killed. most_model_bytes: maximum number of bytes that a model's
    archive may unpack to. max_resident_models: maximum number of models that a server has in memory at the same time, 0 for all. prediction_log_seconds:
    maximum interval between two writes of a server's predictions; a server that is killed loses the predictions of that interval.
  TEXT
  type = object({
    server                  = object({ cpu = number, memory = number, least = number, capacity = number, most = number })
    gateway                 = object({ cpu = number, memory = number, least = number, most = number })
    rollback_window_seconds = number
    rate_limit              = number
    architecture            = optional(string, "X86_64")
    stop_seconds            = optional(number, 60)
    most_model_bytes        = optional(number, 268435456)
    max_resident_models     = optional(number, 0)
    prediction_log_seconds  = optional(number, 30)
  })
}

variable "notifications" {
  description = <<-TEXT
    What the gateway notifies of changes of traffic. targets: sns:<topic ARN>, eventbridge:<bus ARN>, https://<host>/<path>, slack+https://<host>/<path>,
    or $NAME for an environment variable that contains one of these. secrets: ARNs of secrets by the environment variable that the gateway gets them in,
    such as SLIPWAY_NotificationSecret. The VPC has no route to the internet: to reach chats and webhooks, subscribe them to a topic or a bus.
  TEXT
  type = object({
    targets = list(string)
    secrets = optional(map(string), {})
  })
  default = { targets = [] }
}

variable "telemetry" {
  description = <<-TEXT
    Where gateway and servers export metrics, traces and logs to. variables: those of OpenTelemetry (OTEL_...), such as OTEL_EXPORTER_OTLP_ENDPOINT. secrets:
    ARNs of secrets by such a variable, which is where headers belong: OTEL_EXPORTER_OTLP_HEADERS. collectors: CIDR blocks and ports that gateway and servers may
    connect to; the VPC has no route to the internet, so a collector has to be in it or in one that it is connected to.
  TEXT
  type = object({
    variables  = map(string)
    secrets    = optional(map(string), {})
    collectors = optional(set(object({ cidr = string, port = number })), [])
  })
  default = { variables = {} }
}

variable "training" {
  description = "Resources of training jobs: instance type, disk in gigabytes, maximum run time in seconds, and whether they use spot capacity (cheaper; an interrupted job starts over)."
  type        = object({ instance_type = string, volume_gigabytes = number, most_seconds = number, spot = bool })
}

variable "package" {
  description = "Path of the zip file with the functions' executable."
  type        = string
}

variable "concurrency" {
  description = "Number of events that each function handles at a time."
  type        = number
  default     = 5
}

variable "signatures" {
  description = "What servers do with a version that no trusted key signed: enforce does not serve it, warn serves it with a warning, off does not verify signatures."
  type        = string
  default     = "enforce"
}

variable "former_signing_keys" {
  description = "Further public keys in PEM format that servers trust: former signing keys, until everything that they signed is signed with the current one."
  type        = list(string)
  default     = []
}

variable "prediction_key_version" {
  description = "Increase it by one to generate a new key for prediction ids."
  type        = number
  default     = 1
}

variable "api_key_version" {
  description = "Increase it by one to generate a new API key."
  type        = number
  default     = 1
}

variable "page_token_version" {
  description = "Increase it by one to generate a new token of the operator's page."
  type        = number
  default     = 1
}

variable "prediction_days" {
  description = "Number of days after which predictions, which include what callers sent, are deleted."
  type        = number
}

variable "log_days" {
  description = "Number of days that logs are kept."
  type        = number
}

variable "monthly_dollars" {
  description = "Monthly cost of the account, in US dollars, above which a notification is sent."
  type        = number
}

variable "disposable" {
  description = "Whether destroying the environment immediately destroys models, data, images and secrets, too."
  type        = bool
  default     = false
}
