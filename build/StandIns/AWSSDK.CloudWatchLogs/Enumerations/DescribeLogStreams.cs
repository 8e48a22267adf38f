using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.CloudWatchLogs;

[JsonConverter(typeof(ConstantConverter<OrderBy>))]
public class OrderBy(string value) : ConstantClass(value)
{
    public static readonly OrderBy LastEventTime = new("LastEventTime");
    public static readonly OrderBy LogStreamName = new("LogStreamName");

    public static OrderBy FindValue(string value) => FindValue<OrderBy>(value);

    public static implicit operator OrderBy(string value) => FindValue(value);
}
