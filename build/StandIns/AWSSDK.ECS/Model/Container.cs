namespace Amazon.ECS.Model;

public class Container
{
    public string ContainerArn { get; set; }
    public string Cpu { get; set; }
    public int? ExitCode { get; set; }
    public List<string> GpuIds { get; set; }
    public HealthStatus HealthStatus { get; set; }
    public string Image { get; set; }
    public string ImageDigest { get; set; }
    public string LastStatus { get; set; }
    public List<ManagedAgent> ManagedAgents { get; set; }
    public string Memory { get; set; }
    public string MemoryReservation { get; set; }
    public string Name { get; set; }
    public List<NetworkBinding> NetworkBindings { get; set; }
    public List<NetworkInterface> NetworkInterfaces { get; set; }
    public string Reason { get; set; }
    public string RuntimeId { get; set; }
    public string TaskArn { get; set; }
}

public class ManagedAgent
{
    public DateTime? LastStartedAt { get; set; }
    public string LastStatus { get; set; }
    public ManagedAgentName Name { get; set; }
    public string Reason { get; set; }
}

public class NetworkBinding
{
    public string BindIP { get; set; }
    public int? ContainerPort { get; set; }
    public string ContainerPortRange { get; set; }
    public int? HostPort { get; set; }
    public string HostPortRange { get; set; }
    public TransportProtocol Protocol { get; set; }
}

public class NetworkInterface
{
    public string AttachmentId { get; set; }
    public string Ipv6Address { get; set; }
    public string PrivateIpv4Address { get; set; }
}
