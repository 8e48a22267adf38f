namespace Amazon.ECS.Model;

public class Task
{
    public List<Attachment> Attachments { get; set; }
    public List<Attribute> Attributes { get; set; }
    public string AvailabilityZone { get; set; }
    public string CapacityProviderName { get; set; }
    public string ClusterArn { get; set; }
    public Connectivity Connectivity { get; set; }
    public DateTime? ConnectivityAt { get; set; }
    public string ContainerInstanceArn { get; set; }
    public List<Container> Containers { get; set; }
    public string Cpu { get; set; }
    public DateTime? CreatedAt { get; set; }
    public string DesiredStatus { get; set; }
    public bool? EnableExecuteCommand { get; set; }
    public EphemeralStorage EphemeralStorage { get; set; }
    public DateTime? ExecutionStoppedAt { get; set; }
    public TaskEphemeralStorage FargateEphemeralStorage { get; set; }
    public string Group { get; set; }
    public HealthStatus HealthStatus { get; set; }
    public List<InferenceAccelerator> InferenceAccelerators { get; set; }
    public string LastStatus { get; set; }
    public LaunchType LaunchType { get; set; }
    public string Memory { get; set; }
    public TaskOverride Overrides { get; set; }
    public string PlatformFamily { get; set; }
    public string PlatformVersion { get; set; }
    public DateTime? PullStartedAt { get; set; }
    public DateTime? PullStoppedAt { get; set; }
    public DateTime? StartedAt { get; set; }
    public string StartedBy { get; set; }
    public TaskStopCode StopCode { get; set; }
    public DateTime? StoppedAt { get; set; }
    public string StoppedReason { get; set; }
    public DateTime? StoppingAt { get; set; }
    public List<Tag> Tags { get; set; }
    public string TaskArn { get; set; }
    public string TaskDefinitionArn { get; set; }
    public long? Version { get; set; }
}

public class Attachment
{
    public List<KeyValuePair> Details { get; set; }
    public string Id { get; set; }
    public string Status { get; set; }
    public string Type { get; set; }
}

public class TaskEphemeralStorage
{
    public string KmsKeyId { get; set; }
    public int? SizeInGiB { get; set; }
}
