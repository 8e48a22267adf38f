namespace Slipway.Registry.Tests;

/// <summary>Content that shows when it is a mixture: one byte value throughout, in a length that follows from it.</summary>
public static class UniformContent
{
    public static byte[] Create(int number)
    {
        var content = new byte[LengthOf((byte)number)];
        Array.Fill(content, (byte)number);
        return content;
    }

    public static bool IsWhole(byte[] content) =>
        content.Length > 0 && content.Length == LengthOf(content[0]) && !content.AsSpan().ContainsAnyExcept(content[0]);

    private static int LengthOf(byte number) => 100_000 + number * 1000;
}
