locals {
  sagemaker = "${local.aws}:sagemaker:${local.region}:${local.account}"

  network_actions = [
    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ]

  # what every function needs in order to run
  every = { for name, function in local.functions : name => [
    {
      Sid      = "WriteTheLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.this[name].arn}:*"]
    },
    {
      Sid      = "KeepWhatFailed"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [aws_sqs_queue.dead_letters.arn]
    },
    {
      Sid      = "JoinTheNetwork"
      Effect   = "Allow"
      Action   = local.network_actions
      Resource = ["*"] # Lambda requires these before an interface exists that could be named
    },
    {
      Sid       = "ButNotFromItsCode"
      Effect    = "Deny"
      Action    = local.network_actions
      Resource  = ["*"] # for the Lambda service, which attaches the function to the VPC; the function's own code does not need them
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = [local.arns[name]] } }
    },
    {
      # not restricted by prefix: without this permission on the whole bucket, S3 returns 403 instead of 404 for an object that does not exist
      Sid      = "TellMissingFromForbidden"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [var.bucket]
    },
    {
      Sid      = "UseTheKey"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
      Resource = [var.key]
    },
  ] }

  # training-finished restarts a job that was compared with an outdated champion, so two functions start jobs
  start = [
    {
      Sid      = "SeeWhatIsLive"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.bucket}/catalog/*"]
    },
    {
      Sid      = "CopyTheInput"
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
      Resource = ["${var.bucket}/training-jobs/*/input/*"]
    },
    {
      # once per job: the bucket policy denies overwriting
      Sid      = "SayWhatItIsMadeOfAndThatItFailed"
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
      Sid       = "StartTheJob"
      Effect    = "Allow"
      Action    = ["sagemaker:CreateTrainingJob"]
      Resource  = ["${local.sagemaker}:training-job/*"]
      Condition = var.job_condition
    },
    {
      Sid      = "SayWhatItIs"
      Effect   = "Allow"
      Action   = ["sagemaker:AddTags", "sagemaker:DescribeTrainingJob"]
      Resource = ["${local.sagemaker}:training-job/*"]
    },
    {
      Sid       = "GiveTheJobItsRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [var.training_role]
      Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }
    },
  ]

  own = {
    dataset_arrived = concat(local.start, [
      {
        Sid    = "ReadDatasetsAndWhatTheyAreTrainedWith"
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"]
        # models/ contains the recipe; training-jobs/ contains the champion's artifact and the previous attempts
        Resource = ["${var.bucket}/datasets/*", "${var.bucket}/models/*", "${var.bucket}/training-jobs/*"]
      },
      {
        Sid      = "ReadWhatMonitoringFound"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket}/monitoring/*"]
      },
      {
        Sid      = "SayHowFarRetrainingIs"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${var.bucket}/monitoring/*/retrain.json"]
      },
    ])

    labels_due = [
      {
        Sid      = "ReadWhatWasPredictedAndWhatWasTrue"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for folder in ["predictions", "feedback"] : "${var.bucket}/${folder}/*"]
      },
      {
        # the manifest of a version, its archive for slices and estimates, and its dataset to compare the last day with
        Sid      = "ReadWhatVersionsMean"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource = ["${var.bucket}/models/*", "${var.bucket}/training-jobs/*/output/*", "${var.bucket}/datasets/*"]
      },
      {
        Sid      = "ReadWhatWasJoinedBefore"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for keys in ["_joined/*", "*/hours/*", "*/quality.json", "*/domain.json"] : "${var.bucket}/monitoring/${keys}"]
      },
      {
        Sid      = "SayHowGoodModelsAre"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = [for keys in ["_joined/*", "*/hours/*", "*/quality.json", "*/domain.json"] : "${var.bucket}/monitoring/${keys}"]
      },
    ]

    training_finished = concat(local.start, [
      {
        Sid    = "ReadWhatTheJobMade"
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"]
        # datasets/ for the version in a lineage
        Resource = ["${var.bucket}/training-jobs/*", "${var.bucket}/models/*", "${var.bucket}/datasets/*"]
      },
      {
        Sid      = "SayHowItEnded"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = [for file in ["registered.json", "report.html", "report.md"] : "${var.bucket}/training-jobs/*/${file}"]
      },
      {
        Sid      = "LabelTheArtifact"
        Effect   = "Allow"
        Action   = ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
        Resource = ["${var.bucket}/training-jobs/*/output/*"]
      },
      {
        Sid      = "RegisterAndPublish"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = concat(["${var.bucket}/catalog/*"], [for folder in ["signatures", "versions", "channels", "history"] : "${var.bucket}/models/*/${folder}/*"])
      },
      {
        Sid      = "SeeTrafficAndServers"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket}/traffic/${var.gateway}/*", "${var.bucket}/replicas/*"]
      },
      {
        Sid      = "RollOutAndWaitForTheTurn"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = [for key in ["desired.json", "waiting/*"] : "${var.bucket}/traffic/${var.gateway}/${key}"]
      },
      {
        # the same as to deploy: the color that serves a version first becomes as large as the other one, and may become smaller later
        Sid    = "KeepBothColorsForARollout"
        Effect = "Allow"
        Action = [
          "application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction", "application-autoscaling:RegisterScalableTarget",
        ]
        Resource  = ["${local.aws}:application-autoscaling:${local.region}:${local.account}:scalable-target/*"] # AWS assigns their ids
        Condition = { StringEquals = { "application-autoscaling:service-namespace" = "ecs" } }
      },
      {
        # who scales a service must be allowed to look at it and to change it, but not what it runs
        Sid       = "LetTheColorsBeScaled"
        Effect    = "Allow"
        Action    = ["ecs:DescribeServices", "ecs:UpdateService"]
        Resource  = [for service in var.servers : "${local.aws}:ecs:${local.region}:${local.account}:service/${var.cluster}/${service}"]
        Condition = { Null = { "ecs:task-definition" = "true" } }
      },
      {
        Sid      = "SeeScaling"
        Effect   = "Allow"
        Action   = ["application-autoscaling:DescribeScheduledActions"]
        Resource = ["*"] # Describe actions cannot be restricted to a resource
      },
      {
        Sid      = "WaitNoLonger"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = ["${var.bucket}/traffic/${var.gateway}/waiting/*"]
      },
      {
        # the only role that may: whoever signs decides what servers load
        Sid       = "SignWhatPassed"
        Effect    = "Allow"
        Action    = ["kms:Sign"]
        Resource  = [var.signing_key]
        Condition = { StringEquals = { "kms:MessageType" = "DIGEST", "kms:SigningAlgorithm" = "ECDSA_SHA_256" } }
      },
      {
        Sid    = "KeepTheModelRegistry"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags", "sagemaker:CreateModelPackage", "sagemaker:CreateModelPackageGroup", "sagemaker:DescribeModelPackage",
          "sagemaker:DescribeModelPackageGroup", "sagemaker:UpdateModelPackage",
        ]
        Resource = ["${local.sagemaker}:model-package-group/${var.group_prefix}*", "${local.sagemaker}:model-package/${var.group_prefix}*"]
      },
      {
        Sid      = "ListTheModelRegistry"
        Effect   = "Allow"
        Action   = ["sagemaker:ListModelPackages"]
        Resource = ["*"] # SageMaker's List actions cannot be restricted to a resource
      },
      {
        # the model registry checks with the caller's permissions that the image of a package exists
        Sid      = "NameTheImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:DescribeImages"]
        Resource = [var.repository]
      },
    ])
  }

  policies = { for name, statements in local.own : name => { Version = "2012-10-17", Statement = concat(local.every[name], statements) } }
}
