using System.ComponentModel;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;
using Path = System.IO.Path;

namespace Slipway.Build.Environments.Infra;

/// <summary>Terraform at work in one folder, without ever asking a question.</summary>
/// <param name="module">The folder of the root module. Nothing but the lock of its providers is written there.</param>
/// <param name="work">A folder for what Terraform keeps.</param>
/// <param name="variables">Of the environment: the region, and where AWS is, as every tool of AWS reads them.</param>
/// <param name="mirror">Of providers, as <see cref="TerraformProviders"/> finds it; null where Terraform is left to find them.</param>
public sealed class TerraformTool(ICakeContext context, string module, string work, IReadOnlyDictionary<string, string> variables, string? mirror)
{
    private const int HasChanges = 2;

    private readonly string _plan = Path.Combine(work, "plan");

    /// <param name="backend">Settings of the backend that the root module leaves open: files, or <c>key=value</c>.</param>
    public void Init(IReadOnlyList<string> backend, Action<string> now)
    {
        string[] command = ["init", "-input=false", "-reconfigure", .. backend.Select(setting => $"-backend-config={setting}")];
        var output = mirror is null ? Run(now, command) : Run(now, [.. command, $"-plugin-dir={mirror}"]);
        // a mirror may be there for other providers, or other versions
        if (mirror is not null && TerraformProviders.AreMissing(output.Lines))
            output = Run(now, command);
        if (TerraformProviders.AreMissing(output.Lines))
            throw new SlipwayException($"{TerraformProviders.HowToGet}{Environment.NewLine}{string.Join(Environment.NewLine, Errors(output.Lines))}");
        output.ThrowIfFailed("terraform init", Errors);
    }

    /// <param name="file">With values; null for none.</param>
    /// <param name="values">In addition to those in the file.</param>
    /// <param name="refresh">
    /// Reads back what is there, whatever a person's variables say (<c>TF_CLI_ARGS_plan</c>); otherwise that is left to them.
    /// </param>
    /// <returns>What would change, in Terraform's words; null when nothing would.</returns>
    public IReadOnlyList<string>? Plan(string? file, IReadOnlyDictionary<string, string> values, Action<string> now, bool refresh = false)
    {
        string[] always = refresh ? ["-refresh=true"] : [], files = file is null ? [] : [$"-var-file={file}"];
        var output = Run(now, ["plan", "-input=false", "-detailed-exitcode", $"-out={_plan}", .. always, .. files, .. values.Select(value => $"-var={value.Key}={value.Value}")]);
        if (output.ExitCode is not (0 or HasChanges))
            output.ThrowIfFailed("terraform plan", Errors);
        // what it read and refreshed before is no part of the answer
        return output.ExitCode == 0 ? null : [.. output.Lines.SkipWhile(line => !line.StartsWith("Terraform ", StringComparison.Ordinal))];
    }

    /// <summary>Carries out the last plan, exactly.</summary>
    /// <exception cref="SlipwayException">It came to its end too early: what it changed until then is in its state, and the next run goes on from there.</exception>
    public void Apply(Action<string> now) => Run(now, ["apply", "-input=false", "-parallelism=20", _plan]).ThrowIfFailed("terraform apply", Errors);

    // what it did before is no part of the answer, and on AWS hundreds of lines long
    private static IReadOnlyList<string> Errors(IReadOnlyList<string> lines) => [.. lines.SkipWhile(line => !line.StartsWith("Error: ", StringComparison.Ordinal))];

    private ToolOutput Run(Action<string> now, string[] arguments)
    {
        Directory.CreateDirectory(work);
        var builder = new ProcessArgumentBuilder().AppendQuoted($"-chdir={module}").Append(arguments[0]).Append("-no-color");
        foreach (var argument in arguments.Skip(1))
            builder.AppendQuoted(argument);
        try
        {
            return new ToolOutput(now).Run(context.ProcessRunner, "terraform", new ProcessSettings
            {
                Arguments = builder,
                EnvironmentVariables = new Dictionary<string, string?>(variables.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)))
                {
                    ["TF_DATA_DIR"] = work,
                    ["TF_IN_AUTOMATION"] = "true",
                },
            });
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw new SlipwayException("Terraform cannot be started. Install it (1.11 or later, https://developer.hashicorp.com/terraform/install) and put it on the PATH.", e);
        }
    }
}
