using System.Globalization;
using NUnit.Framework.Interfaces;

[assembly: Slipway.Tests.RunningTests]

namespace Slipway.Tests;

/// <summary>
/// Writes the id of this process into the file that the build names, and then each test that starts or ends. From it the build sees that tests hang, and
/// which ones ran when the process died. Without such a file, as in an editor, it does nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningTestsAttribute : Attribute, ITestAction
{
    private static readonly TextWriter? Lines = Open(Environment.GetEnvironmentVariable("SLIPWAY_RUNNING_TESTS"));

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => Lines?.WriteLine($"+{NameOf(test)}");

    public void AfterTest(ITest test) => Lines?.WriteLine($"-{NameOf(test)}");

    // on one line, whatever its arguments are
    private static string NameOf(ITest test) => test.FullName.ReplaceLineEndings(" ");

    private static TextWriter? Open(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        var file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        file.WriteLine(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return TextWriter.Synchronized(file);
    }
}
