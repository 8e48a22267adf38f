using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<ResourceManagementType>))]
public class ResourceManagementType(string value) : ConstantClass(value)
{
    public static readonly ResourceManagementType CUSTOMER = new("CUSTOMER");
    public static readonly ResourceManagementType ECS = new("ECS");

    public static ResourceManagementType FindValue(string value) => FindValue<ResourceManagementType>(value);

    public static implicit operator ResourceManagementType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ScaleUnit>))]
public class ScaleUnit(string value) : ConstantClass(value)
{
    public static readonly ScaleUnit PERCENT = new("PERCENT");

    public static ScaleUnit FindValue(string value) => FindValue<ScaleUnit>(value);

    public static implicit operator ScaleUnit(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<SchedulingStrategy>))]
public class SchedulingStrategy(string value) : ConstantClass(value)
{
    public static readonly SchedulingStrategy DAEMON = new("DAEMON");
    public static readonly SchedulingStrategy REPLICA = new("REPLICA");

    public static SchedulingStrategy FindValue(string value) => FindValue<SchedulingStrategy>(value);

    public static implicit operator SchedulingStrategy(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<StabilityStatus>))]
public class StabilityStatus(string value) : ConstantClass(value)
{
    public static readonly StabilityStatus STABILIZING = new("STABILIZING");
    public static readonly StabilityStatus STEADY_STATE = new("STEADY_STATE");

    public static StabilityStatus FindValue(string value) => FindValue<StabilityStatus>(value);

    public static implicit operator StabilityStatus(string value) => FindValue(value);
}
