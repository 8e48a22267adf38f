using System.Text.Json;
using Slipway.Registry.Channels;

namespace Slipway.Registry.Predictions;

/// <summary>One line of the prediction log: a request and its response.</summary>
/// <param name="Inputs">The request's values as they were parsed: encoded rows, or raw values by column.</param>
/// <param name="Outputs">One row of output values per input row.</param>
/// <param name="Microseconds">From the parsed request to the predicted values.</param>
public sealed record PredictionRecord(
    string PredictionId,
    string Model,
    int Version,
    string TrainingJob,
    string Replica,
    Color Color,
    DateTimeOffset At,
    JsonElement Inputs,
    IReadOnlyList<IReadOnlyList<float>> Outputs,
    double Microseconds);
