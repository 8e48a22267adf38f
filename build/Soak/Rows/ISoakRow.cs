using Slipway.Build.Cli.Output;

namespace Slipway.Soak.Rows;

/// <summary>
/// One fault and what callers may notice of it. A public class that implements this is a row of the table: nothing else has to be changed to add one.
/// </summary>
public interface ISoakRow
{
    /// <summary>Its name on the command line and in the table, such as <c>disk-full</c>.</summary>
    string Name { get; }

    /// <summary>What is done, in one sentence.</summary>
    string Fault { get; }

    /// <summary>What has to be true of the figures, in one sentence.</summary>
    string Bound { get; }

    /// <summary>Whether it needs the fleet of <see cref="SoakContext.Fleet"/>.</summary>
    bool NeedsFleet { get; }

    /// <exception cref="RowUnavailableException">It cannot run on this machine.</exception>
    Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation);
}

/// <summary>A row cannot run on this machine; the message says why.</summary>
public sealed class RowUnavailableException(string message) : Exception(message);
