using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<ModelApprovalStatus>))]
public class ModelApprovalStatus(string value) : ConstantClass(value)
{
    public static readonly ModelApprovalStatus Approved = new("Approved");
    public static readonly ModelApprovalStatus PendingManualApproval = new("PendingManualApproval");
    public static readonly ModelApprovalStatus Rejected = new("Rejected");

    public static ModelApprovalStatus FindValue(string value) => FindValue<ModelApprovalStatus>(value);

    public static implicit operator ModelApprovalStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<SkipModelValidation>))]
public class SkipModelValidation(string value) : ConstantClass(value)
{
    public static readonly SkipModelValidation All = new("All");
    public static readonly SkipModelValidation None = new("None");

    public static SkipModelValidation FindValue(string value) => FindValue<SkipModelValidation>(value);

    public static implicit operator SkipModelValidation(string value) => FindValue(value);
}
