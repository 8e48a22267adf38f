using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<WarmPoolResourceStatus>))]
public class WarmPoolResourceStatus(string value) : ConstantClass(value)
{
    public static readonly WarmPoolResourceStatus Available = new("Available");
    public static readonly WarmPoolResourceStatus InUse = new("InUse");
    public static readonly WarmPoolResourceStatus Reused = new("Reused");
    public static readonly WarmPoolResourceStatus Terminated = new("Terminated");

    public static WarmPoolResourceStatus FindValue(string value) => FindValue<WarmPoolResourceStatus>(value);

    public static implicit operator WarmPoolResourceStatus(string value) => FindValue(value);
}
