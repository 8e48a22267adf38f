namespace Cake.Docker;

public static class Constants
{
    /// <summary>For switches that are on by default.</summary>
    public const string BoolWithTrueDefaultFormat = "--{0}={1}";
}
