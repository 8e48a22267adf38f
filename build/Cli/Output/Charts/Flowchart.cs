using Slipway.Reporting;

namespace Slipway.Build.Cli.Output.Charts;

/// <summary>Boxes with arrows between them, from left to right.</summary>
/// <param name="Nodes">Their lines of text; arrows refer to them by index.</param>
public sealed record Flowchart(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowArrow> Arrows)
{
    /// <returns>Null where there is nothing to draw.</returns>
    public Figure? ToFigure() => Nodes.Count == 0 ? null : MermaidChart.Figure(
        string.Join(", ", Nodes.Select(node => node.Lines[0])),
        [
            "flowchart LR",
            .. Nodes.Select((node, at) => $"    n{at}[\"{string.Join("<br/>", node.Lines.Select(line => MermaidChart.Text(line)[1..^1]))}\"]"),
            .. Arrows.Select(arrow => $"    n{arrow.From} {(arrow.Strong ? "==>" : "-.->")}|{MermaidChart.Text(arrow.Text)}| n{arrow.To}"),
            .. Nodes.Index().Where(node => node.Item.Strong).Select(node => $"    style n{node.Index} stroke:{MermaidChart.Palette[0].Color},stroke-width:3px"),
        ],
        [], "");
}

/// <param name="Strong">Highlighted.</param>
public sealed record FlowNode(IReadOnlyList<string> Lines, bool Strong = false);

/// <param name="From">The index of a node, starting at 0.</param>
/// <param name="Strong">In use, not only possible.</param>
public sealed record FlowArrow(int From, int To, string Text, bool Strong);
