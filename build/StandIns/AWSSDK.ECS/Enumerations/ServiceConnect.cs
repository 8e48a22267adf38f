using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<ServiceConnectAccessLoggingFormat>))]
public class ServiceConnectAccessLoggingFormat(string value) : ConstantClass(value)
{
    public static readonly ServiceConnectAccessLoggingFormat JSON = new("JSON");
    public static readonly ServiceConnectAccessLoggingFormat TEXT = new("TEXT");

    public static ServiceConnectAccessLoggingFormat FindValue(string value) => FindValue<ServiceConnectAccessLoggingFormat>(value);

    public static implicit operator ServiceConnectAccessLoggingFormat(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ServiceConnectIncludeQueryParameters>))]
public class ServiceConnectIncludeQueryParameters(string value) : ConstantClass(value)
{
    public static readonly ServiceConnectIncludeQueryParameters DISABLED = new("DISABLED");
    public static readonly ServiceConnectIncludeQueryParameters ENABLED = new("ENABLED");

    public static ServiceConnectIncludeQueryParameters FindValue(string value) => FindValue<ServiceConnectIncludeQueryParameters>(value);

    public static implicit operator ServiceConnectIncludeQueryParameters(string value) => FindValue(value);
}
