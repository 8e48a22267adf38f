namespace Amazon.ECS.Model;

public class EnvironmentFile
{
    public EnvironmentFileType Type { get; set; }
    public string Value { get; set; }
}

public class HostEntry
{
    public string Hostname { get; set; }
    public string IpAddress { get; set; }
}

public class KeyValuePair
{
    public string Name { get; set; }
    public string Value { get; set; }
}

public class ResourceRequirement
{
    public ResourceType Type { get; set; }
    public string Value { get; set; }
}

public class Secret
{
    public string Name { get; set; }
    public string ValueFrom { get; set; }
}

public class SystemControl
{
    public string Namespace { get; set; }
    public string Value { get; set; }
}

public class Ulimit
{
    public int? HardLimit { get; set; }
    public UlimitName Name { get; set; }
    public int? SoftLimit { get; set; }
}
