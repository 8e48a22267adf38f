using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<SortBy>))]
public class SortBy(string value) : ConstantClass(value)
{
    public static readonly SortBy CreationTime = new("CreationTime");
    public static readonly SortBy Name = new("Name");
    public static readonly SortBy Status = new("Status");

    public static SortBy FindValue(string value) => FindValue<SortBy>(value);

    public static implicit operator SortBy(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<SortOrder>))]
public class SortOrder(string value) : ConstantClass(value)
{
    public static readonly SortOrder Ascending = new("Ascending");
    public static readonly SortOrder Descending = new("Descending");

    public static SortOrder FindValue(string value) => FindValue<SortOrder>(value);

    public static implicit operator SortOrder(string value) => FindValue(value);
}
