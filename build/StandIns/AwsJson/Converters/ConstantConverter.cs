#nullable enable
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace AwsJson;

/// <summary>Enumerations of the SDK are strings; an unknown value is kept unchanged.</summary>
internal sealed class ConstantConverter<[DynamicallyAccessedMembers(Members)] T> : JsonConverter<T> where T : ConstantClass
{
    private const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicConstructors;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Constants.Find(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    // FindValue is for subclasses only
    private sealed class Constants() : ConstantClass("")
    {
        public static T? Find(string? value) => FindValue<T>(value);
    }
}
