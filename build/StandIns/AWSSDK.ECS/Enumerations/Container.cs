using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<HealthStatus>))]
public class HealthStatus(string value) : ConstantClass(value)
{
    public static readonly HealthStatus HEALTHY = new("HEALTHY");
    public static readonly HealthStatus UNHEALTHY = new("UNHEALTHY");
    public static readonly HealthStatus UNKNOWN = new("UNKNOWN");

    public static HealthStatus FindValue(string value) => FindValue<HealthStatus>(value);

    public static implicit operator HealthStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ManagedAgentName>))]
public class ManagedAgentName(string value) : ConstantClass(value)
{
    public static readonly ManagedAgentName ExecuteCommandAgent = new("ExecuteCommandAgent");

    public static ManagedAgentName FindValue(string value) => FindValue<ManagedAgentName>(value);

    public static implicit operator ManagedAgentName(string value) => FindValue(value);
}
