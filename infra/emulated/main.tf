module "keys" {
  source = "../modules/keys"
}

# how the environment rolls out, as the targets read it
locals {
  section = one([for section in split("\n[", "\n${file("${path.root}/../../cake.config")}") : section if startswith(section, "emulated]")])
  rollout = { for pair in regexall("(?m)^[ \\t]*(Rollout_[A-Za-z]+)[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$", local.section) : pair[0] => pair[1] }
}

# Only the loop: the emulator would take minutes to emulate the load balancer and the monitoring, which would prove nothing.
module "loop" {
  source      = "../modules/loop"
  environment = "emulated"

  public_url = var.public_url

  # every folder in it is a model
  models = {
    names   = toset([for spec in fileset("${path.root}/../../training/models", "*/model.json") : dirname(spec)])
    default = var.default_model
  }

  network           = { cidr = "10.40.0.0/16", callers = ["0.0.0.0/0"], operators = [] }
  replica_addresses = "127.0.0.0/8" # tasks are processes on this machine

  fleet = {
    server                  = { cpu = 256, memory = 1024, least = 1, capacity = 1, most = 2 }
    gateway                 = { cpu = 256, memory = 512, least = 1, most = 1 }
    architecture            = "X86_64"
    rollback_window_seconds = var.rollback_window_seconds
    stop_seconds            = 30
    most_model_bytes        = 268435456
    prediction_log_seconds  = 2 # tests wait for it
    rate_limit              = 0 # tests send load with a single key
  }

  rollout = local.rollout

  training     = { instance_type = "ml.m5.large", volume_gigabytes = 5, most_seconds = 600, spot = false }
  automation   = { package = var.package, concurrency = 2 }
  access       = { repository = "example/slipway", subjects = null, applied_by_workflow = false, state = [] }
  signatures   = { mode = "enforce", former_keys = [] }
  keys         = { prediction_key = module.keys.prediction_key, api_key = module.keys.api_key, page_token = module.keys.page_token }
  key_versions = { prediction_key = 1, api_key = 1, page_token = 1 }
  log_days     = 7
  disposable   = true
}
