locals {
  # both colors run the same program with the same permissions
  roles = toset(["servers", "gateway"])

  repository = { servers = var.repositories.model, gateway = var.repositories.gateway }
  secret     = { servers = var.secrets.prediction_key, gateway = var.secrets.gateway_keys }
  streams = {
    servers = [for color in ["blue", "green"] : "${aws_cloudwatch_log_group.this[color].arn}:*"]
    gateway = ["${aws_cloudwatch_log_group.this["gateway"].arn}:*"]
  }

  # which targets of notifications the gateway calls with its own role
  topics = [for target in var.notifications.targets : trimprefix(target, "sns:") if startswith(target, "sns:")]
  buses  = [for target in var.notifications.targets : trimprefix(target, "eventbridge:") if startswith(target, "eventbridge:")]
  notify = concat(
    [for topics in [local.topics] : { Sid = "NotifyTopics", Effect = "Allow", Action = ["sns:Publish"], Resource = topics } if length(topics) > 0],
    [for buses in [local.buses] : { Sid = "NotifyBuses", Effect = "Allow", Action = ["events:PutEvents"], Resource = buses } if length(buses) > 0],
  )

  # for ECS itself, before a container starts
  execution_policies = { for role in local.roles : role => {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "PullTheImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [local.repository[role]]
      },
      {
        Sid      = "LogInToEcr"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"] # a token is valid for the account, not for a repository
      },
      {
        Sid      = "WriteTheLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = local.streams[role]
      },
      {
        Sid      = "ReadTheSecret"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = concat([local.secret[role]], [for secret in concat(role == "gateway" ? values(var.notifications.secrets) : [], values(var.telemetry.secrets)) : join(":", slice(split(":", secret), 0, 7))])
      },
      {
        Sid       = "OpenTheSecret"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [var.key]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
      },
    ]
  } }

  through_s3 = {
    Sid       = "UseTheKeyThroughS3"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = [var.key]
    Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
  }

  # not restricted by prefix: without this permission on the whole bucket, S3 returns 403 instead of 404 for an object that does not exist
  missing = {
    Sid      = "TellMissingFromForbidden"
    Effect   = "Allow"
    Action   = ["s3:ListBucket"]
    Resource = [var.bucket]
  }

  task_policies = {
    servers = {
      Version = "2012-10-17"
      Statement = [
        local.missing,
        local.through_s3,
        {
          Sid      = "ReadModels"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectVersion"]
          Resource = ["${var.bucket}/models/*", "${var.bucket}/training-jobs/*/output/*"]
        },
        {
          Sid      = "SeeWhatIsLive"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["${var.bucket}/catalog/*"]
        },
        {
          Sid      = "BeFound"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
          Resource = ["${var.bucket}/replicas/*"]
        },
        {
          # after a lost response, the object is read to find out whether it was written
          Sid      = "LogPredictions"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:PutObject"]
          Resource = ["${var.bucket}/predictions/*", "${var.bucket}/feedback/*"]
        },
        {
          Sid      = "CountForDrift"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["${var.bucket}/monitoring/*/windows/*"]
        },
      ]
    }

    gateway = {
      Version = "2012-10-17"
      Statement = concat([
        local.missing,
        local.through_s3,
        {
          Sid      = "SeeWhatIsThereAndWhatIsWanted"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["${var.bucket}/replicas/*", "${var.bucket}/catalog/*", "${var.bucket}/models/*", "${var.bucket}/traffic/${var.gateway}/*"]
        },
        {
          Sid      = "SayWhereTrafficGoes"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["${var.bucket}/traffic/${var.gateway}/state.json", "${var.bucket}/traffic/${var.gateway}/observations/*", "${var.bucket}/traffic/${var.gateway}/rollouts/*"]
        },
        {
          Sid      = "ForgetEarlierRollouts"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject"]
          Resource = ["${var.bucket}/traffic/${var.gateway}/observations/*"]
        },
        {
          Sid      = "ReadGoldenSets"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectVersion"]
          Resource = ["${var.bucket}/training-jobs/*/output/*"]
        },
        {
          Sid      = "ReadWhatServersCounted"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["${var.bucket}/monitoring/*/windows/*", "${var.bucket}/monitoring/*/drift/*", "${var.bucket}/monitoring/*/quality.json", "${var.bucket}/monitoring/*/domain.json"]
        },
        {
          Sid      = "SayWhatDrifted"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["${var.bucket}/monitoring/*/drift/*"]
        },
        {
          Sid      = "TakeBackAVersionThatServersRefuse"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["${var.bucket}/catalog/*", "${var.bucket}/models/*/channels/*", "${var.bucket}/models/*/history/*"]
        },
      ], local.notify)
    }
  }

  trust = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "${local.aws}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  }
}

resource "aws_iam_role" "task" {
  for_each           = local.roles
  name               = "${var.name}-${each.key}"
  assume_role_policy = jsonencode(local.trust)
}

resource "aws_iam_role_policy" "task" {
  for_each = local.roles
  name     = "task"
  role     = aws_iam_role.task[each.key].id
  policy   = jsonencode(local.task_policies[each.key])
}

resource "aws_iam_role" "execution" {
  for_each           = local.roles
  name               = "${var.name}-${each.key}-execution"
  assume_role_policy = jsonencode(local.trust)
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.roles
  name     = "execution"
  role     = aws_iam_role.execution[each.key].id
  policy   = jsonencode(local.execution_policies[each.key])
}
