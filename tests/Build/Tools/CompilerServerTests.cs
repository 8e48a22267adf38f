using System.Diagnostics;
using Slipway.Build.Tests.Scripts;
using Slipway.Build.Tools;

namespace Slipway.Build.Tests.Tools;

public sealed class CompilerServerTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-compiler-");

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_folder);

    [TestCase("class Program { static void Main() { } }", 0)]
    [TestCase("class Program { static void Main() { missing } }", 1)]
    public void CompilesForItsBuildAndEndsWithIt(string code, int exitCode)
    {
        var project = Path.Combine(_folder.FullName, "Small.csproj");
        File.WriteAllText(project, """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder.FullName, "Program.cs"), code);
        string pipe;
        using (var server = new CompilerServer(_folder.FullName))
        {
            pipe = server.Pipe;
            var start = new ProcessStartInfo("dotnet", ["build", project, .. server.Arguments]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };

            var built = Processes.Run(start);

            Assert.That(built.ExitCode, Is.EqualTo(exitCode), built.Output);
            Assert.That(pipe, Does.Exist, "it was not the server that compiled");
        }

        Assert.That(pipe, Does.Not.Exist);
    }

    [Test]
    public void FindsAnSdkAmongThoseThatAreInstalled() =>
        Assert.That(
            CompilerServer.FolderOf("10.0.100", "9.0.300 [/usr/lib/dotnet/sdk]\n10.0.100-rc.1 [/a]\n10.0.100 [/opt/it's [new]/sdk]\n"),
            Is.EqualTo(Path.Combine("/opt/it's [new]/sdk", "10.0.100")));

    [Test]
    public void EndsNothingWhereNothingWasCompiled() => Assert.That(new CompilerServer("/nonexistent").Dispose, Throws.Nothing);
}
