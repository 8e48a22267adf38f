variable "environment" {
  description = "Name of the environment, as in cake.config."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.environment))
    error_message = "environment is lower-case letters, digits and hyphens, at most 16: names of AWS resources begin with it."
  }
}

variable "gateway" {
  description = "The gateway's name in the store."
  type        = string
  default     = "main"
}

variable "models" {
  description = "Models whose groups in the model registry are made now."
  type        = set(string)
}

variable "default_model" {
  description = "Which model answers where a request names none."
  type        = string
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

variable "server" {
  description = "A server: processor in units of 1024, memory in megabytes, how many a color keeps without traffic (least), has with traffic (capacity), and may grow to (most)."
  type        = object({ cpu = number, memory = number, least = number, capacity = number, most = number })

  validation {
    condition     = var.server.least >= 1 && var.server.least <= var.server.capacity && var.server.capacity <= var.server.most
    error_message = "server needs 1 <= least <= capacity <= most."
  }
}

variable "architecture" {
  description = "Processor of the gateway and the servers: X86_64, or ARM64 with images that were built with Images_Platform=linux/arm64. Training stays on X86_64."
  type        = string
  default     = "X86_64"
}

variable "gateway_size" {
  description = "A gateway: processor in units of 1024, memory in megabytes, how many there are at least and at most."
  type        = object({ cpu = number, memory = number, least = number, most = number })
}

variable "rollback_window_seconds" {
  description = "How long the color before keeps its capacity after traffic has moved."
  type        = number
  default     = 3600
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

variable "prediction_log_seconds" {
  description = "How often a server writes the predictions of a model down, at the latest. A server that is killed loses as much."
  type        = number
  default     = 30
}

variable "prediction_days" {
  description = "After how many days predictions are deleted, and with them what callers sent."
  type        = number
  default     = 400
}

variable "most_model_bytes" {
  description = "Bytes that the archive of a model may unpack to, at most. Above the default, look after the memory of servers and the disk of functions too."
  type        = number
  default     = 268435456
}

variable "rate_limit" {
  description = "Requests a second that one gateway takes for one API key; 0 for no limit."
  type        = number
  default     = 1000
}

variable "stop_seconds" {
  description = "From the shutdown request until a task is killed."
  type        = number
  default     = 60
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
}

variable "repository" {
  description = "The repository as GitHub names it in tokens: owner/name, or owner@id/name@id."
  type        = string
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

variable "state" {
  description = "ARNs of Terraform's state and of its key, for the roles that plan; none where the state is a file."
  type        = list(object({ bucket = string, object = string, key = string }))
  default     = []
}

variable "disposable" {
  description = "Whether destroying the environment also destroys models, data, images and secrets at once."
  type        = bool
  default     = false
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

variable "prediction_key" {
  description = "Keys the check in prediction ids; taken when the secret is made and when its version is raised."
  type        = string
  ephemeral   = true
}

variable "api_key" {
  description = "The API key that callers send; taken when the secret is made and when its version is raised."
  type        = string
  ephemeral   = true
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

variable "domain" {
  description = "The name that callers ask, such as models.example.org."
  type        = string
}

variable "zone" {
  description = "Id of the Route 53 zone that the domain lies in."
  type        = string
}

variable "notebook_users" {
  description = "People with a JupyterLab of their own."
  type        = set(string)
  default     = []
}

variable "alarm_emails" {
  description = "Who hears of alarms; each address has to confirm once."
  type        = set(string)
}

variable "monthly_dollars" {
  description = "What the account may cost in a month before somebody hears of it."
  type        = number
}
