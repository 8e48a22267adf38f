using System.ComponentModel;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;
using Path = System.IO.Path;

namespace Slipway.Build.Environments.Infra;

/// <summary>Runs Terraform in one folder, without interactive input.</summary>
/// <param name="module">The folder of the root module. Only the provider lock file is written there.</param>
/// <param name="work">The folder for Terraform's own files.</param>
/// <param name="variables">Environment variables: the region and the endpoint of AWS, under the names that all AWS tools use.</param>
/// <param name="mirror">The provider mirror that <see cref="TerraformProviders"/> found; null to let Terraform find providers itself.</param>
public sealed class TerraformTool(ICakeContext context, string module, string work, IReadOnlyDictionary<string, string> variables, string? mirror)
{
    private const int HasChanges = 2;

    private readonly string _plan = Path.Combine(work, "plan");

    /// <param name="backend">Backend settings that the root module leaves open: files, or <c>key=value</c>.</param>
    public void Init(IReadOnlyList<string> backend, Action<string> now)
    {
        string[] command = ["init", "-input=false", "-reconfigure", .. backend.Select(setting => $"-backend-config={setting}")];
        var output = mirror is null ? Run(now, command) : Run(now, [.. command, $"-plugin-dir={mirror}"]);
        // a mirror may contain other providers or other versions
        if (mirror is not null && TerraformProviders.AreMissing(output.Lines))
            output = Run(now, command);
        if (TerraformProviders.AreMissing(output.Lines))
            throw new SlipwayException($"{TerraformProviders.InstallHint}{Environment.NewLine}{string.Join(Environment.NewLine, Errors(output.Lines))}");
        output.ThrowIfFailed("terraform init", Errors);
    }

    /// <param name="file">With values; null for none.</param>
    /// <param name="values">In addition to those in the file.</param>
    /// <param name="refresh">
    /// Refreshes the state, whatever the user's variables (<c>TF_CLI_ARGS_plan</c>) say; otherwise the user decides.
    /// </param>
    /// <returns>Terraform's description of the changes; null if there are none.</returns>
    public IReadOnlyList<string>? Plan(string? file, IReadOnlyDictionary<string, string> values, Action<string> now, bool refresh = false)
    {
        string[] always = refresh ? ["-refresh=true"] : [], files = file is null ? [] : [$"-var-file={file}"];
        var output = Run(now, ["plan", "-input=false", "-detailed-exitcode", $"-out={_plan}", .. always, .. files, .. values.Select(value => $"-var={value.Key}={value.Value}")]);
        if (output.ExitCode is not (0 or HasChanges))
            output.ThrowIfFailed("terraform plan", Errors);
        // the preceding lines about reads and refreshes are not part of the result
        return output.ExitCode == 0 ? null : [.. output.Lines.SkipWhile(line => !line.StartsWith("Terraform ", StringComparison.Ordinal))];
    }

    /// <summary>Applies exactly the last plan.</summary>
    /// <exception cref="SlipwayException">It was interrupted: what it changed until then is in its state, and the next run continues from there.</exception>
    public void Apply(Action<string> now) => Run(now, ["apply", "-input=false", "-parallelism=20", _plan]).ThrowIfFailed("terraform apply", Errors);

    // the preceding progress is not part of the message, and on AWS can be hundreds of lines long
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
            throw new SlipwayException("Terraform cannot be started. Install it (1.11 or later, https://developer.hashicorp.com/terraform/install) and add it to the PATH.", e);
        }
    }
}
