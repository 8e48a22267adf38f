using System.Globalization;

namespace Slipway.Build.TestReports;

/// <summary>Follows the file in which a test host writes the id of its process, and then each test that starts or ends. Not safe for concurrent use.</summary>
public sealed class RunningTests(string file)
{
    private readonly List<string> _unfinished = [];
    private string _rest = "";
    private long _position;

    /// <summary>The process of the tests; null until it has started.</summary>
    public int? Host { get; private set; }

    /// <summary>The tests that have started and not ended, in this order.</summary>
    public IReadOnlyList<string> Unfinished => _unfinished;

    /// <summary>Reads what is new.</summary>
    /// <returns>Whether anything is.</returns>
    public bool Read()
    {
        var text = More();
        var lines = (_rest + text).Split('\n');
        _rest = lines[^1]; // of the last one, a part may be missing
        foreach (var line in lines.SkipLast(1))
            Take(line.TrimEnd('\r'));
        return text.Length > 0;
    }

    private void Take(string line)
    {
        if (line.StartsWith('+'))
            _unfinished.Add(line[1..]);
        else if (line.StartsWith('-'))
            _unfinished.Remove(line[1..]);
        else if (Host is null && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            Host = id;
    }

    private string More()
    {
        if (!File.Exists(file))
            return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _position;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        _position = stream.Position;
        return text;
    }
}
