module "keys" {
  source = "../../modules/keys"
}

module "environment" {
  source      = "../../modules/environment"
  environment = "staging"

  domain         = var.domain
  zone           = var.zone
  repository     = var.repository
  state          = var.state
  alarm_emails   = var.alarm_emails
  notebook_users = var.notebook_users
  operators      = var.operators
  package        = var.package

  applied_by_workflow = var.applied_by_workflow

  # every folder there is a model
  models        = toset([for spec in fileset("${path.root}/../../../training/models", "*/model.json") : dirname(spec)])
  default_model = var.default_model

  signatures          = var.signatures
  former_signing_keys = var.former_signing_keys

  prediction_key         = module.keys.prediction_key
  api_key                = module.keys.api_key
  prediction_key_version = var.prediction_key_version
  api_key_version        = var.api_key_version

  server       = { cpu = 1024, memory = 2048, least = 1, capacity = 1, most = 2 }
  gateway_size = { cpu = 512, memory = 1024, least = 1, most = 2 }
  training     = { instance_type = "ml.m5.large", volume_gigabytes = 10, most_seconds = 3600, spot = true }
  concurrency  = 2

  rollback_window_seconds = 600
  rate_limit              = 200
  prediction_days         = 180
  log_days                = 30
  monthly_dollars         = 400
  disposable              = true
}
