using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>A value in a YAML file, with its position: that of its key, if it has one.</summary>
public sealed class YamlValue(YamlFile file, YamlNode node, YamlNode? key = null)
{
    public YamlFile File => file;

    /// <summary>The key; empty if there is none.</summary>
    public string Name { get; } = key is YamlScalarNode { Value: { } name } ? name : "";

    /// <summary>Null if it is a list or a mapping.</summary>
    public string? Text => node is YamlScalarNode scalar ? scalar.Value : null;

    public bool IsMapping => node is YamlMappingNode;

    /// <summary>Whether its text begins on the line below the key.</summary>
    public bool IsBlock => node is YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded };

    public IEnumerable<YamlValue> Fields => node is YamlMappingNode mapping ? mapping.Children.Select(child => new YamlValue(file, child.Value, child.Key)) : [];

    public IEnumerable<YamlValue> Items => node is YamlSequenceNode list ? list.Children.Select(child => new YamlValue(file, child)) : [];

    /// <summary>A list, or a single value in place of one.</summary>
    public IEnumerable<string> Texts => (Text is null ? Items.Select(item => item.Text) : [Text]).OfType<string>();

    public YamlValue? this[string field] => Fields.FirstOrDefault(one => one.Name == field);

    public int Line => (int)(key ?? node).Start.Line;

    public int Column => (int)(key ?? node).Start.Column;

    /// <summary>Where the value itself begins, after its key.</summary>
    public (int Line, int Column) Start => ((int)node.Start.Line, (int)node.Start.Column);

    /// <summary>The rest of the line after the value.</summary>
    public string Rest => file.Line((int)node.End.Line) is var line && node.End.Column <= line.Length ? line[(int)(node.End.Column - 1)..].Trim() : "";

    public WorkflowFinding Wrong(string rule, string message) => new(file.Path, Line, Column, rule, message);
}
