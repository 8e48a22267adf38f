namespace Slipway.Benchmarks.Contestants;

/// <summary>A program in Python, run by the first interpreter that has the packages: that of the path, or that of the system, which has the packages of Debian.</summary>
/// <param name="packages">By the names by which a program imports them.</param>
public sealed class PeerProgram(IReadOnlyList<string> packages)
{
    private const string Interpreters = "python3 /usr/bin/python3";

    // what Debian does not have
    private static readonly IReadOnlyList<string> OnlyOnPyPI = ["onnxruntime"];

    /// <summary>Succeeds if the program can run.</summary>
    public IReadOnlyList<string> Proof => First("exit 0");

    public string InstallHint =>
        $"python3 -m pip install {string.Join(' ', packages.Select(package => package == "sklearn" ? "scikit-learn" : package))}"
        + (packages.Intersect(OnlyOnPyPI).Any() ? "" : $", or apt-get install {string.Join(' ', packages.Select(package => $"python3-{package}"))}");

    /// <param name="script">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    public IReadOnlyList<string> Command(string script, params IReadOnlyList<string> arguments) =>
        // the command becomes the interpreter, so that its process is the one that is measured
        [.. First("exec \"$python\" \"$@\""), "python3", script, .. arguments];

    private string[] First(string what) =>
        ["sh", "-c", $"for python in {Interpreters}; do \"$python\" -c 'import {string.Join(", ", packages)}' 2>/dev/null && {what}; done; exit 1"];
}
