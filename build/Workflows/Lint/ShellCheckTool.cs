using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Workflows.Lint;

/// <summary>ShellCheck with the rules for bash, ignoring the user's settings.</summary>
public sealed class ShellCheckTool(ICakeContext context, TimeProvider time, CancellationToken stop, string program = "shellcheck")
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <param name="files">Scripts; findings refer to them by these names.</param>
    /// <exception cref="SlipwayException">It is not installed, or failed.</exception>
    public IReadOnlyList<ShellRemark> Check(IEnumerable<string> files)
    {
        var output = Run(["--norc", "--shell=bash", "--format=json1", .. files]);
        // exit code 1 means that it found something
        if (output.ExitCode > 1)
            output.ThrowIfFailed("shellcheck");
        return JsonSerializer.Deserialize(string.Concat(output.Lines), ShellRemarkJson.Default.ShellRemarks)!.Comments;
    }

    private ToolOutput Run(IEnumerable<string> arguments)
    {
        using var deadline = new Deadline(Timeout, time, stop);
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments)
            builder.AppendQuoted(argument);
        try
        {
            var output = new ToolOutput().Run(new StoppableContext(context, deadline.Token), program, new ProcessSettings { Arguments = builder });
            stop.ThrowIfCancellationRequested();
            return deadline.HasPassed ? throw new SlipwayException($"shellcheck did not finish within {Timeout.TotalMinutes:0} minutes and was stopped.") : output;
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw new SlipwayException($"'{program}' is not on the PATH. Install ShellCheck: apt-get install shellcheck, or https://github.com/koalaman/shellcheck#installing", e);
        }
    }
}

/// <param name="Code">As <c>2086</c> of SC2086.</param>
public sealed record ShellRemark(string File, int Line, int Column, int Code, string Message);

internal sealed record ShellRemarks(IReadOnlyList<ShellRemark> Comments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ShellRemarks))]
internal sealed partial class ShellRemarkJson : JsonSerializerContext;
