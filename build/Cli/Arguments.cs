using System.Reflection;

namespace Slipway.Build.Cli;

/// <summary>Every argument, declared once. Each target declares which ones it takes with <see cref="TakesAttribute"/>.</summary>
public static class Arguments
{
    public static Argument Model { get; } = new("model", "the model", ValueRule.Model);

    /// <summary>The same argument, for targets that work on registered versions: versions and history outlive the model's folder.</summary>
    public static Argument RegisteredModel { get; } = Model with { Rule = ValueRule.ModelName };

    /// <summary>The same argument, for the target that creates the folder.</summary>
    public static Argument NewModel { get; } = Model with { Description = "the name of the new model", Rule = ValueRule.NewModel };

    public static Argument AllModels { get; } = new("all", "train every model in turn, each on its newest dataset", ValueRule.Flag);

    public static Argument Dataset { get; } = new("dataset", "a CSV file with a header, instead of the newest dataset in the store", ValueRule.Text("<file>"));

    /// <summary>The same argument, for the target that starts from it.</summary>
    public static Argument NewDataset { get; } = Dataset with { Description = "a CSV file with a header, to train on" };

    /// <summary>The same argument, for the target that traces one.</summary>
    public static Argument TracedDataset { get; } = Dataset with { Description = "a dataset to trace: its key in the store, its name, or a file with the same content", Rule = ValueRule.Text("<key or file>") };

    public static Argument DatasetVersion { get; } = new("dataset-version", "only this version of the dataset, as the store numbers it", ValueRule.Text("<version>"));

    public static Argument Label { get; } = new("label", "the target column to predict", ValueRule.Text("<column>"));

    public static Argument Task { get; } = new("task", "the kind of model, if the target column allows more than one", ValueRule.OneOf("binary", "multiclass", "regression"));

    public static Argument Onnx { get; } = new("onnx", "an ONNX file trained elsewhere, which maps encoded features to predictions", ValueRule.Text("<file>"));

    public static Argument Golden { get; } = new("golden", "a JSON file with records and the predictions that the model must return for them", ValueRule.Text("<file>"));

    public static Argument Environment { get; } = new("environment", "the environment", ValueRule.Environment);

    /// <summary>The same argument, limited to environments that Terraform manages.</summary>
    public static Argument AwsEnvironment { get; } = Environment with { Description = "the AWS environment", Rule = ValueRule.AwsEnvironment };

    public static Argument Registry { get; } = new("registry", "a container registry to push to, instead of the environment's own", ValueRule.RegistryHost);

    public static Argument Prediction { get; } = new("prediction", "a prediction id, from the response header x-slipway-prediction-id", ValueRule.Text("<id>"));

    public static Argument To { get; } = new("to", "the version to roll back to", ValueRule.WholeNumber(1, int.MaxValue, "<version>"));

    public static Argument What { get; } = new(
        "what", "what to roll back", ValueRule.OneOf(RollbackArguments.LastChange, RollbackArguments.Traffic, RollbackArguments.Model));

    public static Argument Version { get; } = new("version", "a version of the model", ValueRule.WholeNumber(1, int.MaxValue));

    public static Argument At { get; } = new("at", "shows what was live at this time (UTC unless it has an offset)", ValueRule.Instant);

    public static Argument Verify { get; } = new("verify", "also verify manifests, signatures, artifacts, channels and blocked versions", ValueRule.Flag);

    public static Argument Reason { get; } = new("reason", "the reason, recorded in the history", ValueRule.Text("<text>"));

    public static Argument Fleet { get; } = new("fleet", "how services run on this machine; kept until changed", ValueRule.OneOf("processes", "docker"));

    public static Argument Rollout { get; } = new("rollout", "the id of a rollout, such as r12; the last one by default", ValueRule.Text("<id>"));

    public static Argument Step { get; } = new("step", "only approve the next step that a person has to approve", ValueRule.Flag);

    public static Argument Fault { get; } = new("fault", "deploys a release that fails this share of its requests, to see how it is rolled back; only on this machine", ValueRule.Fault);

    public static Argument Retry { get; } = new("retry", "roll out a release again that was rolled back or halted", ValueRule.Flag);

    public static Argument Port { get; } = new("port", "the gateway's port for callers; 0 picks a free one", ValueRule.WholeNumber(0, 65535));

    public static Argument Base { get; } = new("base", "the branch or commit to compare with; changes are counted from the merge base", ValueRule.GitReference);

    public static Argument IfChanged { get; } = new("if-changed", "run only if what is checked has changed since the recorded check", ValueRule.Flag);

    public static Argument Skipped { get; } = new("skipped", "whether skipped tests count as failures", ValueRule.OneOf("allow", "fail"));

    public static Argument File { get; } = new("file", "a file in GitHub-flavored Markdown", ValueRule.Text("<markdown>"));

    /// <summary>The same argument, for the target that stores labels.</summary>
    public static Argument LabelFile { get; } = File with { Description = "a CSV file with the columns predictionId and label, and optionally row and time", Rule = ValueRule.Text("<csv>") };

    public static Argument Filter { get; } = new("filter", "run only these tests (filter syntax of dotnet test)", ValueRule.Text("<expression>"));

    public static Argument Quick { get; } = new("quick", "quick run: fewer, shorter rounds; results are noisy", ValueRule.Flag);

    public static Argument Only { get; } = new("only", "only these comparisons; the report says that it is partial", ValueRule.Comparisons);

    public static Argument Row { get; } = new("row", "only this row of the soak", ValueRule.Text("<name>"));

    /// <summary>The same argument, for the target that traces one.</summary>
    public static Argument TracedRow { get; } = Row with { Description = "the rows of a person or thing to trace, by an id column and its value", Rule = ValueRule.Text("<column>=<value>") };

    public static Argument Sql { get; } = new("sql", "the query, in DuckDB's SQL", ValueRule.Text("<select ...>"));

    public static Argument Output { get; } = new("output", "a CSV file for all rows of the result, instead of printing the first ones", ValueRule.Text("<file>"));

    /// <summary>The same argument, for the target that writes a report.</summary>
    public static Argument ReportFile { get; } = Output with { Description = "the HTML file to write; report.html by default" };

    /// <summary>The same argument, for the target that writes evidence.</summary>
    public static Argument EvidenceFile { get; } = Output with { Description = "the file to write; evidence.json by default" };

    public static Argument Days { get; } = new("days", "for an environment on AWS: how many days of the log to read, 2 by default", ValueRule.WholeNumber(1, 400));

    public static IReadOnlyList<Argument> All { get; } =
    [
        .. typeof(Arguments).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Argument))
            .Select(property => (Argument)property.GetValue(null)!),
    ];

    /// <summary>Finds an argument by the name of its property in this class.</summary>
    public static Argument? Declared(string property) =>
        typeof(Arguments).GetProperty(property, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as Argument;

    public static Argument? Named(string name) =>
        All.FirstOrDefault(argument => argument.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
