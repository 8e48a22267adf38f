module "keys" {
  source = "../modules/keys"
}

# how the environment rolls out, as the targets read it
locals {
  section = one([for section in split("\n[", "\n${file("${path.root}/../../cake.config")}") : section if startswith(section, "${var.environment}]")])
  rollout = { for pair in regexall("(?m)^[ \\t]*(Rollout_[A-Za-z]+)[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$", local.section) : pair[0] => pair[1] }
}

module "environment" {
  source      = "../modules/environment"
  environment = var.environment

  # every folder in it is a model
  models = {
    names   = toset([for spec in fileset("${path.root}/../../training/models", "*/model.json") : dirname(spec)])
    default = var.default_model
  }

  entrance = { domain = var.domain, zone = var.zone }
  network  = { cidr = var.cidr, callers = var.callers, operators = var.operators }
  fleet    = var.fleet
  training = var.training

  notifications = var.notifications
  telemetry     = var.telemetry
  rollout       = local.rollout

  automation   = { package = var.package, concurrency = var.concurrency }
  signatures   = { mode = var.signatures, former_keys = var.former_signing_keys }
  keys         = { prediction_key = module.keys.prediction_key, api_key = module.keys.api_key, page_token = module.keys.page_token }
  key_versions = { prediction_key = var.prediction_key_version, api_key = var.api_key_version, page_token = var.page_token_version }

  access = {
    repository          = var.repository
    subjects            = var.subjects
    applied_by_workflow = var.applied_by_workflow
    state               = var.state
  }

  notebook_users  = var.notebook_users
  alarm_emails    = var.alarm_emails
  monthly_dollars = var.monthly_dollars
  prediction_days = var.prediction_days
  log_days        = var.log_days
  disposable      = var.disposable
}
