using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task as the engine sees it.</summary>
public interface IFrostingTask
{
    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    /// <summary>
    /// Why the task was skipped. The base classes do not declare it, so a task that gives a reason
    /// must list this interface again in addition to its base class.
    /// </summary>
    string SkippedMessage => string.Empty;

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
