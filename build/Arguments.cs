using System.Reflection;

namespace Slipway.Build;

/// <summary>Every argument once. Which target takes it, the target itself says with <see cref="TakesAttribute"/>.</summary>
public static class Arguments
{
    public static Argument Model { get; } = new("model", "the model to work on", ValueRule.Model);

    /// <summary>The same argument, for targets that work on what is registered: versions and history outlive the folder.</summary>
    public static Argument RegisteredModel { get; } = Model with { Rule = ValueRule.ModelName };

    /// <summary>The same argument, for the target that makes the folder.</summary>
    public static Argument NewModel { get; } = Model with { Description = "the name of the new model", Rule = ValueRule.NewModel };

    public static Argument AllModels { get; } = new("all", "every model, one after the other, from the newest dataset of each", ValueRule.Flag);

    public static Argument Dataset { get; } = new("dataset", "a CSV file with a header, in place of the newest in the store", ValueRule.Text("<file>"));

    /// <summary>The same argument, for the target that begins with it.</summary>
    public static Argument NewDataset { get; } = Dataset with { Description = "a CSV file with a header, to learn from" };

    public static Argument Label { get; } = new("label", "the column that the model is to tell", ValueRule.Text("<column>"));

    public static Argument Task { get; } = new("task", "what kind of model, where the label leaves a choice", ValueRule.OneOf("binary", "multiclass", "regression"));

    public static Argument Onnx { get; } = new("onnx", "an ONNX file made elsewhere: encoded features in, the answer out", ValueRule.Text("<file>"));

    public static Argument Golden { get; } = new("golden", "a JSON file with records and the answers that the model must give", ValueRule.Text("<file>"));

    public static Argument Environment { get; } = new("environment", "where to work", ValueRule.Environment);

    /// <summary>The same argument, for what is built by Terraform.</summary>
    public static Argument AwsEnvironment { get; } = Environment with { Description = "the environment on AWS", Rule = ValueRule.AwsEnvironment };

    public static Argument Registry { get; } = new("registry", "a registry to push to, in place of the environment's own", ValueRule.RegistryHost);

    public static Argument Prediction { get; } = new("prediction", "the id that came with an answer, in x-slipway-prediction-id", ValueRule.Text("<id>"));

    public static Argument To { get; } = new("to", "the version to go back to", ValueRule.WholeNumber(1, int.MaxValue, "<version>"));

    public static Argument What { get; } = new(
        "what", "what to undo", ValueRule.OneOf(RollbackArguments.LastChange, RollbackArguments.Traffic, RollbackArguments.Model));

    public static Argument Version { get; } = new("version", "a version of the model", ValueRule.WholeNumber(1, int.MaxValue));

    public static Argument At { get; } = new("at", "a time: tells what was live then, in UTC where it names no zone", ValueRule.Instant);

    public static Argument Verify { get; } = new("verify", "checks manifests, signatures, artifacts, channels and blocked versions as well", ValueRule.Flag);

    public static Argument Reason { get; } = new("reason", "why, for the history", ValueRule.Text("<text>"));

    public static Argument Fleet { get; } = new("fleet", "how services run on this machine, from now on", ValueRule.OneOf("processes", "docker"));

    public static Argument Port { get; } = new("port", "the gateway's port for callers; 0 picks a free one", ValueRule.WholeNumber(0, 65535));

    public static Argument Base { get; } = new("base", "the branch or commit that this tree is compared with: what changed since it left", ValueRule.GitReference);

    public static Argument IfChanged { get; } = new("if-changed", "only when what is checked has changed since the check that is recorded", ValueRule.Flag);

    public static Argument Skipped { get; } = new("skipped", "whether a skipped test is a failure", ValueRule.OneOf("allow", "fail"));

    public static Argument File { get; } = new("file", "a file in GitHub Markdown", ValueRule.Text("<markdown>"));

    public static Argument Filter { get; } = new("filter", "only these tests, in the filter language of dotnet test", ValueRule.Text("<expression>"));

    public static Argument Quick { get; } = new("quick", "a look: few and short rounds, whose ratios scatter", ValueRule.Flag);

    public static IReadOnlyList<Argument> All { get; } =
    [
        .. typeof(Arguments).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Argument))
            .Select(property => (Argument)property.GetValue(null)!),
    ];

    /// <summary>By the name of its property here.</summary>
    public static Argument? Declared(string property) =>
        typeof(Arguments).GetProperty(property, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as Argument;

    public static Argument? Named(string name) =>
        All.FirstOrDefault(argument => argument.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
