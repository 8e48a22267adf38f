namespace Cake.Docker;

/// <summary>Marks a setting that is not rendered according to its name and type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class AutoPropertyAttribute : Attribute
{
    /// <summary>{0} is the name of the switch, {1} the value.</summary>
    public string Format { get; set; } = null!;

    public bool OnlyWhenTrue { get; set; }

    /// <summary>The switch precedes the command.</summary>
    public bool PreCommand { get; set; }

    public AutoArrayType AutoArrayType { get; set; } = AutoArrayType.MultipleInstances;
}

public enum AutoArrayType
{
    MultipleInstances,
    List,
}
