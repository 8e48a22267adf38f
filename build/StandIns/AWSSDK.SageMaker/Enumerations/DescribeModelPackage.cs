using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<ModelPackageStatus>))]
public class ModelPackageStatus(string value) : ConstantClass(value)
{
    public static readonly ModelPackageStatus Completed = new("Completed");
    public static readonly ModelPackageStatus Deleting = new("Deleting");
    public static readonly ModelPackageStatus Failed = new("Failed");
    public static readonly ModelPackageStatus InProgress = new("InProgress");
    public static readonly ModelPackageStatus Pending = new("Pending");

    public static ModelPackageStatus FindValue(string value) => FindValue<ModelPackageStatus>(value);

    public static implicit operator ModelPackageStatus(string value) => FindValue(value);
}
