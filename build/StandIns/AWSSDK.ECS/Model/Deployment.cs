namespace Amazon.ECS.Model;

public class Deployment
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; }
    public DateTime? CreatedAt { get; set; }
    public int? DesiredCount { get; set; }
    public int? FailedTasks { get; set; }
    public DeploymentEphemeralStorage FargateEphemeralStorage { get; set; }
    public string Id { get; set; }
    public LaunchType LaunchType { get; set; }
    public NetworkConfiguration NetworkConfiguration { get; set; }
    public int? PendingCount { get; set; }
    public string PlatformFamily { get; set; }
    public string PlatformVersion { get; set; }
    public DeploymentRolloutState RolloutState { get; set; }
    public string RolloutStateReason { get; set; }
    public int? RunningCount { get; set; }
    public ServiceConnectConfiguration ServiceConnectConfiguration { get; set; }
    public List<ServiceConnectServiceResource> ServiceConnectResources { get; set; }
    public string Status { get; set; }
    public string TaskDefinition { get; set; }
    public DateTime? UpdatedAt { get; set; }
    public List<ServiceVolumeConfiguration> VolumeConfigurations { get; set; }
    public List<VpcLatticeConfiguration> VpcLatticeConfigurations { get; set; }
}

public class DeploymentEphemeralStorage
{
    public string KmsKeyId { get; set; }
}
