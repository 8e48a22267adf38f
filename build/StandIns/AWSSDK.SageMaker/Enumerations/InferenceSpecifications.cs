using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<AdditionalS3DataSourceDataType>))]
public class AdditionalS3DataSourceDataType(string value) : ConstantClass(value)
{
    public static readonly AdditionalS3DataSourceDataType S3Object = new("S3Object");
    public static readonly AdditionalS3DataSourceDataType S3Prefix = new("S3Prefix");

    public static AdditionalS3DataSourceDataType FindValue(string value) => FindValue<AdditionalS3DataSourceDataType>(value);

    public static implicit operator AdditionalS3DataSourceDataType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ModelCompressionType>))]
public class ModelCompressionType(string value) : ConstantClass(value)
{
    public static readonly ModelCompressionType Gzip = new("Gzip");
    public static readonly ModelCompressionType None = new("None");

    public static ModelCompressionType FindValue(string value) => FindValue<ModelCompressionType>(value);

    public static implicit operator ModelCompressionType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<S3ModelDataType>))]
public class S3ModelDataType(string value) : ConstantClass(value)
{
    public static readonly S3ModelDataType S3Object = new("S3Object");
    public static readonly S3ModelDataType S3Prefix = new("S3Prefix");

    public static S3ModelDataType FindValue(string value) => FindValue<S3ModelDataType>(value);

    public static implicit operator S3ModelDataType(string value) => FindValue(value);
}
