variable "environment" {
  description = "Name of the environment in cake.config."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.environment))
    error_message = "environment must be at most 16 lower-case letters, digits and hyphens: the names of AWS resources begin with it."
  }
}

variable "public_url" {
  description = "URL of the gateway's public API."
  type        = string
}

variable "models" {
  description = "Models whose groups in the model registry are created by Terraform, and the model that serves requests without a model name."
  type        = object({ names = set(string), default = string })
}

variable "network" {
  description = "CIDR blocks: of the VPC (a /16), of callers that may reach the load balancer, and of operators inside the VPC who can reach the gateway's private listener."
  type        = object({ cidr = string, callers = set(string), operators = set(string) })
}

variable "replica_addresses" {
  description = "CIDR blocks of servers; by default, those of the private subnets."
  type        = string
  default     = null
}

variable "fleet" {
  description = "The services: sizes and settings of servers and gateways, as in the README of the module fleet. A color has at least least servers without traffic, capacity with traffic, and at most most; rollback_window_seconds is how long the previous color keeps its capacity after traffic has moved."
  type = object({
    server                  = object({ cpu = number, memory = number, least = number, capacity = number, most = number })
    gateway                 = object({ cpu = number, memory = number, least = number, most = number })
    architecture            = string
    rollback_window_seconds = number
    stop_seconds            = number
    most_model_bytes        = number
    max_resident_models     = optional(number, 0)
    prediction_log_seconds  = number
    rate_limit              = number
  })

  validation {
    condition     = var.fleet.server.least >= 1 && var.fleet.server.least <= var.fleet.server.capacity && var.fleet.server.capacity <= var.fleet.server.most
    error_message = "fleet.server must have 1 <= least <= capacity <= most."
  }
}

variable "target_groups" {
  description = "ARNs of the load balancer's target groups for the gateway; empty without a load balancer."
  type        = list(string)
  default     = []
}

variable "gateway_alarms" {
  description = "Names of further alarms that roll back a deployment of the gateway."
  type        = list(string)
  default     = []
}

variable "deployment_alarms" {
  description = "Names of further alarms that roll back a deployment of any service."
  type        = list(string)
  default     = []
}

variable "alarm_topics" {
  description = "ARNs of the topics that alarms notify."
  type        = list(string)
  default     = []
}

variable "telemetry" {
  description = "Where gateway and servers export telemetry to: variables and secrets as in the README of the module fleet, and the CIDR blocks and ports of collectors, which must be reachable from the VPC."
  type = object({
    variables  = map(string)
    secrets    = map(string)
    collectors = set(object({ cidr = string, port = number }))
  })
  default = { variables = {}, secrets = {}, collectors = [] }
}

variable "notifications" {
  description = "What the gateway notifies of changes of traffic, as in the README of the module fleet."
  type        = object({ targets = list(string), secrets = map(string) })
  default     = { targets = [], secrets = {} }

  validation {
    condition     = length(var.notifications.targets) <= 9
    error_message = "notifications.targets must have at most 9 targets: a gateway takes 10, and one is the automation."
  }
}

variable "rollout" {
  description = "How versions of models take over traffic: the keys Rollout_... of the environment in cake.config."
  type        = map(string)
}

variable "training" {
  description = "Resources of training jobs: instance type, disk in gigabytes, maximum run time in seconds, and whether they use spot capacity (cheaper; an interrupted job starts over)."
  type        = object({ instance_type = string, volume_gigabytes = number, most_seconds = number, spot = bool })
}

variable "automation" {
  description = "The functions: path of the zip file with their executable, and the number of events that each handles at a time."
  type        = object({ package = string, concurrency = number })
}

variable "access" {
  description = "Permissions of workflows: the repository as it appears in GitHub's tokens (owner/name or owner@id/name@id); which workflows may assume which role, or null for the list in the README of the module access; whether the role 'apply' exists, with which a workflow may change everything in this account, including these roles; and the ARNs of Terraform's state and of its KMS key, for the roles that run plans, empty if the state is a local file."
  type = object({
    repository          = string
    subjects            = map(list(string))
    applied_by_workflow = bool
    state               = list(object({ bucket = string, object = string, key = string }))
  })
}

variable "signatures" {
  description = "What servers do with a version that no trusted key signed (enforce does not serve it, warn serves it with a warning, off does not verify signatures), and further public keys in PEM format that they trust: former signing keys, until everything that they signed is signed with the current one."
  type        = object({ mode = string, former_keys = list(string) })

  validation {
    condition     = contains(["enforce", "warn", "off"], var.signatures.mode)
    error_message = "signatures must be enforce, warn or off."
  }
}

variable "keys" {
  description = "The key for the checksum in prediction ids, the API key that callers send, and the token of the operator's page; each is written when its secret is created and when its version is increased."
  type        = object({ prediction_key = string, api_key = string, page_token = string })
  ephemeral   = true
}

variable "key_versions" {
  description = "Increase a version by one to generate a new key."
  type        = object({ prediction_key = number, api_key = number, page_token = number })
}

variable "log_days" {
  description = "Number of days that logs are kept."
  type        = number
}

variable "disposable" {
  description = "Whether destroying the environment immediately destroys models, data, images and secrets, too."
  type        = bool
}
