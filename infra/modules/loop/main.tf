# Everything from a dataset to served predictions. The load balancer and monitoring are in the module 'environment'.
data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  name         = "slipway-${var.environment}"
  group_prefix = "${local.name}-"
  gateway      = "main" # its name in the store
  parameter    = "/slipway/${var.environment}/environment"

  # a token has the repository as owner/name or owner@id/name@id
  runbook = "https://github.com/${replace(var.access.repository, "/@[0-9]+/", "")}/blob/main/docs/runbook.md"

  # The token of a job with a GitHub environment contains that environment, whatever its branch; that of any other job contains its branch, or
  # pull_request. A merge queue creates a new branch for each attempt, which no subject can match literally.
  subjects = coalesce(var.access.subjects, {
    plan     = ["pull_request"]
    gate     = ["pull_request"]
    build    = ["ref:refs/heads/main"] # one job pushes the same images to the container registry of every environment
    train    = ["ref:refs/heads/main"] # gates decide what is served, not reviewers
    deploy   = ["environment:${var.environment}"]
    rollback = ["ref:refs/heads/main"] # a rollback must not wait for a reviewer
    scan     = ["ref:refs/heads/main"]
    drift    = ["ref:refs/heads/main"]
    apply    = ["environment:${var.environment}-infra"]
  })
}

module "encryption" {
  source        = "../encryption"
  name          = local.name
  deletion_days = var.disposable ? 7 : 30
}

module "signing" {
  source        = "../signing"
  name          = local.name
  deletion_days = var.disposable ? 7 : 30
  former_keys   = var.signatures.former_keys
}

module "network" {
  source   = "../network"
  name     = local.name
  cidr     = var.network.cidr
  key      = module.encryption.key
  log_days = var.log_days

  # the gateway tells the automation of changes of traffic, which scales the colors for rollouts
  further_endpoints = toset(concat(["events", "application-autoscaling"], anytrue([for target in var.notifications.targets : startswith(target, "sns:")]) ? ["sns"] : []))
}

module "firewall" {
  source                   = "../firewall"
  name                     = local.name
  vpc                      = module.network.vpc
  cidr                     = var.network.cidr
  endpoints_security_group = module.network.endpoints_security_group
  s3_prefix_list           = module.network.s3_prefix_list
  callers                  = var.network.callers
  operators                = var.network.operators
  collectors               = var.telemetry.collectors
}

module "store" {
  source     = "../store"
  name       = local.name
  key        = module.encryption.key
  disposable = var.disposable
}

module "images" {
  source     = "../images"
  name       = local.name
  key        = module.encryption.key
  disposable = var.disposable
}

module "secrets" {
  source                 = "../secrets"
  name                   = local.name
  key                    = module.encryption.key
  prediction_key         = var.keys.prediction_key
  api_key                = var.keys.api_key
  page_token             = var.keys.page_token
  prediction_key_version = var.key_versions.prediction_key
  api_key_version        = var.key_versions.api_key
  page_token_version     = var.key_versions.page_token
  recovery_days          = var.disposable ? 0 : 30
}

module "training" {
  source         = "../training"
  name           = local.name
  bucket         = module.store.arn
  key            = module.encryption.key
  repository     = module.images.arns.model
  subnets        = module.network.private_subnets
  security_group = module.firewall.groups.training
  models         = var.models.names
  group_prefix   = local.group_prefix
}

module "automation" {
  source         = "../automation"
  name           = local.name
  package        = var.automation.package
  record         = local.record
  gateway        = local.gateway
  rollout        = var.rollout
  cluster        = local.name
  servers        = ["${local.name}-blue", "${local.name}-green"]
  bucket         = module.store.arn
  key            = module.encryption.key
  signing_key    = module.signing.key
  training_role  = module.training.role
  job_condition  = module.training.job_condition
  repository     = module.images.arns.model
  group_prefix   = local.group_prefix
  subnets        = module.network.private_subnets
  security_group = module.firewall.groups.functions
  concurrency    = var.automation.concurrency
  log_days       = var.log_days

  most_model_bytes = var.fleet.most_model_bytes
}

