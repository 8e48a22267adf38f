using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.EndToEnd.Tests;

/// <summary>Runs a notebook as a person does: all cells, from the top, in a new kernel.</summary>
internal sealed class Notebook(string path)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasJupyter));

    public static Notebook ToProduction { get; } =
        new(System.IO.Path.Combine(BuildHost.Repository, "training", "notebooks", "notebook-to-production.ipynb"));

    public string Path => path;

    /// <summary>Ignores the test where notebooks cannot be run.</summary>
    public static void RequireJupyter()
    {
        if (Python.Value is null)
            Assert.Ignore("A Python with nbconvert, ipykernel and boto3 is missing. Get them with .ci/install, or apt-get install jupyter-nbconvert python3-ipykernel python3-boto3");
    }

    /// <param name="variables">Environment variables that a person has exported before.</param>
    /// <returns>What all cells printed, in order.</returns>
    /// <exception cref="AssertionException">A cell raised an error; the message holds it.</exception>
    public async Task<string> RunAsync(IReadOnlyDictionary<string, string> variables)
    {
        RequireJupyter();
        var folder = Directory.CreateTempSubdirectory("slipway-notebook-").FullName;
        try
        {
            var said = await ConvertAsync(folder, variables);
            var executed = System.IO.Path.Combine(folder, "executed.ipynb");
            if (!File.Exists(executed))
                throw new AssertionException($"{System.IO.Path.GetFileName(path)} was not run to its end:\n{said}");
            var printed = Printed(JsonNode.Parse(await File.ReadAllTextAsync(executed))!);
            TestContext.Out.WriteLine(printed);
            return printed;
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }

    /// <returns>What nbconvert said; where a cell raised an error, the cell and the error are in it, and nothing is written.</returns>
    private async Task<string> ConvertAsync(string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(Python.Value!,
        [
            "-m", "nbconvert", "--to", "notebook", "--execute", $"--output-dir={folder}", "--output=executed",
            "--ExecutePreprocessor.kernel_name=python3", $"--ExecutePreprocessor.timeout={(int)Timeout.TotalSeconds}", path,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        Isolate(start.Environment, folder);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return await output.WaitAsync(deadline.Token) + await errors.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"{path} did not end within {Timeout}.");
        }
    }

    // the kernel must not depend on the settings of the person who runs the tests
    private static void Isolate(IDictionary<string, string?> environment, string folder)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("SLIPWAY_", StringComparison.Ordinal)).ToList())
            environment.Remove(name);
        environment.Remove("JUPYTER_PATH");
        environment["JUPYTER_DATA_DIR"] = System.IO.Path.Combine(folder, "data");
        environment["JUPYTER_CONFIG_DIR"] = System.IO.Path.Combine(folder, "config");
        environment["IPYTHONDIR"] = System.IO.Path.Combine(folder, "ipython");
        environment["PYDEVD_DISABLE_FILE_VALIDATION"] = "1";
    }

    private static string Printed(JsonNode notebook) => string.Concat(
        from cell in notebook["cells"]!.AsArray()
        from output in cell!["outputs"]?.AsArray() ?? []
        select Text(output!["text"] ?? output["data"]?["text/plain"]));

    /// <summary>A text, or its lines.</summary>
    private static string Text(JsonNode? text) => text switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string)line!)),
        _ => (string?)text ?? "",
    };

    private static bool HasJupyter(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import nbconvert, ipykernel, boto3"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no such Python
        }
    }
}
