using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class RegisterTaskDefinitionRequest : AmazonECSRequest
{
    public List<ContainerDefinition> ContainerDefinitions { get; set; }
    public string Cpu { get; set; }
    public bool? EnableFaultInjection { get; set; }
    public EphemeralStorage EphemeralStorage { get; set; }
    public string ExecutionRoleArn { get; set; }
    public string Family { get; set; }
    public List<InferenceAccelerator> InferenceAccelerators { get; set; }
    public IpcMode IpcMode { get; set; }
    public string Memory { get; set; }
    public NetworkMode NetworkMode { get; set; }
    public PidMode PidMode { get; set; }
    public List<TaskDefinitionPlacementConstraint> PlacementConstraints { get; set; }
    public ProxyConfiguration ProxyConfiguration { get; set; }
    public List<string> RequiresCompatibilities { get; set; }
    public RuntimePlatform RuntimePlatform { get; set; }
    public List<Tag> Tags { get; set; }
    public string TaskRoleArn { get; set; }
    public List<Volume> Volumes { get; set; }
}

public class RegisterTaskDefinitionResponse : AmazonWebServiceResponse
{
    public List<Tag> Tags { get; set; }
    public TaskDefinition TaskDefinition { get; set; }
}
