using System.Text;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// All that the trainer printed, kept beside the job: <c>training-jobs/&lt;job-id&gt;/log.txt</c>. The end of a very long one is cut off, because a trainer of
/// somebody's own may print a line for every row. Lines come from both streams, each on a thread of its own.
/// </summary>
internal sealed class TrainingLog(Action<string> output)
{
    private const int MostCharacters = 1_000_000;

    private readonly StringBuilder _lines = new();

    public void Add(string line)
    {
        lock (_lines)
            if (_lines.Length < MostCharacters)
                _lines.Append(line).Append('\n');
        output(line);
    }

    public async Task WriteAsync(IObjectStore store, string job, CancellationToken cancellation)
    {
        byte[] bytes;
        lock (_lines)
            bytes = Encoding.UTF8.GetBytes(_lines.ToString());
        using var content = new MemoryStream(bytes, writable: false);
        await store.PutAsync(StoreKeys.TrainingLog(job), content, PutCondition.None, cancellation);
    }
}
