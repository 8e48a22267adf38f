namespace Cake.Docker;

/// <summary>Says of a setting that it is rendered differently from what its name and type would give.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class AutoPropertyAttribute : Attribute
{
    /// <summary>{0} is the name of the switch, {1} the value.</summary>
    public string Format { get; set; } = null!;

    public bool OnlyWhenTrue { get; set; }

    /// <summary>Stands before the command, not behind it.</summary>
    public bool PreCommand { get; set; }

    public AutoArrayType AutoArrayType { get; set; } = AutoArrayType.MultipleInstances;
}

public enum AutoArrayType
{
    MultipleInstances,
    List,
}
