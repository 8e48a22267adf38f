using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<ModelPackageSortBy>))]
public class ModelPackageSortBy(string value) : ConstantClass(value)
{
    public static readonly ModelPackageSortBy CreationTime = new("CreationTime");
    public static readonly ModelPackageSortBy Name = new("Name");

    public static ModelPackageSortBy FindValue(string value) => FindValue<ModelPackageSortBy>(value);

    public static implicit operator ModelPackageSortBy(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ModelPackageType>))]
public class ModelPackageType(string value) : ConstantClass(value)
{
    public static readonly ModelPackageType Both = new("Both");
    public static readonly ModelPackageType Unversioned = new("Unversioned");
    public static readonly ModelPackageType Versioned = new("Versioned");

    public static ModelPackageType FindValue(string value) => FindValue<ModelPackageType>(value);

    public static implicit operator ModelPackageType(string value) => FindValue(value);
}
