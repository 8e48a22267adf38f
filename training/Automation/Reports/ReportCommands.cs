using System.Globalization;

namespace Slipway.Automation.Reports;

/// <summary>Next steps, each with its command.</summary>
internal static class ReportCommands
{
    public static IEnumerable<KeyValuePair<string, string>> Of(TrainingRecord record)
    {
        var model = record.Lineage.Model;
        if (record.IsTrial)
            yield return new("Run the trial again, on this machine against what it serves:", $"{Target("GateModels", model)} --environment=local");
        else if (record.Outcome.Version is { } version)
        {
            if (record.Lineage is { Source.Dirty: false, Imported: null })
                yield return new("Reproduce it and compare the bytes:", Target("Reproduce", model, ("version", version)));
            if (record.Lineage.Parent is { } parent)
                yield return new("Roll back to the version that it was compared with:", Target("Rollback", model, ("to", parent)));
            yield return new("Serve it again after a rollback:", Target("Rollback", model, ("to", version)));
        }
        else
        {
            yield return new("Train again, on other data or after a change to model.json:", $"{Target("Train", model)} --dataset=<file.csv>");
        }

        yield return new("See who moved which version when, and why:", Target("History", model));
    }

    private static string Target(string target, string model, params (string Name, int Value)[] arguments) =>
        $"./build.sh --target={target} --model={model}{string.Concat(arguments.Select(argument => $" --{argument.Name}={argument.Value.ToString(CultureInfo.InvariantCulture)}"))}";
}
