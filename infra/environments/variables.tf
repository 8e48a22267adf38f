variable "environment" {
  description = "Name of the environment, as in cake.config."
  type        = string
}

variable "account" {
  description = "Number of the AWS account; Terraform refuses to work in any other."
  type        = string
}

variable "domain" {
  description = "The name that callers ask."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone that the domain lies in."
  type        = string
}

variable "repository" {
  description = "The repository as GitHub names it in tokens: owner/name, or owner@id/name@id."
  type        = string
}

variable "state" {
  description = "ARNs of the state's bucket, of the state in it, and of its key, for the roles that plan."
  type        = list(object({ bucket = string, object = string, key = string }))
}

variable "subjects" {
  description = "Which workflows may take which role, as the README of the module access has it unless said otherwise."
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
  description = "Whether there is a role 'apply', by which a workflow may change everything in this account, these roles included. Otherwise a person applies."
  type        = bool
  default     = false
}

variable "alarm_emails" {
  description = "Who hears of alarms; each address has to confirm once."
  type        = set(string)
}

variable "notebook_users" {
  description = "People with a JupyterLab of their own."
  type        = set(string)
  default     = []
}

variable "cidr" {
  description = "Addresses of the VPC, a /16."
  type        = string
  default     = "10.40.0.0/16"
}

variable "callers" {
  description = "Addresses that may ask the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
}

variable "operators" {
  description = "Addresses inside of the VPC that reach the gateway's private listener."
  type        = set(string)
  default     = []
}

variable "default_model" {
  description = "Which model answers where a request names none."
  type        = string
  default     = "predictive-maintenance"
}

variable "fleet" {
  description = <<-TEXT
    The services. A server and a gateway: processor in units of 1024, memory in megabytes, how many there are at least and at most; capacity is how many
    servers a color has with traffic. rollback_window_seconds: how long the color before keeps its capacity after traffic has moved. rate_limit: requests a
    second that one gateway takes for one API key, 0 for no limit. architecture: X86_64, or ARM64 with images that were built with
    Images_Platform=linux/arm64. stop_seconds: from the shutdown request until a task is killed. most_model_bytes: what the archive of a model may unpack to. prediction_log_seconds: how often a server writes the
    predictions of a model down, at the latest; a server that is killed loses as much.
  TEXT
  type = object({
    server                  = object({ cpu = number, memory = number, least = number, capacity = number, most = number })
    gateway                 = object({ cpu = number, memory = number, least = number, most = number })
    rollback_window_seconds = number
    rate_limit              = number
    architecture            = optional(string, "X86_64")
    stop_seconds            = optional(number, 60)
    most_model_bytes        = optional(number, 268435456)
    prediction_log_seconds  = optional(number, 30)
  })
}

variable "training" {
  description = "What training jobs run on: instance type, gigabytes of disk, the most seconds of a job, and whether on spot capacity (cheaper; an interrupted job begins again)."
  type        = object({ instance_type = string, volume_gigabytes = number, most_seconds = number, spot = bool })
}

variable "package" {
  description = "Path of the zip with the functions' executable."
  type        = string
}

variable "concurrency" {
  description = "Events that each function handles at a time."
  type        = number
  default     = 5
}

variable "signatures" {
  description = "What servers make of a version that no trusted key signed: enforce keeps it from answering, warn says so, off does not look."
  type        = string
  default     = "enforce"
}

variable "former_signing_keys" {
  description = "Public keys as PEM that servers trust beside the environment's own: those before it, until what they signed is signed anew."
  type        = list(string)
  default     = []
}

variable "prediction_key_version" {
  description = "Raise it by one to make a new key for prediction ids."
  type        = number
  default     = 1
}

variable "api_key_version" {
  description = "Raise it by one to make a new API key."
  type        = number
  default     = 1
}

variable "prediction_days" {
  description = "After how many days predictions are deleted, and with them what callers sent."
  type        = number
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
}

variable "monthly_dollars" {
  description = "What the account may cost in a month before somebody hears of it."
  type        = number
}

variable "disposable" {
  description = "Whether destroying the environment also destroys models, data, images and secrets at once."
  type        = bool
  default     = false
}
