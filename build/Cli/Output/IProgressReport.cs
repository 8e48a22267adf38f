using Slipway.Reporting;

namespace Slipway.Build.Cli.Output;

/// <summary>Shows a person, or the log of a CI job, what a target does as it goes.</summary>
public interface IProgressReport
{
    /// <summary>Runs one step of the work under a title; how long it took and whether it failed is shown at its end.</summary>
    Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work);

    void Line(string text);

    /// <summary>A part of a report, aligned and never wrapped, so that URLs and commands can be copied.</summary>
    void Show(Section section);

    /// <summary>A line for the very end of the output, behind everything that Cake prints.</summary>
    void Close(string line);
}

/// <summary>A step that is running.</summary>
public interface IProgressStep
{
    /// <summary>What goes on at this moment. A terminal shows it until the next, a log once in a while.</summary>
    void Now(string text);

    /// <summary>Something worth keeping.</summary>
    void Note(string text);

    /// <summary>The step shows as failed, though the work after it goes on.</summary>
    void Fail();
}
