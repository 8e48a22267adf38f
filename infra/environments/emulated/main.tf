module "keys" {
  source = "../../modules/keys"
}

# The loop alone: what stands in front of it and watches it takes the emulator minutes to pretend, and proves nothing there.
module "loop" {
  source      = "../../modules/loop"
  environment = "emulated"

  public_url    = var.public_url
  package       = var.package
  repository    = "example/slipway"
  models        = toset([for spec in fileset("${path.root}/../../../training/models", "*/model.json") : dirname(spec)])
  default_model = var.default_model

  prediction_key = module.keys.prediction_key
  api_key        = module.keys.api_key

  # tasks are processes of this machine
  replica_addresses = "127.0.0.0/8"
  server            = { cpu = 256, memory = 1024, least = 1, capacity = 1, most = 2 }
  gateway_size      = { cpu = 256, memory = 512, least = 1, most = 1 }
  training          = { instance_type = "ml.m5.large", volume_gigabytes = 5, most_seconds = 600, spot = false }
  concurrency       = 2

  rollback_window_seconds = var.rollback_window_seconds
  prediction_log_seconds  = 2 # somebody waits for it
  rate_limit              = 0 # tests send load with the one key
  stop_seconds            = 30
  log_days                = 7
  disposable              = true
}
