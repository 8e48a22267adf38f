variable "name" {
  description = "Name of the cluster; begins the names of the services."
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
  description = "ARNs of the secrets that tasks start with: prediction_key, gateway_keys."
  type        = object({ prediction_key = string, gateway_keys = string })
}

variable "signatures" {
  description = "What servers make of a version that no trusted key signed (enforce, warn, off), and the trusted keys as PEM."
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
  description = "Where servers may be, ranges separated by commas; the gateway refuses a heartbeat from anywhere else."
  type        = string
}

variable "trusted_proxies" {
  description = "Where the load balancer calls from, ranges separated by commas; from there alone the gateway believes who the caller behind it is."
  type        = string
}

variable "default_model" {
  description = "Which model answers where a request names none."
  type        = string
}

variable "server" {
  description = "A server: processor in units of 1024, memory in megabytes, and how many there are at least and at most."
  type        = object({ cpu = number, memory = number, least = number, most = number })
}

variable "gateway_size" {
  description = "A gateway: processor in units of 1024, memory in megabytes, and how many there are at least and at most."
  type        = object({ cpu = number, memory = number, least = number, most = number })
}

variable "architecture" {
  description = "Processor of the gateway and the servers: X86_64, or ARM64 with images that were built with Images_Platform=linux/arm64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture is X86_64 or ARM64."
  }
}

variable "health_commands" {
  description = "What ECS runs inside of a container to learn whether it is alive, and replaces it where it is not; whether it is ready is the gateway's question. The images have no shell."
  type        = object({ server = list(string), gateway = list(string) })
  default = {
    server  = ["CMD", "dotnet", "/app/Slipway.Inference.dll", "--health=http://127.0.0.1:8080/v2/health/live"]
    gateway = ["CMD", "dotnet", "/app/Slipway.Gateway.dll", "--health=http://127.0.0.1:8081/api/status"]
  }
}

variable "target_groups" {
  description = "ARNs of the load balancer's target groups for the gateway's public port; none where nothing stands in front of it."
  type        = list(string)
  default     = []
}

variable "gateway_alarms" {
  description = "Names of further alarms that take a new gateway back, such as errors that the load balancer counts."
  type        = list(string)
  default     = []
}

variable "alarm_topics" {
  description = "ARNs of the topics that hear of alarms."
  type        = list(string)
  default     = []
}

variable "prediction_log_seconds" {
  description = "How often a server writes the predictions of a model down, at the latest. A server that is killed loses as much."
  type        = number
  default     = 30

  validation {
    condition     = var.prediction_log_seconds >= 1 && var.prediction_log_seconds <= 3600 && floor(var.prediction_log_seconds) == var.prediction_log_seconds
    error_message = "prediction_log_seconds is a whole number from 1 to 3600."
  }
}

variable "most_model_bytes" {
  description = "Bytes that the archive of a model may unpack to, at most. Above the default, look after the memory of servers and the disk of functions too."
  type        = number
  default     = 268435456

  validation {
    condition     = var.most_model_bytes >= 1 && var.most_model_bytes <= 17179869184 && floor(var.most_model_bytes) == var.most_model_bytes
    error_message = "most_model_bytes is a whole number from 1 to 17179869184."
  }
}

variable "rate_limit" {
  description = "Requests a second that one gateway takes for one API key; 0 for no limit."
  type        = number
  default     = 1000
}

variable "stop_seconds" {
  description = "From the shutdown request until a task is killed; the load balancer lets go of it earlier. At most 120."
  type        = number
  default     = 60
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
}
