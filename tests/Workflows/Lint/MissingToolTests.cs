using Slipway.Build.Workflows.Lint;
using Slipway.Registry;

namespace Slipway.Workflows.Tests.Lint;

public sealed class MissingToolTests
{
    private readonly StartingCakeContext _cake = new();

    [Test]
    public void AMachineWithoutNodeIsToldWhatToInstall() =>
        Assert.That(
            () => new NodeTool(_cake, TimeProvider.System, default, "no-such-node").Require(),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("'no-such-node' is not on the PATH. Install Node 20 or later"));

    [Test]
    public void AnOldNodeIsToldToBeTooOld()
    {
        var node = Program("echo v18.20.4");
        try
        {
            Assert.That(
                () => new NodeTool(_cake, TimeProvider.System, default, node).Require(),
                Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Node.js on the PATH is too old: v18.20.4. Install Node 20 or later"));
        }
        finally
        {
            File.Delete(node);
        }
    }

    [Test]
    public void AMachineWithoutShellCheckIsToldWhatToInstall() =>
        Assert.That(
            () => new ShellCheckTool(_cake, TimeProvider.System, default, "no-such-shellcheck").Check(["a.sh"]),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("'no-such-shellcheck' is not on the PATH. Install ShellCheck: apt-get install shellcheck"));

    [Test]
    public void ALockThatDoesNotFitIsSaidWithWhatNpmSaid()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-npm-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "package.json"), """{ "name": "a", "dependencies": { "b": "1.0.0" } }""");
            try
            {
                new NodeTool(_cake, TimeProvider.System, default).Require();
            }
            catch (SlipwayException e)
            {
                Assert.Ignore(e.Message);
            }

            Assert.That(
                () => new NodeTool(_cake, TimeProvider.System, default).Install(folder),
                Throws.TypeOf<SlipwayException>().With.Message.Contains("npm ci").And.Message.Contains("If it cannot reach the registry: 'npm config get registry' shows its address"));
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }

    [Test]
    public void TheLockFileNamesNoRegistry()
    {
        var @lock = File.ReadAllText(Path.Combine(Repository.Paths.WorkflowLinters, "package-lock.json"));
        Assert.That(@lock, Does.Not.Contain("\"resolved\"").And.Contain("\"integrity\": \"sha512-"));
    }

    private static string Program(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows starts no scripts by their name.");
            return "";
        }

        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
