using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<Compatibility>))]
public class Compatibility(string value) : ConstantClass(value)
{
    public static readonly Compatibility EC2 = new("EC2");
    public static readonly Compatibility EXTERNAL = new("EXTERNAL");
    public static readonly Compatibility FARGATE = new("FARGATE");
    public static readonly Compatibility MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public static Compatibility FindValue(string value) => FindValue<Compatibility>(value);

    public static implicit operator Compatibility(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<IpcMode>))]
public class IpcMode(string value) : ConstantClass(value)
{
    public static readonly IpcMode Host = new("host");
    public static readonly IpcMode None = new("none");
    public static readonly IpcMode Task = new("task");

    public static IpcMode FindValue(string value) => FindValue<IpcMode>(value);

    public static implicit operator IpcMode(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<NetworkMode>))]
public class NetworkMode(string value) : ConstantClass(value)
{
    public static readonly NetworkMode Awsvpc = new("awsvpc");
    public static readonly NetworkMode Bridge = new("bridge");
    public static readonly NetworkMode Host = new("host");
    public static readonly NetworkMode None = new("none");

    public static NetworkMode FindValue(string value) => FindValue<NetworkMode>(value);

    public static implicit operator NetworkMode(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<PidMode>))]
public class PidMode(string value) : ConstantClass(value)
{
    public static readonly PidMode Host = new("host");
    public static readonly PidMode Task = new("task");

    public static PidMode FindValue(string value) => FindValue<PidMode>(value);

    public static implicit operator PidMode(string value) => FindValue(value);
}
