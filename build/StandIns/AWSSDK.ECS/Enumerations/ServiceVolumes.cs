using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.ECS;

[JsonConverter(typeof(ConstantConverter<EBSResourceType>))]
public class EBSResourceType(string value) : ConstantClass(value)
{
    public static readonly EBSResourceType Volume = new("volume");

    public static EBSResourceType FindValue(string value) => FindValue<EBSResourceType>(value);

    public static implicit operator EBSResourceType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<TaskFilesystemType>))]
public class TaskFilesystemType(string value) : ConstantClass(value)
{
    public static readonly TaskFilesystemType Ext3 = new("ext3");
    public static readonly TaskFilesystemType Ext4 = new("ext4");
    public static readonly TaskFilesystemType Ntfs = new("ntfs");
    public static readonly TaskFilesystemType Xfs = new("xfs");

    public static TaskFilesystemType FindValue(string value) => FindValue<TaskFilesystemType>(value);

    public static implicit operator TaskFilesystemType(string value) => FindValue(value);
}
