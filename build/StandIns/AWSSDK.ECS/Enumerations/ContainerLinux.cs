using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<DeviceCgroupPermission>))]
public class DeviceCgroupPermission(string value) : ConstantClass(value)
{
    public static readonly DeviceCgroupPermission Mknod = new("mknod");
    public static readonly DeviceCgroupPermission Read = new("read");
    public static readonly DeviceCgroupPermission Write = new("write");

    public static DeviceCgroupPermission FindValue(string value) => FindValue<DeviceCgroupPermission>(value);

    public static implicit operator DeviceCgroupPermission(string value) => FindValue(value);
}
