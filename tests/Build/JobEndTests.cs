using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tests.Cli.GitHub;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests;

public sealed class JobEndTests
{
    private static readonly Paths Paths = new(Path.GetFullPath("/repo"), Path.GetFullPath("/repo"));

    private JobFixture _fixture = null!;

    [SetUp]
    public void Begin() => _fixture = new();

    [TearDown]
    public void End() => _fixture.Dispose();

    [Test]
    public void SaysOnceWhichTargetFailedWithWhat()
    {
        JobEnd.Show(_fixture.Job, Asked("Deploy"), new SlipwayException("The store is away.\nPut it back."), Paths);

        Assert.That(_fixture.Orders, Is.EqualTo(new[] { "::error title=Deploy::The store is away.%0APut it back." }));
        Assert.That(_fixture.Summary, Is.EqualTo("## Deploy failed\n\n```\nThe store is away.\nPut it back.\n```\n\n"));
    }

    [Test]
    public void AGateThatSaidNoIsToldFromAFailure()
    {
        JobEnd.Show(_fixture.Job, Asked("Train"), new RefusedException("auc 0.5 (at least 0.7)"), Paths);

        Assert.That(_fixture.Orders, Is.EqualTo(new[] { "::error title=Train::auc 0.5 (at least 0.7)" }));
        Assert.That(_fixture.Summary, Does.StartWith("## Train was refused"));
    }

    [Test]
    public void WrongUsageIsAsLoud()
    {
        JobEnd.Show(_fixture.Job, Asked("Depoly"), new UsageException("There is no target 'Depoly'."), paths: null);

        Assert.That(_fixture.Orders.Single(), Does.StartWith("::error title=Depoly::There is no target"));
        Assert.That(_fixture.Summary, Does.Contain("called incorrectly"));
    }

    [Test]
    public void WhatTheCompilerMindsStandsAtItsLine()
    {
        var errors = BuildErrors.In(
            ["/repo/gateway/Proxy/A.cs(10,57): error CS0246: no such type [/repo/gateway/Proxy/Proxy.csproj]", "/tmp/B.cs(1,2): error CS0001: b"],
            Path.GetFullPath("/repo/gateway/Proxy"));
        JobEnd.Show(_fixture.Job, Asked("Build"), new SlipwayException("wrapped", new BuildFailedException("dotnet build failed", errors)), Paths);

        Assert.That(_fixture.Orders[0], Is.EqualTo("::error file=gateway/Proxy/A.cs,line=10,col=57,title=CS0246::CS0246: no such type"));
        Assert.That(_fixture.Orders[1], Is.EqualTo("::error title=CS0001::CS0001: b"), "no file of this repository");
    }

    [Test]
    public void ALongMessageIsShortAboveTheLog()
    {
        JobEnd.Show(_fixture.Job, Asked("Build"), new SlipwayException(string.Join('\n', Enumerable.Range(1, 1000))), Paths);

        Assert.That(_fixture.Orders.Single(), Does.EndWith("%0A20"));
        Assert.That(_fixture.Summary, Does.Contain("\n400\n... and 600 more lines; the log has them all.\n```"));
    }

    private static CommandLine Asked(string target) => CommandLineParser.Parse([$"--target={target}"]);
}
