using System.Text.Json.Serialization;

namespace Slipway.Registry.Signing;

/// <summary>How a manifest without a valid signature is treated.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignatureMode>))]
public enum SignatureMode
{
    /// <summary>Signatures are not checked.</summary>
    [JsonStringEnumMemberName("off")] Off,

    /// <summary>It is used, and the problem is reported.</summary>
    [JsonStringEnumMemberName("warn")] Warn,

    /// <summary>It is rejected.</summary>
    [JsonStringEnumMemberName("enforce")] Enforce,
}

public static class SignatureModes
{
    public const string Rule = "off, warn or enforce";

    public static bool TryParse(string? text, out SignatureMode mode)
    {
        (mode, var known) = text switch
        {
            "off" => (SignatureMode.Off, true),
            "warn" => (SignatureMode.Warn, true),
            "enforce" => (SignatureMode.Enforce, true),
            _ => (SignatureMode.Enforce, false),
        };
        return known;
    }

    public static string Word(this SignatureMode mode) => mode.ToString().ToLowerInvariant();
}
