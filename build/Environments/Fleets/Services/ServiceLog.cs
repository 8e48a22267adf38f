using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>The output of a service. A log continues over restarts, so that the reason for a restart can be read; one older part is kept.</summary>
public static class ServiceLog
{
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int TailLines = 12;
    private const string Mark = "--- ";

    /// <summary>Marks where the output of the next process begins.</summary>
    /// <exception cref="SlipwayException">The log cannot be written.</exception>
    public static void Begin(string log, string assembly)
    {
        try
        {
            if (File.Exists(log) && new FileInfo(log).Length > MaxBytes)
                File.Move(log, log + ".1", overwrite: true);
            File.AppendAllText(log, $"{Mark}{assembly}\n");
        }
        catch (IOException e)
        {
            throw new SlipwayException($"The log '{log}' cannot be written: {e.Message.TrimEnd('.')}. Check the free space on that disk.", e);
        }
    }

    /// <summary>The last lines of the most recent process, indented.</summary>
    public static string Tail(string log)
    {
        if (!File.Exists(log))
            return "  (empty)";

        var tail = new Queue<string>();
        foreach (var line in File.ReadLines(log))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                tail.Clear();
            tail.Enqueue($"  {line}");
            if (tail.Count > TailLines)
                tail.Dequeue();
        }

        return string.Join('\n', tail);
    }
}
