using System.Diagnostics;
using Slipway.Build.Tests.Scripts;

namespace Slipway.Build.Tests.Tools;

public sealed class AnalysisTests
{
    private string _folder = "";

    [SetUp]
    public void CreateAProjectWithWhatOnlyAnAnalyzerFinds()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-analysis-").FullName;
        Write("Small.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <Import Project="{Path.Combine(Repository.Root, "Directory.Build.targets")}" />
            </Project>
            """);
        Write("Small.cs", "public class Small { public int Length() => 4; }");
        Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CA1822.severity = error\n");
    }

    [TearDown]
    public void Remove() => TestFolder.Remove(_folder);

    [Test]
    public void WhatWasCompiledWithoutAnalyzersIsAnalyzedByTheNextBuildThatHasThem()
    {
        var run = DotNet("-p:RunAnalyzers=false");
        var analyzed = DotNet("--no-restore");

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(analyzed.ExitCode, Is.Not.Zero);
        Assert.That(analyzed.Output, Does.Contain("CA1822"));
    }

    private ScriptResult DotNet(string option) => Processes.Run(
        new ProcessStartInfo("dotnet", ["build", Path.Combine(_folder, "Small.csproj"), "-nologo", "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false", option])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
