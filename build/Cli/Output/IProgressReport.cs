using Slipway.Reporting;

namespace Slipway.Build.Cli.Output;

/// <summary>Shows a person, or the log of a CI job, what a target is doing.</summary>
public interface IProgressReport
{
    /// <summary>Runs one step under a title; its end shows how long it took and whether it failed.</summary>
    Task<T> StepAsync<T>(string title, Func<IProgressStep, Task<T>> work);

    void Line(string text);

    /// <summary>A part of a report, aligned and never wrapped, so that URLs and commands can be copied.</summary>
    void Show(Section section);

    /// <summary>A line for the very end of the output, after everything that Cake prints.</summary>
    void Close(string line);
}

/// <summary>A step that is running.</summary>
public interface IProgressStep
{
    /// <summary>What is happening at this moment. A terminal shows it until the next, a log only now and then.</summary>
    void Now(string text);

    /// <summary>Something worth keeping.</summary>
    void Note(string text);

    /// <summary>Shows the step as failed, although the work after it continues.</summary>
    void Fail();
}
