locals {
  services  = [for service in var.services : "${local.aws}:ecs:${local.region}:${local.account}:service/${var.cluster}/${service}"]
  cluster   = "${local.aws}:ecs:${local.region}:${local.account}:cluster/${var.cluster}"
  sagemaker = "${local.aws}:sagemaker:${local.region}:${local.account}"

  aws_policies = "${local.aws}:iam::aws:policy"

  # what every role that works on the environment needs: to know it, and to see what runs and answers there
  know = [
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
    {
      # not narrowed by prefix: without this right on the whole bucket S3 answers "forbidden" where it should say "not found"
      Sid      = "TellMissingFromForbidden"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [var.bucket]
    },
    {
      Sid       = "UseTheKeyThroughS3"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = [var.key]
      Condition = { StringEquals = { "kms:ViaService" = ["s3.${local.region}.amazonaws.com"] } }
    },
    {
      Sid      = "ReadWhatIsThere"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [for prefix in ["catalog", "models", "releases", "replicas", "traffic"] : "${var.bucket}/${prefix}/*"]
    },
    {
      Sid      = "SeeServices"
      Effect   = "Allow"
      Action   = ["ecs:DescribeServices"]
      Resource = local.services
    },
    {
      Sid       = "SeeTasks"
      Effect    = "Allow"
      Action    = ["ecs:DescribeTasks", "ecs:ListTasks"]
      Resource  = ["*"] # ListTasks knows no resource to narrow it to; the cluster narrows both
      Condition = { ArnEquals = { "ecs:cluster" = [local.cluster] } }
    },
  ]

  # the names of models are not known here, so the folders are the border
  move_traffic = [
    {
      Sid      = "MoveTrafficOneAtATime"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["${var.bucket}/locks/*"]
    },
    {
      Sid      = "AskForTraffic"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.bucket}/traffic/${var.gateway}/desired.json"]
    },
    {
      # an entry of the history is written before the pointer that names it, and the catalog of all pointers after it
      Sid      = "MovePointers"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.bucket}/catalog/*", "${var.bucket}/models/*/channels/*", "${var.bucket}/models/*/history/*"]
    },
    {
      Sid      = "SeeWhatTasksAreMadeOf"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTaskDefinition"]
      Resource = ["*"] # descriptions of task definitions cannot be narrowed to a resource
    },
    {
      Sid    = "KeepTheColorBeforeAndLetItGoLater"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget",
      ]
      Resource  = ["${local.aws}:application-autoscaling:${local.region}:${local.account}:scalable-target/*"] # their ids are AWS's own
      Condition = { StringEquals = { "application-autoscaling:service-namespace" = "ecs" } }
    },
    {
      Sid      = "SeeScaling"
      Effect   = "Allow"
      Action   = ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScheduledActions"]
      Resource = ["*"] # descriptions cannot be narrowed to a resource
    },
  ]

  train = [
    {
      Sid      = "SayWhatModelsAreTrainedWith"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.bucket}/models/*/recipe.json"]
    },
    {
      Sid      = "ReadWhatIsTrained"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"]
      Resource = [for prefix in ["datasets", "models", "training-jobs"] : "${var.bucket}/${prefix}/*"]
    },
    {
      Sid      = "BringDataAndCopyTheInput"
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
      Resource = ["${var.bucket}/datasets/*", "${var.bucket}/training-jobs/*/input/*"]
    },
    {
      # once for each job: the bucket lets nobody write over one
      Sid      = "SayWhatAJobIsMadeOfAndThatItFailed"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = [for file in ["lineage", "outcome"] : "${var.bucket}/training-jobs/*/${file}.json"]
    },
    {
      Sid      = "TakeBackACopyThatWentWrong"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject"]
      Resource = ["${var.bucket}/training-jobs/*/input/*"]
    },
    {
      Sid       = "StartJobs"
      Effect    = "Allow"
      Action    = ["sagemaker:CreateTrainingJob"]
      Resource  = ["${local.sagemaker}:training-job/*"]
      Condition = var.job_condition
    },
    {
      Sid      = "FollowJobs"
      Effect   = "Allow"
      Action   = ["sagemaker:AddTags", "sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"]
      Resource = ["${local.sagemaker}:training-job/*"]
    },
    {
      Sid       = "GiveJobsTheirRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [var.training_role]
      Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
    },
    {
      Sid      = "ReadTheirLogs"
      Effect   = "Allow"
      Action   = ["logs:DescribeLogStreams", "logs:GetLogEvents"]
      Resource = ["${local.aws}:logs:${local.region}:${local.account}:log-group:/aws/sagemaker/TrainingJobs:*"]
    },
  ]

  deploy = [
    {
      # once for each release: the bucket lets nobody write over one
      Sid      = "RecordReleases"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.bucket}/releases/*"]
    },
    {
      Sid      = "ChangeServices"
      Effect   = "Allow"
      Action   = ["ecs:UpdateService"]
      Resource = local.services
    },
    {
      Sid      = "DescribeTasksToCome"
      Effect   = "Allow"
      Action   = ["ecs:RegisterTaskDefinition"]
      Resource = ["*"] # there is nothing to name before it is there; which roles a definition may name is the border
    },
    {
      Sid      = "LabelTaskDefinitions"
      Effect   = "Allow"
      Action   = ["ecs:TagResource"]
      Resource = [for service in var.services : "${local.aws}:ecs:${local.region}:${local.account}:task-definition/${service}:*"]
    },
    {
      Sid       = "GiveTasksTheirRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = var.task_roles
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid      = "LookAtImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages"]
      Resource = var.repositories
    },
    {
      Sid      = "ReadTheLogsOfServices"
      Effect   = "Allow"
      Action   = ["logs:FilterLogEvents", "logs:GetLogEvents"]
      Resource = [for group in var.log_groups : "${local.aws}:logs:${local.region}:${local.account}:log-group:${group}:*"]
    },
  ]

  # who deployed asks as a caller afterwards
  ask_as_caller = [
    {
      Sid      = "KnowTheKeyOfCallers"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [var.secrets.api_key]
    },
    {
      Sid      = "OpenTheKeyOfCallers"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = [var.key]
      Condition = { StringEquals = {
        "kms:ViaService"                  = ["secretsmanager.${local.region}.amazonaws.com"]
        "kms:EncryptionContext:SecretARN" = [var.secrets.api_key]
      } }
    },
  ]

  rollback = [
    {
      # no task definition may come with it: a rollback goes to what already ran
      Sid       = "BringTheColorBeforeBackUp"
      Effect    = "Allow"
      Action    = ["ecs:UpdateService"]
      Resource  = local.services
      Condition = { Null = { "ecs:task-definition" = "true" } }
    },
  ]

  build = [
    {
      Sid    = "PushImages"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImageScanFindings", "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      Resource = var.repositories
    },
    {
      Sid      = "LogInToEcr"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # a token is for the account, not for a repository
    },
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
  ]

  # A plan compares the code with the state (terraform plan -refresh=false). Reading everything back would take the right to read every secret,
  # because the provider reads a secret to learn that it is there; that is no right for a pull request.
  plan = concat(
    [{
      Sid      = "KnowTheZones"
      Effect   = "Allow"
      Action   = ["ec2:DescribeAvailabilityZones"]
      Resource = ["*"] # descriptions cannot be narrowed to a resource
      }, {
      Sid      = "KnowThePublicKey"
      Effect   = "Allow"
      Action   = ["kms:GetPublicKey"]
      Resource = [var.signing_key]
    }],
    flatten([for state in var.state : [
      { Sid = "FindTheState", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [state.bucket] },
      { Sid = "ReadTheState", Effect = "Allow", Action = ["s3:GetObject"], Resource = [state.object] },
      { Sid = "LockTheState", Effect = "Allow", Action = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], Resource = ["${state.object}.tflock"] },
      { Sid = "OpenTheState", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [state.key] },
    ]]),
  )

  # Compares what a pull request trains with what is live: reads the champion and the data, and no more.
  gate = [
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
    {
      Sid      = "TellMissingFromForbidden"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [var.bucket]
    },
    {
      Sid      = "ReadTheChampionAndTheData"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.bucket}/catalog/*", "${var.bucket}/datasets/*", "${var.bucket}/models/*", "${var.bucket}/training-jobs/*/output/model.tar.gz"]
    },
    {
      # an archive is asked for by the version that its manifest names
      Sid      = "ReadTheVeryVersion"
      Effect   = "Allow"
      Action   = ["s3:GetObjectVersion"]
      Resource = ["${var.bucket}/datasets/*", "${var.bucket}/training-jobs/*/output/model.tar.gz"]
    },
    {
      Sid       = "OpenObjectsThroughS3"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [var.key]
      Condition = { StringEquals = { "kms:ViaService" = ["s3.${local.region}.amazonaws.com"] } }
    },
  ]

  # Sees in ECS which images run, and pulls those: the store is none of its business.
  scan = [
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
    {
      Sid      = "SeeServices"
      Effect   = "Allow"
      Action   = ["ecs:DescribeServices"]
      Resource = local.services
    },
    {
      Sid      = "SeeWhatTasksAreMadeOf"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTaskDefinition"]
      Resource = ["*"] # descriptions of task definitions cannot be narrowed to a resource
    },
    {
      Sid      = "PullImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = var.repositories
    },
    {
      Sid      = "LogInToEcr"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # a token is for the account, not for a repository
    },
  ]

  # A plan that reads everything back: AWS's own ReadOnlyAccess for the configuration of everything, what Terraform needs beyond it, and a deny on
  # what is no configuration. The provider reads a secret to learn that it is there, so this role knows the secrets.
  drift = concat(local.plan, [
    {
      Sid      = "LearnThatSecretsAreThere"
      Effect   = "Allow"
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:GetSecretValue"]
      Resource = values(var.secrets)
    },
    {
      Sid       = "OpenSecrets"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [var.key]
      Condition = { StringEquals = { "kms:ViaService" = ["secretsmanager.${local.region}.amazonaws.com"] } }
    },
    merge(
      {
        Sid    = "ReadNoObjects"
        Effect = "Deny"
        Action = ["s3:GetObject", "s3:GetObjectTorrent", "s3:GetObjectVersion", "s3:GetObjectVersionTorrent"]
      },
      # a NotResource may not be empty
      length(var.state) > 0
      ? { NotResource = flatten([for state in var.state : [state.object, "${state.object}.tflock"]]) }
      : { Resource = ["*"] }, # a deny is to reach everything
    ),
    {
      Sid    = "ReadNoDataElsewhere"
      Effect = "Deny"
      Action = [
        "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults",
        "logs:StartLiveTail", "logs:StartQuery", "logs:Unmask", "sqs:ReceiveMessage",
      ]
      Resource = ["*"] # a deny is to reach everything
    },
  ])

  managed = { for role, policy in {
    drift = "${local.aws_policies}/ReadOnlyAccess"
    apply = "${local.aws_policies}/AdministratorAccess" # it changes roles, so less than everything would be less in name alone
  } : role => policy if contains(keys(local.subjects), role) }

  policies = { for role, statements in {
    plan     = local.plan
    gate     = local.gate
    build    = local.build
    train    = concat(local.know, local.train)
    deploy   = concat(local.know, local.move_traffic, local.train, local.deploy, local.ask_as_caller)
    rollback = concat(local.know, local.move_traffic, local.rollback)
    scan     = local.scan
    drift    = local.drift
  } : role => { Version = "2012-10-17", Statement = statements } if contains(keys(local.subjects), role) }
}
