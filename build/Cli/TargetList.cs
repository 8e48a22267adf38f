using Slipway.Build.Cli.Configuration;
using Slipway.Reporting;
using Slipway.Reporting.Terminal;

namespace Slipway.Build.Cli;

/// <summary>The list of targets with their arguments, which <c>Default</c> and <c>--help</c> print.</summary>
public static class TargetList
{
    public static void Write(TextWriter output, TargetCatalog catalog)
    {
        output.WriteLine();
        output.WriteLine("./build.sh --target=<target> [--argument=value ...]");
        output.WriteLine();
        foreach (var target in catalog.Targets)
            Write(output, target);
        output.WriteLine();
        output.WriteLine("Also: --tree --dryrun --exclusive --description --verbosity=<quiet|minimal|normal|verbose|diagnostic>,");
        output.WriteLine("and any setting of cake.config, such as --" + SettingKeys.PublicPort.Name + "=0.");
    }

    private static void Write(TextWriter output, Target target)
    {
        output.WriteLine($"{target.Name}: {target.Description}");
        var rows = target.Arguments.Select(argument => KeyValuePair.Create(
            argument.ToString(),
            target.Required.Contains(argument) ? $"{argument.Description} (required)" : argument.Description));
        foreach (var line in TerminalRenderer.Lines(new("", [Table.Pairs(rows)])).Skip(1))
            output.WriteLine($"  {line}");
    }
}
