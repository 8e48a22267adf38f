using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Slipway.Workflows.Tests.Running;

/// <summary>What GitHub would make of <c>${{ }}</c>: its own evaluator, in one Node.js process for all evaluations.</summary>
internal sealed class ExpressionEvaluator : IDisposable
{
    private readonly Process _node;

    /// <param name="linters">Where the packages from npm are installed: GitHub's parser includes its evaluator.</param>
    public ExpressionEvaluator(string linters)
    {
        var script = Path.Combine(linters, $"evaluate-{Environment.ProcessId}.mjs");
        File.Copy(Path.Combine(Repository.Paths.Root, "tests", "Workflows", "Running", "evaluate.mjs"), script, overwrite: true);
        Script = script;
        _node = Process.Start(new ProcessStartInfo("node", ["--no-warnings", "--import", "./json.mjs", script])
        {
            WorkingDirectory = linters,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    private string Script { get; }

    public JsonNode? Value(string text, JsonObject contexts, bool failed) =>
        text.Contains("${{", StringComparison.Ordinal) ? Ask(new JsonObject { ["text"] = text, ["contexts"] = contexts.DeepClone(), ["failed"] = failed }) : text;

    /// <summary>As an environment or an action gets it.</summary>
    public string Text(string text, JsonObject contexts, bool failed) => Value(text, contexts, failed) switch
    {
        null => "",
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
        var other => other.ToString(),
    };

    public bool Holds(string? condition, JsonObject contexts, bool failed) =>
        condition is null ? !failed : Ask(new JsonObject { ["condition"] = condition, ["contexts"] = contexts.DeepClone(), ["failed"] = failed })!.GetValue<bool>();

    public void Dispose()
    {
        _node.Kill();
        _node.Dispose();
        File.Delete(Script);
    }

    private JsonNode? Ask(JsonObject request)
    {
        _node.StandardInput.WriteLine(request.ToJsonString());
        _node.StandardInput.Flush();
        var answer = JsonNode.Parse(_node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The evaluator has ended."))!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"{error} in {request.ToJsonString()}") : answer["value"];
    }
}
