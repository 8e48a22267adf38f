# A full environment: the loop, a load balancer that terminates TLS, and monitoring.
module "loop" {
  source         = "../loop"
  public_url     = module.entrance.url
  target_groups  = [module.entrance.target_group]
  gateway_alarms = module.entrance.alarms
  alarm_topics   = [module.observation.topic]

  deployment_alarms = [module.observation.deployment_alarm]

  environment  = var.environment
  models       = var.models
  network      = var.network
  fleet        = var.fleet
  training     = var.training
  automation   = var.automation
  access       = var.access
  signatures   = var.signatures
  keys         = var.keys
  key_versions = var.key_versions
  log_days     = var.log_days
  disposable   = var.disposable

  notifications = var.notifications
  telemetry     = var.telemetry
  rollout       = var.rollout
}

module "entrance" {
  source         = "../entrance"
  name           = module.loop.name
  domain         = var.entrance.domain
  zone           = var.entrance.zone
  vpc            = module.loop.network.vpc
  subnets        = module.loop.network.public_subnets
  security_group = module.loop.network.entrance_security_group
  log_bucket     = module.loop.store.log_bucket
  stop_seconds   = var.fleet.stop_seconds
  protected      = !var.disposable
  runbook        = module.loop.runbook
  alarm_topics   = [module.observation.topic]
}

module "retention" {
  source          = "../retention"
  bucket          = module.loop.store.bucket
  log_bucket      = module.loop.store.log_bucket
  prediction_days = var.prediction_days
}

module "analysis" {
  source = "../analysis"
  name   = module.loop.name
  bucket = module.loop.store.bucket
  key    = module.loop.key
}

module "notebooks" {
  source                   = "../notebooks"
  name                     = module.loop.name
  vpc                      = module.loop.network.vpc
  subnets                  = module.loop.network.private_subnets
  endpoints_security_group = module.loop.network.endpoints_security_group
  s3_prefix_list           = module.loop.network.s3_prefix_list
  bucket                   = module.loop.store.arn
  key                      = module.loop.key
  users                    = var.notebook_users
}

module "observation" {
  source       = "../observation"
  name         = module.loop.name
  key          = module.loop.key
  emails       = var.alarm_emails
  cluster      = module.loop.fleet.cluster
  services     = module.loop.fleet.services
  functions    = module.loop.automation.functions
  rules        = module.loop.automation.rules
  dead_letters = module.loop.automation.dead_letters
  entrance     = module.entrance.metrics
  models       = var.models.names
  runbook      = module.loop.runbook

  deployment_alarms = module.entrance.alarms
}

module "audit" {
  source     = "../audit"
  name       = module.loop.name
  store      = module.loop.store.arn
  key        = module.loop.key
  disposable = var.disposable
}

module "budget" {
  source          = "../budget"
  name            = module.loop.name
  monthly_dollars = var.monthly_dollars
  topics          = [module.observation.topic]
}
