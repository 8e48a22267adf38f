namespace Slipway.Workflows.Tests.Running;

/// <summary>The files that a step writes into and its runner reads: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files</summary>
internal sealed class RunnerFiles
{
    private readonly string _folder;

    public RunnerFiles(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { Output, Environment, Path, Summary })
            File.WriteAllText(file, "");
    }

    public string Output => In("output");

    public string Environment => In("environment");

    public string Path => In("path");

    public string Summary => In("summary");

    /// <summary>Values in the two forms: <c>name=value</c>, and several lines between a word and the same word.</summary>
    public static IReadOnlyDictionary<string, string> Read(string file)
    {
        var values = new Dictionary<string, string>();
        var lines = new Queue<string>(File.ReadAllLines(file));
        while (lines.TryDequeue(out var line))
        {
            if (line.Split("<<", 2) is [var name, var end] && !name.Contains('=', StringComparison.Ordinal))
                values[name] = string.Join('\n', Until(lines, end));
            else if (line.Split('=', 2) is [var key, var value])
                values[key] = value;
            else
                throw new FormatException($"The runner would refuse this line of {System.IO.Path.GetFileName(file)}: {line}");
        }

        return values;
    }

    private static IEnumerable<string> Until(Queue<string> lines, string end)
    {
        while (lines.Dequeue() is var line && line != end)
            yield return line;
    }

    private string In(string name) => System.IO.Path.Combine(_folder, name);
}
