using Cake.Core;

namespace Slipway.Build.Tests.StandIns;

/// <summary>Tasks for tests of the host: each writes its name into the journal.</summary>
public static class HostTasks
{
    public abstract class Journaled(Journal journal) : FrostingTask<ICakeContext>
    {
        public override void Run(ICakeContext context) => journal.Add(GetType().Name);
    }

    [TaskDescription("Removes what was there.")]
    public sealed class Clean(Journal journal) : Journaled(journal);

    [IsDependentOn(typeof(Clean))]
    public sealed class Compile(Journal journal) : Journaled(journal);

    [TaskName("Default")]
    [IsDependentOn(typeof(Compile))]
    public sealed class Umbrella : FrostingTask;

    [IsDependeeOf(typeof(Clean))]
    public sealed class Prepare(Journal journal) : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            await Task.Yield();
            journal.Add(nameof(Prepare));
        }
    }

    public sealed class Failing(Journal journal) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("boom");

        public override void Finally(ICakeContext context) => journal.Add("Finally");
    }

    [IsDependentOn(typeof(Failing))]
    public sealed class AfterFailing(Journal journal) : Journaled(journal);

    public sealed class FailingWithCode : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException(3, "refused");
    }

    public sealed class Swallowing(Journal journal) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("boom");

        public override void OnError(Exception exception, ICakeContext context) => journal.Add($"OnError {exception.Message}");
    }

    [ContinueOnError]
    public sealed class Tolerated : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("boom");
    }

    [IsDependentOn(typeof(Tolerated))]
    public sealed class AfterTolerated(Journal journal) : Journaled(journal);

    public class Skipped(Journal journal) : Journaled(journal)
    {
        public string SkippedMessage => "not today";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    // the interface is listed again: only so does the engine see the message
    public sealed class SkippedWithReason(Journal journal) : Skipped(journal), IFrostingTask;

    [IsDependentOn(typeof(Skipped))]
    [IsDependentOn(typeof(SkippedWithReason))]
    public sealed class AfterSkipped(Journal journal) : Journaled(journal);

    [IsDependentOn(typeof(string))]
    public sealed class Misguided : FrostingTask;

    public sealed class ForAnotherContext(Journal journal) : FrostingTask<OwnContext>
    {
        public override void Run(OwnContext context) => journal.Add(context.Greeting);
    }

    public sealed class OwnContext(ICakeContext context) : FrostingContext(context)
    {
        public string Greeting => "hello";
    }

    public sealed class Lifetime(Journal journal) : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => journal.Add($"Setup {info.TargetTask.Name}");

        public override void Teardown(ICakeContext context, ITeardownContext info) =>
            journal.Add(info.ThrownException is { } exception ? $"Teardown after {exception.Message}" : "Teardown");
    }

    public sealed class OnlyTeardown(Journal journal) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info) => journal.Add("Teardown");
    }
}
