using System.Globalization;
using Slipway.Registry;

namespace Slipway.Trainer.Trainers;

/// <param name="IsInteger">Only whole numbers are valid.</param>
public sealed record Hyperparameter(string Name, double Default, double Minimum, double Maximum, bool IsInteger = false);

/// <summary>The hyperparameters of a fit: defaults, overridden by the spec, overridden by the job.</summary>
public sealed class HyperparameterSet
{
    private readonly Dictionary<string, double> _values;

    private HyperparameterSet(Dictionary<string, double> values) => _values = values;

    /// <exception cref="ArgumentException">The trainer does not declare such a hyperparameter.</exception>
    public double this[string name] => _values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException($"There is no hyperparameter '{name}' among those that the trainer declares: {string.Join(", ", _values.Keys)}.", nameof(name));

    public int GetInteger(string name) => (int)this[name];

    public IReadOnlyDictionary<string, string> ToWords() =>
        _values.ToDictionary(value => value.Key, value => value.Value.ToString("R", CultureInfo.InvariantCulture));

    /// <param name="job">As SageMaker passes them: all values are strings.</param>
    /// <exception cref="SlipwayException">A name is unknown or a value is invalid; the message lists every problem.</exception>
    public static HyperparameterSet Resolve(
        string trainer,
        IReadOnlyList<Hyperparameter> known,
        IReadOnlyDictionary<string, double>? spec,
        IReadOnlyDictionary<string, string> job)
    {
        var values = known.ToDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (name, value) in spec ?? new Dictionary<string, double>())
            Set("model.json", name, value);
        foreach (var (name, text) in job)
            Set("the job's hyperparameters", name,
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);

        return problems.Count == 0
            ? new(values)
            : throw new SlipwayException($"The hyperparameters for {trainer} are invalid:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}");

        void Set(string origin, string name, double value)
        {
            if (known.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                problems.Add($"'{name}' in {origin} is unknown.{Suggestion.DidYouMean(name, values.Keys)} Hyperparameters: seed, {string.Join(", ", values.Keys)}.");
            else if (!(value >= parameter.Minimum && value <= parameter.Maximum) || (parameter.IsInteger && value != Math.Floor(value)))
                problems.Add(string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' in {origin} must be a {(parameter.IsInteger ? "whole number" : "number")} from {parameter.Minimum} to {parameter.Maximum}."));
            else
                values[name] = value;
        }
    }
}
