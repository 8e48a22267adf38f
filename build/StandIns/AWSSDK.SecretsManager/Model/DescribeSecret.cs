using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class DescribeSecretRequest : AmazonSecretsManagerRequest
{
    public string SecretId { get; set; }
}

public class DescribeSecretResponse : AmazonWebServiceResponse
{
    public string ARN { get; set; }
    public DateTime? CreatedDate { get; set; }
    public DateTime? DeletedDate { get; set; }
    public string Description { get; set; }
    public List<ExternalSecretRotationMetadataItem> ExternalSecretRotationMetadata { get; set; }
    public string ExternalSecretRotationRoleArn { get; set; }
    public string KmsKeyId { get; set; }
    public DateTime? LastAccessedDate { get; set; }
    public DateTime? LastChangedDate { get; set; }
    public DateTime? LastRotatedDate { get; set; }
    public string Name { get; set; }
    public DateTime? NextRotationDate { get; set; }
    public string OwningService { get; set; }
    public string PrimaryRegion { get; set; }
    public List<ReplicationStatusType> ReplicationStatus { get; set; }
    public bool? RotationEnabled { get; set; }
    public string RotationLambdaARN { get; set; }
    public RotationRulesType RotationRules { get; set; }
    public List<Tag> Tags { get; set; }
    public string Type { get; set; }
    public Dictionary<string, List<string>> VersionIdsToStages { get; set; }
}

public class ExternalSecretRotationMetadataItem
{
    public string Key { get; set; }
    public string Value { get; set; }
}

public class ReplicationStatusType
{
    public string KmsKeyId { get; set; }
    public DateTime? LastAccessedDate { get; set; }
    public string Region { get; set; }
    public StatusType Status { get; set; }
    public string StatusMessage { get; set; }
}

public class RotationRulesType
{
    public long? AutomaticallyAfterDays { get; set; }
    public string Duration { get; set; }
    public string ScheduleExpression { get; set; }
}

public class Tag
{
    public string Key { get; set; }
    public string Value { get; set; }
}
