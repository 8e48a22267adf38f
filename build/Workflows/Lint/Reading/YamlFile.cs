using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A YAML file. Its lines are kept, because the parser drops comments.</summary>
/// <param name="path">Relative to the repository, with slashes.</param>
public sealed class YamlFile(string path, IReadOnlyList<string> lines, YamlNode root)
{
    public string Path { get; } = path;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public YamlValue Root => new(this, root);

    /// <param name="number">Counted from 1.</param>
    public string Line(int number) => number <= lines.Count ? lines[number - 1] : "";

    /// <exception cref="YamlException">It is not valid YAML.</exception>
    public static YamlFile Parse(string path, string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return new(path, text.ReplaceLineEndings("\n").Split('\n'), stream.Documents is [var document, ..] ? document.RootNode : new YamlMappingNode());
    }
}
