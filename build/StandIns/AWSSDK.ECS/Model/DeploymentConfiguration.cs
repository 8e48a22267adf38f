using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.Runtime.Documents;
using AwsJson;

namespace Amazon.ECS.Model;

public class DeploymentConfiguration
{
    public DeploymentAlarms Alarms { get; set; }
    public int? BakeTimeInMinutes { get; set; }
    public CanaryConfiguration CanaryConfiguration { get; set; }
    public DeploymentCircuitBreaker DeploymentCircuitBreaker { get; set; }
    public List<DeploymentLifecycleHook> LifecycleHooks { get; set; }
    public LinearConfiguration LinearConfiguration { get; set; }
    public int? MaximumPercent { get; set; }
    public int? MinimumHealthyPercent { get; set; }
    public DeploymentStrategy Strategy { get; set; }
}

public class CanaryConfiguration
{
    public int? CanaryBakeTimeInMinutes { get; set; }
    public double? CanaryPercent { get; set; }
}

public class DeploymentAlarms
{
    public List<string> AlarmNames { get; set; }
    public bool? Enable { get; set; }
    public bool? Rollback { get; set; }
}

public class DeploymentCircuitBreaker
{
    public bool? Enable { get; set; }
    public bool? Rollback { get; set; }
}

public class DeploymentController
{
    public DeploymentControllerType Type { get; set; }
}

public class DeploymentLifecycleHook
{
    [JsonIgnore]
    public Document HookDetails { get; set; }
    public string HookTargetArn { get; set; }
    public List<string> LifecycleStages { get; set; }
    public string RoleArn { get; set; }

    [JsonInclude, JsonPropertyName("hookDetails")]
    internal JsonNode HookDetailsJson
    {
        get => OpenContent.ToJson(HookDetails);
        set => HookDetails = OpenContent.FromJson(value);
    }
}

public class LinearConfiguration
{
    public int? StepBakeTimeInMinutes { get; set; }
    public double? StepPercent { get; set; }
}
