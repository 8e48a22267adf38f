using System.Text;

namespace Slipway.Infra.Tests;

/// <summary>The part of a module's README that is generated from its variables and outputs.</summary>
internal static class ModuleTables
{
    private const string Begin = "<!-- generated from variables.tf and outputs.tf -->\n";
    private const string End = "<!-- end -->";

    public static string Expected(string module)
    {
        var readme = File.ReadAllText(Path.Combine(module, "README.md"));
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        Assert.That(begin >= 0 && end > begin, $"{module}/README.md needs the lines '{Begin.Trim()}' and '{End}', and nothing else between them.");
        return readme[..(begin + Begin.Length)] + TablesOf(module) + readme[end..];
    }

    private static string TablesOf(string module)
    {
        var text = new StringBuilder();
        var inputs = TerraformBlock.Read(Path.Combine(module, "variables.tf"), "variable");
        if (inputs.Count > 0)
        {
            text.Append("| Input | Description | Type | Default |\n|---|---|---|---|\n");
            foreach (var input in inputs)
                text.Append($"| `{input.Name}` | {input.Text("description")} | `{input.Attributes["type"]}` | {Default(input)} |\n");
            text.Append('\n');
        }

        text.Append("| Output | Description |\n|---|---|\n");
        foreach (var output in TerraformBlock.Read(Path.Combine(module, "outputs.tf"), "output"))
            text.Append($"| `{output.Name}` | {output.Text("description")} |\n");
        return text.ToString();
    }

    private static string Default(TerraformBlock input) => input.Attributes.TryGetValue("default", out var value) ? $"`{value}`" : "required";
}
