namespace Amazon.ECS.Model;

public class MountPoint
{
    public string ContainerPath { get; set; }
    public bool? ReadOnly { get; set; }
    public string SourceVolume { get; set; }
}

public class PortMapping
{
    public ApplicationProtocol AppProtocol { get; set; }
    public int? ContainerPort { get; set; }
    public string ContainerPortRange { get; set; }
    public int? HostPort { get; set; }
    public string Name { get; set; }
    public TransportProtocol Protocol { get; set; }
}

public class VolumeFrom
{
    public bool? ReadOnly { get; set; }
    public string SourceContainer { get; set; }
}
