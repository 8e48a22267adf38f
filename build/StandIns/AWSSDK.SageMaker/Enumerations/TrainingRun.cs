using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<OutputCompressionType>))]
public class OutputCompressionType(string value) : ConstantClass(value)
{
    public static readonly OutputCompressionType GZIP = new("GZIP");
    public static readonly OutputCompressionType NONE = new("NONE");

    public static OutputCompressionType FindValue(string value) => FindValue<OutputCompressionType>(value);

    public static implicit operator OutputCompressionType(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<TrainingInstanceType>))]
public class TrainingInstanceType(string value) : ConstantClass(value)
{
    public static readonly TrainingInstanceType MlC518xlarge = new("ml.c5.18xlarge");
    public static readonly TrainingInstanceType MlC52xlarge = new("ml.c5.2xlarge");
    public static readonly TrainingInstanceType MlC54xlarge = new("ml.c5.4xlarge");
    public static readonly TrainingInstanceType MlC59xlarge = new("ml.c5.9xlarge");
    public static readonly TrainingInstanceType MlC5Xlarge = new("ml.c5.xlarge");
    public static readonly TrainingInstanceType MlC6i12xlarge = new("ml.c6i.12xlarge");
    public static readonly TrainingInstanceType MlC6i16xlarge = new("ml.c6i.16xlarge");
    public static readonly TrainingInstanceType MlC6i24xlarge = new("ml.c6i.24xlarge");
    public static readonly TrainingInstanceType MlC6i2xlarge = new("ml.c6i.2xlarge");
    public static readonly TrainingInstanceType MlC6i32xlarge = new("ml.c6i.32xlarge");
    public static readonly TrainingInstanceType MlC6i4xlarge = new("ml.c6i.4xlarge");
    public static readonly TrainingInstanceType MlC6i8xlarge = new("ml.c6i.8xlarge");
    public static readonly TrainingInstanceType MlC6iXlarge = new("ml.c6i.xlarge");
    public static readonly TrainingInstanceType MlC7i12xlarge = new("ml.c7i.12xlarge");
    public static readonly TrainingInstanceType MlC7i16xlarge = new("ml.c7i.16xlarge");
    public static readonly TrainingInstanceType MlC7i24xlarge = new("ml.c7i.24xlarge");
    public static readonly TrainingInstanceType MlC7i2xlarge = new("ml.c7i.2xlarge");
    public static readonly TrainingInstanceType MlC7i48xlarge = new("ml.c7i.48xlarge");
    public static readonly TrainingInstanceType MlC7i4xlarge = new("ml.c7i.4xlarge");
    public static readonly TrainingInstanceType MlC7i8xlarge = new("ml.c7i.8xlarge");
    public static readonly TrainingInstanceType MlC7iLarge = new("ml.c7i.large");
    public static readonly TrainingInstanceType MlC7iXlarge = new("ml.c7i.xlarge");
    public static readonly TrainingInstanceType MlG4dn12xlarge = new("ml.g4dn.12xlarge");
    public static readonly TrainingInstanceType MlG4dn16xlarge = new("ml.g4dn.16xlarge");
    public static readonly TrainingInstanceType MlG4dn2xlarge = new("ml.g4dn.2xlarge");
    public static readonly TrainingInstanceType MlG4dn4xlarge = new("ml.g4dn.4xlarge");
    public static readonly TrainingInstanceType MlG4dn8xlarge = new("ml.g4dn.8xlarge");
    public static readonly TrainingInstanceType MlG4dnXlarge = new("ml.g4dn.xlarge");
    public static readonly TrainingInstanceType MlG512xlarge = new("ml.g5.12xlarge");
    public static readonly TrainingInstanceType MlG516xlarge = new("ml.g5.16xlarge");
    public static readonly TrainingInstanceType MlG524xlarge = new("ml.g5.24xlarge");
    public static readonly TrainingInstanceType MlG52xlarge = new("ml.g5.2xlarge");
    public static readonly TrainingInstanceType MlG548xlarge = new("ml.g5.48xlarge");
    public static readonly TrainingInstanceType MlG54xlarge = new("ml.g5.4xlarge");
    public static readonly TrainingInstanceType MlG58xlarge = new("ml.g5.8xlarge");
    public static readonly TrainingInstanceType MlG5Xlarge = new("ml.g5.xlarge");
    public static readonly TrainingInstanceType MlM512xlarge = new("ml.m5.12xlarge");
    public static readonly TrainingInstanceType MlM524xlarge = new("ml.m5.24xlarge");
    public static readonly TrainingInstanceType MlM52xlarge = new("ml.m5.2xlarge");
    public static readonly TrainingInstanceType MlM54xlarge = new("ml.m5.4xlarge");
    public static readonly TrainingInstanceType MlM5Large = new("ml.m5.large");
    public static readonly TrainingInstanceType MlM5Xlarge = new("ml.m5.xlarge");
    public static readonly TrainingInstanceType MlM6i12xlarge = new("ml.m6i.12xlarge");
    public static readonly TrainingInstanceType MlM6i16xlarge = new("ml.m6i.16xlarge");
    public static readonly TrainingInstanceType MlM6i24xlarge = new("ml.m6i.24xlarge");
    public static readonly TrainingInstanceType MlM6i2xlarge = new("ml.m6i.2xlarge");
    public static readonly TrainingInstanceType MlM6i32xlarge = new("ml.m6i.32xlarge");
    public static readonly TrainingInstanceType MlM6i4xlarge = new("ml.m6i.4xlarge");
    public static readonly TrainingInstanceType MlM6i8xlarge = new("ml.m6i.8xlarge");
    public static readonly TrainingInstanceType MlM6iLarge = new("ml.m6i.large");
    public static readonly TrainingInstanceType MlM6iXlarge = new("ml.m6i.xlarge");
    public static readonly TrainingInstanceType MlM7i12xlarge = new("ml.m7i.12xlarge");
    public static readonly TrainingInstanceType MlM7i16xlarge = new("ml.m7i.16xlarge");
    public static readonly TrainingInstanceType MlM7i24xlarge = new("ml.m7i.24xlarge");
    public static readonly TrainingInstanceType MlM7i2xlarge = new("ml.m7i.2xlarge");
    public static readonly TrainingInstanceType MlM7i48xlarge = new("ml.m7i.48xlarge");
    public static readonly TrainingInstanceType MlM7i4xlarge = new("ml.m7i.4xlarge");
    public static readonly TrainingInstanceType MlM7i8xlarge = new("ml.m7i.8xlarge");
    public static readonly TrainingInstanceType MlM7iLarge = new("ml.m7i.large");
    public static readonly TrainingInstanceType MlM7iXlarge = new("ml.m7i.xlarge");
    public static readonly TrainingInstanceType MlT32xlarge = new("ml.t3.2xlarge");
    public static readonly TrainingInstanceType MlT3Large = new("ml.t3.large");
    public static readonly TrainingInstanceType MlT3Medium = new("ml.t3.medium");
    public static readonly TrainingInstanceType MlT3Xlarge = new("ml.t3.xlarge");

    public static TrainingInstanceType FindValue(string value) => FindValue<TrainingInstanceType>(value);

    public static implicit operator TrainingInstanceType(string value) => FindValue(value);
}
