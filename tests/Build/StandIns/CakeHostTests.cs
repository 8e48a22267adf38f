using Cake.Core;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Build.Cli;
using static Slipway.Build.Tests.StandIns.HostTasks;

namespace Slipway.Build.Tests.StandIns;

/// <summary>
/// How a host of Cake.Frosting behaves, official or not: with the official packages in use
/// these tests run against them, and so hold the stand-in to their behavior.
/// </summary>
public sealed class CakeHostTests
{
    private CakeHostFixture _host = new();

    private IReadOnlyList<string> Happened => _host.Journal.Entries;

    [SetUp]
    public void StartFresh() => _host = new CakeHostFixture();

    [Test]
    public void RunsDefaultWithItsDependenciesInOrder()
    {
        Assert.That(_host.With<Umbrella>().With<Compile>().With<Clean>().Run(), Is.Zero);

        Assert.That(Happened, Is.EqualTo(new[] { "Clean", "Compile" }));
        Assert.That(_host.Report.Entries, Is.EqualTo(new[] { "Clean Executed", "Compile Executed", "Default Delegated" }));
    }

    [TestCase("--target=Compile")]
    [TestCase("--target compile")]
    [TestCase("-t Compile")]
    public void RunsTheTargetThatIsNamed(string args)
    {
        Assert.That(_host.With<Umbrella>().With<Compile>().With<Clean>().Run(args.Split(' ')), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Clean", "Compile" }));
    }

    [Test]
    public void RunsASharedDependencyOfTwoTargetsOnce()
    {
        Assert.That(_host.With<Compile>().With<Clean>().Run("-t", "Clean", "-t", "Compile"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Clean", "Compile" }));
    }

    [Test]
    public void RunsADependeeFirstAndWaitsForAnAsynchronousTask()
    {
        Assert.That(_host.With<Clean>().With<Prepare>().Run("--target=Clean"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Prepare", "Clean" }));
    }

    [Test]
    public void RunsOnlyTheTargetWhenExclusive()
    {
        Assert.That(_host.With<Compile>().With<Clean>().Run("--target=Compile", "--exclusive"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Compile" }));
    }

    [Test]
    public void RunsNothingOnADryRunButTheLifetime()
    {
        _host.With<Compile>().With<Clean>().With(host => host.UseLifetime<Lifetime>());

        Assert.That(_host.Run("--target=Compile", "--dryrun"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Setup Compile", "Teardown" }));
    }

    [Test]
    public void FailsWithOneAndStopsThere()
    {
        _host.With<Failing>().With<AfterFailing>().With(host => host.UseLifetime<Lifetime>());

        Assert.That(_host.Run("--target=AfterFailing"), Is.EqualTo(1));
        Assert.That(Happened, Is.EqualTo(new[] { "Setup AfterFailing", "Finally", "Teardown after boom" }));
        Assert.That(_host.Log.Errors, Does.Contain("Error: boom"));
        Assert.That(_host.Report.Entries, Does.Contain("Failing Failed"));
    }

    // The engine of 7.0.0 wraps it in its report, where the code is not read; Cake.Tool 7.0.0 also exits with 1.
    // This is why the build keeps the failure itself.
    [Test]
    public void LosesTheCodeThatACakeExceptionCarries() =>
        Assert.That(_host.With<FailingWithCode>().Run("--target=FailingWithCode"), Is.EqualTo(1));

    [Test]
    public void RunsATeardownWithoutASetup()
    {
        _host.With<Clean>().With(host => host.UseTeardown<OnlyTeardown>());

        Assert.That(_host.Run("--target=Clean"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "Clean", "Teardown" }));
    }

    [Test]
    public void FailsForATargetThatDoesNotExist()
    {
        Assert.That(_host.With<Clean>().Run("--target=Nope"), Is.EqualTo(1));
        Assert.That(_host.Log.Errors, Is.EqualTo(new[] { "Error: The target 'Nope' was not found." }));
    }

    [Test]
    public void SwallowsTheFailureOfATaskThatHandlesErrors()
    {
        Assert.That(_host.With<Swallowing>().Run("--target=Swallowing"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "OnError boom" }));
    }

    [Test]
    public void GoesOnAfterATaskThatMayFail()
    {
        Assert.That(_host.With<Tolerated>().With<AfterTolerated>().Run("--target=AfterTolerated"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "AfterTolerated" }));
    }

    [Test]
    public void GoesOnAfterASkippedDependencyAndSaysWhyOnlyWhenTheInterfaceIsListedAgain()
    {
        Assert.That(_host.With<Skipped>().With<SkippedWithReason>().With<AfterSkipped>().Run("--target=AfterSkipped"), Is.Zero);

        Assert.That(Happened, Is.EqualTo(new[] { "AfterSkipped" }));
        Assert.That(_host.Report.Entries, Does.Contain("Skipped Skipped").And.Contain("SkippedWithReason Skipped not today"));
    }

    [Test]
    public void FailsWhenTheTargetItselfIsSkipped()
    {
        Assert.That(_host.With<SkippedWithReason>().Run("--target=SkippedWithReason"), Is.EqualTo(1));
        Assert.That(_host.Log.Errors.Single(), Does.Contain("not today"));
    }

    [Test]
    public void HandsTheContextOfTheBuildToItsTasks()
    {
        _host.With<ForAnotherContext>().With(host => host.UseContext<OwnContext>());

        Assert.That(_host.Run("--target=ForAnotherContext"), Is.Zero);
        Assert.That(Happened, Is.EqualTo(new[] { "hello" }));
    }

    [Test]
    public void LeavesOutATaskThatTheContextDoesNotFit()
    {
        Assert.That(_host.With<Clean>().With<ForAnotherContext>().Run("--target=Clean"), Is.Zero);
        Assert.That(_host.Log.Warnings.Single(), Does.Contain(typeof(OwnContext).FullName));
    }

    [Test]
    public void RefusesADependencyThatIsNoTask()
    {
        Assert.That(_host.With<Misguided>().Run("--target=Misguided"), Is.EqualTo(1));
        Assert.That(_host.Log.Errors.Single(), Does.Contain("String"));
    }

    [Test]
    public void FindsTheTasksOfAnAssembly()
    {
        // they need another context, which shows that they were found
        Assert.That(_host.With<Clean>().With(host => host.AddAssembly(typeof(BuildContext).Assembly)).Run("--target=Clean"), Is.Zero);
        Assert.That(_host.Log.Warnings, Has.Count.EqualTo(TargetCatalog.Of(typeof(BuildContext).Assembly).Targets.Count));
    }

    [Test]
    public void ShowsTheTree()
    {
        Assert.That(_host.With<Compile>().With<Clean>().Run("--tree"), Is.Zero);
        Assert.That(_host.Console.Text, Does.Contain("Compile").And.Contain("Clean"));
        Assert.That(Happened, Is.Empty);
    }

    [TestCase("--verbosity=quiet", "Quiet")]
    [TestCase("--settings_verbosity=diagnostic", "Diagnostic")]
    [TestCase("--settings_verbosity=diagnostic --verbosity=minimal", "Minimal")]
    [TestCase("--settings_verbosity=loud", "Normal")]
    public void SaysAsMuchAsTheCommandLineElseTheConfigurationWants(string args, string expected)
    {
        Assert.That(_host.With<Clean>().Run(["--target=Clean", .. args.Split(' ')]), Is.Zero);
        Assert.That(_host.Log.Verbosity.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void SaysAsMuchAsTheHostsOwnSettingWants()
    {
        Assert.That(_host.With<Clean>().With(host => host.UseCakeSetting("Settings_Verbosity", "Verbose")).Run("--target=Clean"), Is.Zero);
        Assert.That(_host.Log.Verbosity.ToString(), Is.EqualTo("Verbose"));
    }

    [Test]
    public void PrintsItsReportWithThePrinterOfSpectre()
    {
        var printer = "";
        new CakeHost().ConfigureServices(services =>
        {
            using var provider = services.BuildServiceProvider();
            printer = provider.GetRequiredService<ICakeReportPrinter>().GetType().FullName!;
        });

        Assert.That(printer, Is.EqualTo("Cake.Cli.CakeSpectreReportPrinter"));
    }

    [Test]
    public void StaysInTheWorkingDirectoryThatExists()
    {
        _host.With<Clean>().With(host => host.UseWorkingDirectory("/surely/not/there"));

        Assert.That(_host.Run("--target=Clean"), Is.EqualTo(1));
        Assert.That(_host.Log.Errors.Single(), Does.Contain("'/surely/not/there' does not exist"));
    }

    [Test]
    public void IgnoresASwitchThatItDoesNotKnow() =>
        Assert.That(_host.With<Clean>().Run("--target=Clean", "--bogus"), Is.Zero, "which is why the build checks its arguments itself");
}
