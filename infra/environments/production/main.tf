module "keys" {
  source = "../../modules/keys"
}

module "environment" {
  source      = "../../modules/environment"
  environment = "production"

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

  server       = { cpu = 2048, memory = 4096, least = 1, capacity = 2, most = 8 }
  gateway_size = { cpu = 1024, memory = 2048, least = 2, most = 6 }
  training     = { instance_type = "ml.m5.xlarge", volume_gigabytes = 30, most_seconds = 14400, spot = false }

  rollback_window_seconds = 3600
  rate_limit              = 1000
  prediction_days         = 400
  log_days                = 365
  monthly_dollars         = 1500
}
