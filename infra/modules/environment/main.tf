# An environment that people depend on: the loop, a door with TLS in front of it, and everything that watches it.
module "loop" {
  source         = "../loop"
  public_url     = module.entrance.url
  target_groups  = [module.entrance.target_group]
  gateway_alarms = module.entrance.alarms
  alarm_topics   = [module.observation.topic]

  environment             = var.environment
  gateway                 = var.gateway
  models                  = var.models
  default_model           = var.default_model
  cidr                    = var.cidr
  callers                 = var.callers
  operators               = var.operators
  server                  = var.server
  architecture            = var.architecture
  gateway_size            = var.gateway_size
  rollback_window_seconds = var.rollback_window_seconds
  training                = var.training
  package                 = var.package
  concurrency             = var.concurrency
  stop_seconds            = var.stop_seconds
  prediction_log_seconds  = var.prediction_log_seconds
  most_model_bytes        = var.most_model_bytes
  rate_limit              = var.rate_limit
  log_days                = var.log_days
  repository              = var.repository
  subjects                = var.subjects
  applied_by_workflow     = var.applied_by_workflow
  state                   = var.state
  disposable              = var.disposable
  signatures              = var.signatures
  former_signing_keys     = var.former_signing_keys
  prediction_key          = var.prediction_key
  api_key                 = var.api_key
  prediction_key_version  = var.prediction_key_version
  api_key_version         = var.api_key_version
}

module "entrance" {
  source         = "../entrance"
  name           = module.loop.name
  domain         = var.domain
  zone           = var.zone
  vpc            = module.loop.network.vpc
  subnets        = module.loop.network.public_subnets
  security_group = module.loop.network.entrance_security_group
  log_bucket     = module.loop.store.log_bucket
  stop_seconds   = var.stop_seconds
  protected      = !var.disposable
  alarm_topics   = [module.observation.topic]
}

module "retention" {
  source          = "../retention"
  bucket          = module.loop.store.bucket
  log_bucket      = module.loop.store.log_bucket
  prediction_days = var.prediction_days
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