module "fleet" {
  source            = "../fleet"
  name              = local.name
  gateway           = local.gateway
  bucket            = module.store.arn
  key               = module.encryption.key
  images            = module.images.urls
  repositories      = module.images.arns
  secrets           = { prediction_key = module.secrets.prediction_key, gateway_keys = module.secrets.gateway_keys }
  subnets           = module.network.private_subnets
  security_groups   = module.firewall.groups
  signatures        = { mode = var.signatures.mode, trusted_keys = module.signing.trusted_keys }
  replica_addresses = coalesce(var.replica_addresses, join(",", module.network.private_ranges))
  trusted_proxies   = join(",", module.network.public_ranges)
  default_model     = var.models.default
  server            = var.fleet.server
  architecture      = var.fleet.architecture
  gateway_size      = var.fleet.gateway
  target_groups     = var.target_groups
  gateway_alarms    = var.gateway_alarms
  deployment_alarms = var.deployment_alarms
  runbook           = local.runbook
  telemetry         = { variables = var.telemetry.variables, secrets = var.telemetry.secrets }
  alarm_topics      = var.alarm_topics
  stop_seconds      = var.fleet.stop_seconds
  log_days          = var.log_days

  prediction_log_seconds = var.fleet.prediction_log_seconds
  most_model_bytes       = var.fleet.most_model_bytes
  max_resident_models    = var.fleet.max_resident_models
  rate_limit             = var.fleet.rate_limit
  notifications = {
    targets = concat(var.notifications.targets, ["eventbridge:${module.automation.bus}"])
    # one that the environment names itself comes first
    secrets = merge({ SLIPWAY_PageToken = module.secrets.page_token }, var.notifications.secrets)
  }
}

module "access" {
  source     = "../access"
  name       = local.name
  repository = var.access.repository
  subjects   = local.subjects
  state      = var.access.state

  applied_by_workflow = var.access.applied_by_workflow
  bucket              = module.store.arn
  gateway             = local.gateway
  key                 = module.encryption.key
  signing_key         = module.signing.key
  secrets             = { api_key = module.secrets.api_key, prediction_key = module.secrets.prediction_key, gateway_keys = module.secrets.gateway_keys, page_token = module.secrets.page_token }
  record              = "arn:${data.aws_partition.here.partition}:ssm:${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}:parameter${local.parameter}"
  repositories        = values(module.images.arns)
  cluster             = module.fleet.cluster
  services            = values(module.fleet.services)
  log_groups          = values(module.fleet.log_groups)
  task_roles          = module.fleet.roles
  training_role       = module.training.role
  job_condition       = module.training.job_condition
}

locals {
  # read by AwsEnvironmentRecord in training/Automation/Aws, which defines the names of the members
  record = jsonencode({
    name                = var.environment
    region              = data.aws_region.here.name
    bucket              = module.store.bucket
    gateway             = local.gateway
    publicUrl           = var.public_url
    predictionKeySecret = module.secrets.prediction_key
    apiKeySecret        = module.secrets.api_key
    pageTokenSecret     = module.secrets.page_token
    fleet = {
      cluster = local.name
      # the names that the module fleet uses: taking them from its outputs would make the functions depend on the services
      gateway               = "${local.name}-gateway"
      blue                  = "${local.name}-blue"
      green                 = "${local.name}-green"
      capacity              = var.fleet.server.capacity
      idleMinimum           = var.fleet.server.least
      rollbackWindowSeconds = var.fleet.rollback_window_seconds
      architecture          = var.fleet.architecture
    }
    images = {
      model   = module.images.urls.model
      gateway = module.images.urls.gateway
    }
    training = {
      role                    = module.training.role
      instanceType            = var.training.instance_type
      volumeGigabytes         = var.training.volume_gigabytes
      mostSeconds             = var.training.most_seconds
      spot                    = var.training.spot
      key                     = module.encryption.key
      subnets                 = module.network.private_subnets
      securityGroups          = [module.firewall.groups.training]
      modelPackageGroupPrefix = local.group_prefix
    }
    automation = {
      datasetArrived   = "${local.name}-dataset-arrived"
      trainingFinished = "${local.name}-training-finished"
      deadLetters      = module.automation.dead_letters.url
    }
    signing = {
      key         = module.signing.key
      mode        = var.signatures.mode
      trustedKeys = module.signing.trusted_keys
    }
  })
}

resource "aws_ssm_parameter" "record" {
  name        = local.parameter
  description = "What Terraform created, for targets and functions"
  type        = "String"
  value       = local.record
}
