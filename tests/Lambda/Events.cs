using System.Globalization;
using Slipway.Automation.Aws;
using Slipway.Automation.Tests.Aws;

namespace Slipway.Automation.Lambda.Tests;

/// <summary>Events as EventBridge delivers them, and the environment that they are for.</summary>
internal static class Events
{
    public static AwsEnvironmentRecord Environment => AwsFixture.Environment;

    public static string ObjectCreated(string key, string version = "v-1", string bucket = "slipway-test", long size = 512) =>
        $$"""
        {
          "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3",
          "account": "111122223333", "time": "2026-01-02T03:04:05Z", "region": "eu-central-1", "resources": ["arn:aws:s3:::{{bucket}}"],
          "detail": {
            "version": "0", "bucket": { "name": "{{bucket}}" },
            "object": { "key": "{{key}}", "size": {{size.ToString(CultureInfo.InvariantCulture)}}, "etag": "b1946ac92492d2347c6235b4d2611184", "version-id": "{{version}}", "sequencer": "00617F08299329D189" },
            "request-id": "N4N7GDK58NMKJ12R", "requester": "111122223333", "source-ip-address": "1.2.3.4", "reason": "PutObject"
          }
        }
        """;

    public static string TrainingJob(
        string job, string status, string? failure = null, string? secondary = null, string output = "s3://slipway-test/training-jobs") =>
        $$"""
        {
          "version": "0", "id": "844e2571-85d4-695f-b930-0153b71dcb42", "detail-type": "SageMaker Training Job State Change", "source": "aws.sagemaker",
          "account": "111122223333", "time": "2026-01-02T03:04:05Z", "region": "eu-central-1",
          "resources": ["arn:aws:sagemaker:eu-central-1:111122223333:training-job/{{job}}"],
          "detail": {
            "TrainingJobName": "{{job}}", "TrainingJobArn": "arn:aws:sagemaker:eu-central-1:111122223333:training-job/{{job}}",
            "TrainingJobStatus": "{{status}}", "SecondaryStatus": "{{secondary ?? status}}"{{(failure is null ? "" : $", \"FailureReason\": \"{failure}\"")}},
            "OutputDataConfig": { "KmsKeyId": "", "S3OutputPath": "{{output}}" },
            "CreationTime": 1767323045000, "LastModifiedTime": 1767323145000, "SecondaryStatusTransitions": [], "Tags": {}
          }
        }
        """;

    public static string ModelPackage(string group, string status, int version = 1) =>
        $$"""
        {
          "version": "0", "id": "844e2571-85d4-695f-b930-0153b71dcb42", "detail-type": "SageMaker Model Package State Change", "source": "aws.sagemaker",
          "account": "111122223333", "time": "2026-01-02T03:04:05Z", "region": "eu-central-1", "resources": ["{{PackageArn(group, version)}}"],
          "detail": {
            "ModelPackageGroupName": "{{group}}", "ModelPackageVersion": {{version.ToString(CultureInfo.InvariantCulture)}}, "ModelPackageArn": "{{PackageArn(group, version)}}",
            "CreationTime": "2026-01-02T03:04:05.926Z", "ModelPackageStatus": "Completed", "ModelApprovalStatus": "{{status}}"
          }
        }
        """;

    /// <summary>A CloudEvent of the gateway.</summary>
    public static string Traffic(string phase, string? rollout = "r2", string gateway = "main") =>
        $$"""
        {
          "version": "0", "id": "5b0c2a8e-1d0a-4f5e-9d7e-0a1b2c3d4e5f", "detail-type": "slipway.traffic.{{phase}}", "source": "slipway",
          "account": "111122223333", "time": "2026-01-02T03:04:05Z", "region": "eu-central-1", "resources": [],
          "detail": {
            "specversion": "1.0", "id": "r2-7", "source": "/slipway/{{gateway}}", "type": "slipway.traffic.{{phase}}", "time": "2026-01-02T03:04:05Z",
            "datacontenttype": "application/json",
            "data": { "gateway": "{{gateway}}", "before": "baking", "phase": "{{phase}}", "split": { "blue": 100, "green": 0 }, "reason": "because"{{(rollout is null ? "" : $", \"rollout\": \"{rollout}\"")}} }
          }
        }
        """;

    /// <summary>The gateway has found drift; as it reaches the bus.</summary>
    public static string Drift(string? model = "pumps", string gateway = "main") =>
        $$"""
        {
          "version": "0", "id": "5b0c2a8e-1d0a-4f5e-9d7e-0a1b2c3d4e5f", "detail-type": "slipway.model.drift", "source": "slipway",
          "account": "111122223333", "time": "2026-01-02T03:04:05Z", "region": "eu-central-1", "resources": [],
          "detail": {
            "specversion": "1.0", "id": "pumps-7", "source": "/slipway/{{gateway}}", "type": "slipway.model.drift", "time": "2026-01-02T03:04:05Z",{{(model is null ? "" : $" \"subject\": \"{model}\",")}}
            "datacontenttype": "application/json", "data": { "gateway": "{{gateway}}", "phase": "idle" }
          }
        }
        """;

    public static string RetrainLook => Scheduled.Replace("rollout-look", "retrain-look", StringComparison.Ordinal);

    public static string Labels(string rule) => Scheduled.Replace("rollout-look", rule, StringComparison.Ordinal);

    public const string Scheduled =
        """
        {
          "version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "detail-type": "Scheduled Event", "source": "aws.events",
          "account": "111122223333", "time": "2026-01-02T03:05:00Z", "region": "eu-central-1",
          "resources": ["arn:aws:events:eu-central-1:111122223333:rule/slipway-test-rollout-look"], "detail": {}
        }
        """;

    public static string PackageArn(string group, int version) =>
        $"arn:aws:sagemaker:eu-central-1:111122223333:model-package/{group}/{version.ToString(CultureInfo.InvariantCulture)}";
}
