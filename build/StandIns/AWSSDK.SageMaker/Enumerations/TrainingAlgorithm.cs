using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<TrainingInputMode>))]
public class TrainingInputMode(string value) : ConstantClass(value)
{
    public static readonly TrainingInputMode FastFile = new("FastFile");
    public static readonly TrainingInputMode File = new("File");
    public static readonly TrainingInputMode Pipe = new("Pipe");

    public static TrainingInputMode FindValue(string value) => FindValue<TrainingInputMode>(value);

    public static implicit operator TrainingInputMode(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<TrainingRepositoryAccessMode>))]
public class TrainingRepositoryAccessMode(string value) : ConstantClass(value)
{
    public static readonly TrainingRepositoryAccessMode Platform = new("Platform");
    public static readonly TrainingRepositoryAccessMode Vpc = new("Vpc");

    public static TrainingRepositoryAccessMode FindValue(string value) => FindValue<TrainingRepositoryAccessMode>(value);

    public static implicit operator TrainingRepositoryAccessMode(string value) => FindValue(value);
}
