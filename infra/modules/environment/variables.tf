variable "environment" {
  description = "Name of the environment in cake.config."
  type        = string
}

variable "models" {
  description = "Models whose groups in the model registry are created by Terraform, and the model that serves requests without a model name."
  type        = object({ names = set(string), default = string })
}

variable "entrance" {
  description = "Domain name of the public API, such as models.example.org, and the id of its Route 53 zone."
  type        = object({ domain = string, zone = string })
}

variable "network" {
  description = "CIDR blocks: of the VPC (a /16), of callers that may reach the load balancer, and of operators inside the VPC who can reach the gateway's private listener."
  type        = object({ cidr = string, callers = set(string), operators = set(string) })
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

variable "notebook_users" {
  description = "User names of people who get their own JupyterLab."
  type        = set(string)
}

variable "alarm_emails" {
  description = "Email addresses that alarms are sent to; each must confirm its subscription once."
  type        = set(string)
}

variable "monthly_dollars" {
  description = "Monthly cost of the account, in US dollars, above which a notification is sent."
  type        = number
}

variable "prediction_days" {
  description = "Number of days after which predictions, which include what callers sent, are deleted."
  type        = number
}

variable "log_days" {
  description = "Number of days that logs are kept."
  type        = number
}

variable "disposable" {
  description = "Whether destroying the environment immediately destroys models, data, images and secrets, too."
  type        = bool
}
