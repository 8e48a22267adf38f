using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<CompressionType>))]
public class CompressionType(string value) : ConstantClass(value)
{
    public static readonly CompressionType Gzip = new("Gzip");
    public static readonly CompressionType None = new("None");

    public static CompressionType FindValue(string value) => FindValue<CompressionType>(value);

    public static implicit operator CompressionType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<FileSystemAccessMode>))]
public class FileSystemAccessMode(string value) : ConstantClass(value)
{
    public static readonly FileSystemAccessMode Ro = new("ro");
    public static readonly FileSystemAccessMode Rw = new("rw");

    public static FileSystemAccessMode FindValue(string value) => FindValue<FileSystemAccessMode>(value);

    public static implicit operator FileSystemAccessMode(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<FileSystemType>))]
public class FileSystemType(string value) : ConstantClass(value)
{
    public static readonly FileSystemType EFS = new("EFS");
    public static readonly FileSystemType FSxLustre = new("FSxLustre");

    public static FileSystemType FindValue(string value) => FindValue<FileSystemType>(value);

    public static implicit operator FileSystemType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<RecordWrapper>))]
public class RecordWrapper(string value) : ConstantClass(value)
{
    public static readonly RecordWrapper None = new("None");
    public static readonly RecordWrapper RecordIO = new("RecordIO");

    public static RecordWrapper FindValue(string value) => FindValue<RecordWrapper>(value);

    public static implicit operator RecordWrapper(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<S3DataDistribution>))]
public class S3DataDistribution(string value) : ConstantClass(value)
{
    public static readonly S3DataDistribution FullyReplicated = new("FullyReplicated");
    public static readonly S3DataDistribution ShardedByS3Key = new("ShardedByS3Key");

    public static S3DataDistribution FindValue(string value) => FindValue<S3DataDistribution>(value);

    public static implicit operator S3DataDistribution(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<S3DataType>))]
public class S3DataType(string value) : ConstantClass(value)
{
    public static readonly S3DataType AugmentedManifestFile = new("AugmentedManifestFile");
    public static readonly S3DataType Converse = new("Converse");
    public static readonly S3DataType ManifestFile = new("ManifestFile");
    public static readonly S3DataType S3Prefix = new("S3Prefix");

    public static S3DataType FindValue(string value) => FindValue<S3DataType>(value);

    public static implicit operator S3DataType(string value) => FindValue(value);
}
