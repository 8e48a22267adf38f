using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>The limits of one request.</summary>
/// <param name="CsvHeader">Whether CSV begins with a header if the request does not specify it; see <see cref="Invocations.CsvHeader"/>.</param>
public sealed record InferLimits(int MaxRows, int MaxBodyBytes, string CsvHeader)
{
    /// <summary>Encoded values per request: as many as a body could contain, with a digit and a separator for each.</summary>
    public int MaxValues { get; } = MaxBodyBytes / 2;

    /// <summary>Checked before memory is allocated for rows: a short record may become a wide row.</summary>
    /// <exception cref="RequestException">400: there are too many.</exception>
    public void CheckSize(ModelProfile profile, int rows)
    {
        var width = Math.Max(profile.Encoder.Width, profile.Encoder.ColumnCount);
        if (rows > 1 && (long)rows * width > MaxValues)
            throw RequestException.Bad($"The request has {rows} rows, which this model encodes to {width} values each. Send at most {Math.Max(1, MaxValues / width)} rows per request.");
    }
}
