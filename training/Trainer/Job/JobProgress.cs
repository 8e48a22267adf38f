using System.Globalization;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Job;

/// <summary>
/// Reports on standard output what the job does. A metric is a line <c>averagePrecision=0.8123;</c>, for a SageMaker metric definition such as
/// <c>averagePrecision=(.*?);</c>.
/// </summary>
public sealed class JobProgress(TextWriter output, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public void Report(FormattableString line) => Write(string.Create(CultureInfo.InvariantCulture,
        $"[{time.GetElapsedTime(_start).TotalSeconds,6:0.00} s] {line.ToString(CultureInfo.InvariantCulture)}"));

    public void Report(IReadOnlyDictionary<string, Metric> metrics)
    {
        foreach (var (name, metric) in metrics)
            Write(string.Create(CultureInfo.InvariantCulture, $"{name}={metric.Value:0.000000};"));
    }

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
