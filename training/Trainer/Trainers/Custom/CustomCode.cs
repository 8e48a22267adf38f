using System.Diagnostics;
using System.Reflection;
using Slipway.Registry;

namespace Slipway.Trainer.Trainers.Custom;

/// <summary>Calls a class that somebody wrote for a model: whatever it throws is reported in one sentence that says which class, what and where.</summary>
internal sealed class CustomCode(Type type)
{
    public string Trainer { get; } = type.FullName ?? type.Name;

    /// <param name="member">The called member, by a name that its author knows, such as <c>Fit</c>.</param>
    /// <exception cref="CustomCodeException">It threw.</exception>
    public T Call<T>(string member, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (CustomCodeException)
        {
            throw;
        }
        catch (SlipwayException e)
        {
            throw new CustomCodeException($"The trainer {Trainer} reports in {member}: {e.Message}", e);
        }
        catch (Exception e)
        {
            var cause = Cause(e);
            throw new CustomCodeException(
                $"The trainer {Trainer} failed in {member} with {cause.GetType().Name}: {cause.Message.TrimEnd('.')}{Place(cause)}. " +
                "The error is in the code next to model.json, not in Slipway.", cause);
        }
    }

    public CustomCodeException Wrong(string what) => new($"The trainer {Trainer} {what}");

    // wrappers from reflection and type initializers mean nothing to the author
    private static Exception Cause(Exception e) =>
        e is TargetInvocationException or TypeInitializationException or AggregateException { InnerExceptions.Count: 1 } && e.InnerException is { } inner ? Cause(inner) : e;

    /// <summary>The innermost line of the author's own code; what it called may be deeper, in .NET or in Slipway.</summary>
    private static string Place(Exception e)
    {
        foreach (var frame in new StackTrace(e, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName()?.Replace('\\', '/') is { } file && !file.Contains("/training/Trainer/", StringComparison.Ordinal))
                return $" ({file[Math.Max(0, file.IndexOf("training/models/", StringComparison.Ordinal))..]}, line {frame.GetFileLineNumber()})";
        return "";
    }
}

/// <summary>The code of a model failed: not a bug in Slipway. The inner exception, if there is one, is for the log.</summary>
public sealed class CustomCodeException : SlipwayException
{
    public CustomCodeException(string message) : base(message) { }
    public CustomCodeException(string message, Exception inner) : base(message, inner) { }
}
