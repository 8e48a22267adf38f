#nullable enable
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwsJson;

/// <summary>CloudWatch Logs uses whole milliseconds since 1970; the official SDK converts some of them to times.</summary>
internal sealed class EpochMillisecondsConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.UnixEpoch.AddMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)(value.ToUniversalTime() - DateTime.UnixEpoch).TotalMilliseconds);
}
