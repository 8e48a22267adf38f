using System.Globalization;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local;

/// <summary>
/// The complete output of the trainer, stored with the job: <c>training-jobs/&lt;job-id&gt;/log.txt</c>. The middle of a very long log is dropped, because a custom
/// trainer may print a line for every row, and the end contains the reason of a failure. Lines come from both streams, each on its own thread.
/// </summary>
public sealed class TrainingLog(Action<string> output)
{
    private const int MaxCharacters = 500_000; // of the beginning, and of the end

    private readonly StringBuilder _beginning = new();
    private readonly Queue<string> _end = new();
    private int _charactersOfEnd;
    private int _leftOut;

    public void Add(string line)
    {
        lock (_end)
            Keep(line);
        output(line);
    }

    private void Keep(string line)
    {
        if (_end.Count == 0 && _beginning.Length + line.Length < MaxCharacters)
        {
            _beginning.Append(line).Append('\n');
            return;
        }

        _end.Enqueue(line);
        _charactersOfEnd += line.Length + 1;
        for (; _charactersOfEnd > MaxCharacters && _end.Count > 1; _leftOut++)
            _charactersOfEnd -= _end.Dequeue().Length + 1;
    }

    private string Text()
    {
        var text = new StringBuilder().Append(_beginning);
        if (_leftOut > 0)
            text.Append(CultureInfo.InvariantCulture, $"... {_leftOut} lines omitted ...\n");
        foreach (var line in _end)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    public async Task WriteAsync(IObjectStore store, string job, CancellationToken cancellation)
    {
        byte[] bytes;
        lock (_end)
            bytes = Encoding.UTF8.GetBytes(Text());
        using var content = new MemoryStream(bytes, writable: false);
        await store.PutAsync(StoreKeys.TrainingLog(job), content, PutCondition.None, cancellation);
    }
}
