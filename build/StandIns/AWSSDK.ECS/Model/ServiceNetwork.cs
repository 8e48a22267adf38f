namespace Amazon.ECS.Model;

public class AdvancedConfiguration
{
    public string AlternateTargetGroupArn { get; set; }
    public string ProductionListenerRule { get; set; }
    public string RoleArn { get; set; }
    public string TestListenerRule { get; set; }
}

public class AwsVpcConfiguration
{
    public AssignPublicIp AssignPublicIp { get; set; }
    public List<string> SecurityGroups { get; set; }
    public List<string> Subnets { get; set; }
}

public class LoadBalancer
{
    public AdvancedConfiguration AdvancedConfiguration { get; set; }
    public string ContainerName { get; set; }
    public int? ContainerPort { get; set; }
    public string LoadBalancerName { get; set; }
    public string TargetGroupArn { get; set; }
}

public class NetworkConfiguration
{
    public AwsVpcConfiguration AwsvpcConfiguration { get; set; }
}

public class ServiceRegistry
{
    public string ContainerName { get; set; }
    public int? ContainerPort { get; set; }
    public int? Port { get; set; }
    public string RegistryArn { get; set; }
}

public class VpcLatticeConfiguration
{
    public string PortName { get; set; }
    public string RoleArn { get; set; }
    public string TargetGroupArn { get; set; }
}
