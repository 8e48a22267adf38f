using System.Runtime.InteropServices;

namespace Slipway.Registry.Storage;

/// <summary>Translates errors in a folder, of a directory store or otherwise, into messages that say what to do.</summary>
internal static class DirectoryErrors
{
    // On Unix, .NET returns the errno in HResult, on Windows the Win32 code: ENOSPC, EDQUOT, EROFS, EWOULDBLOCK (Linux, macOS) and their equivalents.
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] ReadOnly = [30, unchecked((int)0x80070013)];
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    public static bool IsHeldByAnother(IOException e) => Held.Contains(e.HResult);

    public static bool IsFromTheFolder(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <param name="attempt">Such as <c>write 'a/b'</c>.</param>
    public static SlipwayException Describe(string folder, string attempt, Exception e, string kind = "store folder") =>
        new($"Could not {attempt} in the {kind} '{folder}': {e.Message.TrimEnd('.')}. {Advice(folder, e)}", e);

    public static async Task<T> GuardAsync<T>(string root, string attempt, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (IsFromTheFolder(e))
        {
            throw Describe(root, attempt, e);
        }
    }

    public static SlipwayException RootIsAFile(string root) =>
        new($"The store folder '{root}' is a file. Choose a folder, or move that file away.");

    private static string Advice(string root, Exception e) => e switch
    {
        IOException when Full.Contains(e.HResult) => $"Nothing was changed. Free some space on the disk of '{root}', then try again.",
        IOException when ReadOnly.Contains(e.HResult) => $"The disk is mounted read-only. Remount it for writing, or choose another folder.",
        UnauthorizedAccessException => $"Give the user '{Environment.UserName}' read and write access to '{root}', or choose another folder"
            + (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "." : $" ('chown -R {Environment.UserName} {root}')."),
        _ => "Nothing was changed. Check the folder and its disk, then try again.",
    };
}
