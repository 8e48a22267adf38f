locals {
  services  = [for service in var.services : "${local.aws}:ecs:${local.region}:${local.account}:service/${var.cluster}/${service}"]
  cluster   = "${local.aws}:ecs:${local.region}:${local.account}:cluster/${var.cluster}"
  sagemaker = "${local.aws}:sagemaker:${local.region}:${local.account}"

  aws_policies = "${local.aws}:iam::aws:policy"

  # what every role that works on the environment needs: to read its description and the state of its services
  know = [
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
    {
      # not restricted by prefix: without this permission on the whole bucket, S3 returns 403 instead of 404 for an object that does not exist
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
      Resource = [for keys in ["catalog", "models", "monitoring/*/drift", "releases", "replicas", "traffic"] : "${var.bucket}/${keys}/*"]
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
      Resource  = ["*"] # ListTasks cannot be restricted to a resource; the condition on the cluster restricts both
      Condition = { ArnEquals = { "ecs:cluster" = [local.cluster] } }
    },
  ]

  # the names of models are not known here, so permissions are restricted to folders
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
      # a history entry is written before the pointer that it moves, and the catalog of all pointers after that
      Sid      = "MovePointers"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${var.bucket}/catalog/*", "${var.bucket}/models/*/channels/*", "${var.bucket}/models/*/history/*"]
    },
    {
      Sid      = "SeeWhatTasksAreMadeOf"
      Effect   = "Allow"
      Action   = ["ecs:DescribeTaskDefinition"]
      Resource = ["*"] # DescribeTaskDefinition cannot be restricted to a resource
    },
    {
      Sid    = "KeepTheColorBeforeAndLetItGoLater"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget",
      ]
      Resource  = ["${local.aws}:application-autoscaling:${local.region}:${local.account}:scalable-target/*"] # AWS assigns their ids
      Condition = { StringEquals = { "application-autoscaling:service-namespace" = "ecs" } }
    },
    {
      Sid      = "SeeScaling"
      Effect   = "Allow"
      Action   = ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScheduledActions"]
      Resource = ["*"] # Describe actions cannot be restricted to a resource
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
      # once per job: the bucket policy denies overwriting
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
      # once per release: the bucket policy denies overwriting
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
      Resource = ["*"] # a task definition has no ARN before it exists; the roles that may be passed restrict it
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

  # the smoke test after a deployment calls the gateway with the API key
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
      # a version is proved before anything moves to it
      Sid      = "ReadArchives"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = ["${var.bucket}/training-jobs/*/output/*"]
    },
    {
      # must not set a task definition: a rollback returns to what was already running
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
      Resource = ["*"] # a token is valid for the account, not for a repository
    },
    {
      Sid      = "KnowTheEnvironment"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = [var.record]
    },
  ]

  # A plan compares the code with the state (terraform plan -refresh=false). A refresh would require permission to read every secret, because the
  # provider reads a secret to check that it exists; a pull request must not have that permission.
  plan = concat(
    [{
      Sid      = "KnowTheZones"
      Effect   = "Allow"
      Action   = ["ec2:DescribeAvailabilityZones"]
      Resource = ["*"] # Describe actions cannot be restricted to a resource
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

  # Compares the candidates of a pull request with the deployed versions: reads the champion and the data, and nothing else.
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
      # an archive is read by the object version in its manifest
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

  # Lists in ECS which images are running, and pulls them; has no access to the store.
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
      Resource = ["*"] # DescribeTaskDefinition cannot be restricted to a resource
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
      Resource = ["*"] # a token is valid for the account, not for a repository
    },
  ]

  # A plan with a refresh: AWS's ReadOnlyAccess for all configuration, what else Terraform needs, and a denial of everything that is not
  # configuration. The provider reads a secret to check that it exists, so this role can read the secrets.
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
      # NotResource must not be empty
      length(var.state) > 0
      ? { NotResource = flatten([for state in var.state : [state.object, "${state.object}.tflock"]]) }
      : { Resource = ["*"] }, # a denial applies to everything
    ),
    {
      Sid    = "ReadNoDataElsewhere"
      Effect = "Deny"
      Action = [
        "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults",
        "logs:StartLiveTail", "logs:StartQuery", "logs:Unmask", "sqs:ReceiveMessage",
      ]
      Resource = ["*"] # a denial applies to everything
    },
  ])

  managed = { for role, policy in {
    drift = "${local.aws_policies}/ReadOnlyAccess"
    apply = "${local.aws_policies}/AdministratorAccess" # it can change roles, so fewer permissions would not restrict it
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
