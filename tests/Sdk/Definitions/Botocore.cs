using System.Diagnostics;

namespace Slipway.Sdk.Tests;

/// <summary>The folder of botocore, the Python package that carries the definitions of all services.</summary>
internal static class Botocore
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Lazy<string?> Found = new(Find);

    public static string Folder
    {
        get
        {
            if (Found.Value is null)
                Assert.Ignore("botocore is not here, so there are no definitions to compare with: pip install boto3");
            return Found.Value!;
        }
    }

    private static string? Find()
    {
        var start = new ProcessStartInfo("python3", ["-c", "import botocore, os; print(os.path.dirname(botocore.__file__))"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? python;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no Python
        }

        using (python)
        {
            var folder = python!.StandardOutput.ReadLine();
            if (!python.WaitForExit(Limit)) python.Kill();
            return Directory.Exists(folder) ? folder : null;
        }
    }
}
