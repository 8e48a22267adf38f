using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<DetailedModelPackageStatus>))]
public class DetailedModelPackageStatus(string value) : ConstantClass(value)
{
    public static readonly DetailedModelPackageStatus Completed = new("Completed");
    public static readonly DetailedModelPackageStatus Failed = new("Failed");
    public static readonly DetailedModelPackageStatus InProgress = new("InProgress");
    public static readonly DetailedModelPackageStatus NotStarted = new("NotStarted");

    public static DetailedModelPackageStatus FindValue(string value) => FindValue<DetailedModelPackageStatus>(value);

    public static implicit operator DetailedModelPackageStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<ModelCardStatus>))]
public class ModelCardStatus(string value) : ConstantClass(value)
{
    public static readonly ModelCardStatus Approved = new("Approved");
    public static readonly ModelCardStatus Archived = new("Archived");
    public static readonly ModelCardStatus Draft = new("Draft");
    public static readonly ModelCardStatus PendingReview = new("PendingReview");

    public static ModelCardStatus FindValue(string value) => FindValue<ModelCardStatus>(value);

    public static implicit operator ModelCardStatus(string value) => FindValue(value);
}
