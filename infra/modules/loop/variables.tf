variable "environment" {
  description = "Name of the environment, as in cake.config."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.environment))
    error_message = "environment is lower-case letters, digits and hyphens, at most 16: names of AWS resources begin with it."
  }
}

variable "public_url" {
  description = "Where callers ask."
  type        = string
}

variable "models" {
  description = "Models whose groups in the model registry are made now, and the one that answers where a request names none."
  type        = object({ names = set(string), default = string })
}

variable "network" {
  description = "Addresses: of the VPC (a /16), of those that may call the load balancer, and of those inside of the VPC that reach the gateway's private listener."
  type        = object({ cidr = string, callers = set(string), operators = set(string) })
}

variable "replica_addresses" {
  description = "Where servers may be; the private subnets unless said otherwise."
  type        = string
  default     = null
}

variable "fleet" {
  description = "The services: sizes of servers and gateways, and how they work, as the fleet's own README has it. least is how many servers a color keeps without traffic, capacity how many it has with traffic, most how many it may grow to; rollback_window_seconds is how long the color before keeps its capacity after traffic has moved."
  type = object({
    server                  = object({ cpu = number, memory = number, least = number, capacity = number, most = number })
    gateway                 = object({ cpu = number, memory = number, least = number, most = number })
    architecture            = string
    rollback_window_seconds = number
    stop_seconds            = number
    most_model_bytes        = number
    prediction_log_seconds  = number
    rate_limit              = number
  })

  validation {
    condition     = var.fleet.server.least >= 1 && var.fleet.server.least <= var.fleet.server.capacity && var.fleet.server.capacity <= var.fleet.server.most
    error_message = "fleet.server needs 1 <= least <= capacity <= most."
  }
}

variable "target_groups" {
  description = "ARNs of the load balancer's target groups for the gateway; none where nothing stands in front of it."
  type        = list(string)
  default     = []
}

variable "gateway_alarms" {
  description = "Names of further alarms that take a new gateway back."
  type        = list(string)
  default     = []
}

variable "alarm_topics" {
  description = "ARNs of the topics that hear of alarms."
  type        = list(string)
  default     = []
}

variable "training" {
  description = "What training jobs run on: instance type, gigabytes of disk, the most seconds of a job, and whether on spot capacity (cheaper; an interrupted job begins again)."
  type        = object({ instance_type = string, volume_gigabytes = number, most_seconds = number, spot = bool })
}

variable "automation" {
  description = "The functions: path of the zip with their executable, and how many events each handles at a time."
  type        = object({ package = string, concurrency = number })
}

variable "access" {
  description = "What workflows may do: the repository as GitHub names it in tokens (owner/name, or owner@id/name@id); which of them may take which role, null for what the README of the module access has; whether there is a role 'apply', by which a workflow may change everything in this account, these roles included; and the ARNs of Terraform's state and of its key, for the roles that plan: none where the state is a file."
  type = object({
    repository          = string
    subjects            = map(list(string))
    applied_by_workflow = bool
    state               = list(object({ bucket = string, object = string, key = string }))
  })
}

variable "signatures" {
  description = "What servers make of a version that no trusted key signed (enforce keeps it from answering, warn says so, off does not look), and public keys as PEM that they trust beside the environment's own: those before it, until what they signed is signed anew."
  type        = object({ mode = string, former_keys = list(string) })

  validation {
    condition     = contains(["enforce", "warn", "off"], var.signatures.mode)
    error_message = "signatures is enforce, warn or off."
  }
}

variable "keys" {
  description = "What keys the check in prediction ids, and the API key that callers send; each is taken when its secret is made and when its version is raised."
  type        = object({ prediction_key = string, api_key = string })
  ephemeral   = true
}

variable "key_versions" {
  description = "Raise one by one to make that key new."
  type        = object({ prediction_key = number, api_key = number })
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
}

variable "disposable" {
  description = "Whether destroying the environment also destroys models, data, images and secrets at once."
  type        = bool
}
