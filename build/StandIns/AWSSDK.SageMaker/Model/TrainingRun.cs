namespace Amazon.SageMaker.Model;

public class CheckpointConfig
{
    public string LocalPath { get; set; }
    public string S3Uri { get; set; }
}

public class ExperimentConfig
{
    public string ExperimentName { get; set; }
    public string RunName { get; set; }
    public string TrialComponentDisplayName { get; set; }
    public string TrialName { get; set; }
}

public class InfraCheckConfig
{
    public bool? EnableInfraCheck { get; set; }
}

public class InstanceGroup
{
    public int? InstanceCount { get; set; }
    public string InstanceGroupName { get; set; }
    public TrainingInstanceType InstanceType { get; set; }
}

public class OutputDataConfig
{
    public OutputCompressionType CompressionType { get; set; }
    public string KmsKeyId { get; set; }
    public string S3OutputPath { get; set; }
}

public class RemoteDebugConfig
{
    public bool? EnableRemoteDebug { get; set; }
}

public class ResourceConfig
{
    public int? InstanceCount { get; set; }
    public List<InstanceGroup> InstanceGroups { get; set; }
    public TrainingInstanceType InstanceType { get; set; }
    public int? KeepAlivePeriodInSeconds { get; set; }
    public string TrainingPlanArn { get; set; }
    public string VolumeKmsKeyId { get; set; }
    public int? VolumeSizeInGB { get; set; }
}

public class RetryStrategy
{
    public int? MaximumRetryAttempts { get; set; }
}

public class SessionChainingConfig
{
    public bool? EnableSessionTagChaining { get; set; }
}

public class StoppingCondition
{
    public int? MaxPendingTimeInSeconds { get; set; }
    public int? MaxRuntimeInSeconds { get; set; }
    public int? MaxWaitTimeInSeconds { get; set; }
}

public class VpcConfig
{
    public List<string> SecurityGroupIds { get; set; }
    public List<string> Subnets { get; set; }
}
