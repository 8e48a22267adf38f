using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Build.Environments.Infra;

namespace Slipway.Infra.Tests;

/// <summary>A copy of the files that Terraform reads, so that it leaves nothing behind in the checkout.</summary>
internal sealed partial class TerraformCopy : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-infra-").FullName;

    private AnnouncingProcess? _provider;

    private static string? Mirror { get; } = TerraformProviders.Mirror(Environment.GetEnvironmentVariable, Path.GetPathRoot(Repository.Root)!);

    public TerraformCopy()
    {
        Copy(Repository.Infra, Path.Combine(_folder, "infra"));
        // environments count the folders there
        Copy(Path.Combine(Repository.Root, "training", "models"), Path.Combine(_folder, "training", "models"));
        // and read how they roll out
        File.Copy(Path.Combine(Repository.Root, "cake.config"), Path.Combine(_folder, "cake.config"));
    }

    public string Infra => Path.Combine(_folder, "infra");

    /// <summary>Prepares a root module without its backend; the test is ignored if the provider is not available.</summary>
    public async Task InitAsync(string module)
    {
        string[] arguments = ["-input=false", "-backend=false"];
        var (exitCode, output) = await RunAsync(module, "init", Mirror is null ? arguments : [.. arguments, $"-plugin-dir={Mirror}"]);
        if (Mirror is not null && TerraformProviders.AreMissing([output]))
            (exitCode, output) = await RunAsync(module, "init", arguments);
        if (TerraformProviders.AreMissing([output]))
            Assert.Ignore($"{TerraformProviders.InstallHint}\n{output}");
        Assert.That(exitCode, Is.Zero, output);
        _provider ??= await StartProviderAsync(module);
    }

    // Terraform would start it for every step of a test, and read its schema, which is most of the time that they take
    private async Task<AnnouncingProcess> StartProviderAsync(string module)
    {
        var installed = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var program = Directory.EnumerateFiles(Path.Combine(Infra, module, ".terraform", "providers"), "terraform-provider-aws*", installed).First();
        var start = new ProcessStartInfo(program, ["-debug"]);
        start.Environment["TMPDIR"] = _folder; // for its socket
        return await AnnouncingProcess.StartAsync(start, Attachment(), "Terraform's AWS provider does not run here.");
    }

    /// <param name="module">A folder in <c>infra</c>.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(string module, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("terraform", [command, "-no-color", .. arguments])
        {
            WorkingDirectory = Path.Combine(Infra, module),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // the provider is half a gigabyte: fetched once, not once for each root module
        start.Environment.TryAdd("TF_PLUGIN_CACHE_DIR", Directory.CreateDirectory(Path.Combine(_folder, "providers")).FullName);
        start.Environment["TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"] = "true";
        start.Environment["CHECKPOINT_DISABLE"] = "true";
        // Go's collector runs a fourth as often: it takes a fourth of the processor time of processes that live for seconds
        start.Environment.TryAdd("GOGC", "400");
        if (_provider is not null && command != "init")
            start.Environment["TF_REATTACH_PROVIDERS"] = _provider.Announcement.Groups["how"].Value;

        using var process = Start(start);
        using var deadline = new CancellationTokenSource(Timeout);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"terraform {command} in {module} did not end within {Timeout.TotalMinutes} minutes.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
        TestFolder.Remove(_folder);
    }

    [GeneratedRegex("TF_REATTACH_PROVIDERS='(?<how>.+)'")]
    private static partial Regex Attachment();

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Terraform is not here, or cannot be started: install 1.11 or newer, https://developer.hashicorp.com/terraform/install");
            throw;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar).Contains(".terraform") || path.Contains(".tfstate", StringComparison.Ordinal) || Path.GetFileName(path) == ".terraform.lock.hcl")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
            File.Copy(file, Path.Combine(to, path));
        }
    }
}
