using System.Globalization;
using System.Reflection;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Docker;

/// <summary>Turns settings into arguments: each property with a value is a switch of the same name, in the order of their declaration.</summary>
public static class ArgumentsBuilderExtension
{
    public static void AppendAll<TSettings>(this ProcessArgumentBuilder builder, string command, TSettings settings, string[] arguments)
        where TSettings : AutoToolSettings, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentException.ThrowIfNullOrEmpty(command);
        settings ??= new TSettings();
        AppendArguments(builder, settings, preCommand: true);
        builder.Append(command);
        AppendArguments(builder, settings, preCommand: false);
        foreach (var argument in arguments)
            builder.Append(argument);
    }

    public static void AppendArguments<TSettings>(ProcessArgumentBuilder builder, TSettings settings, bool preCommand)
        where TSettings : AutoToolSettings, new()
    {
        // including those of ToolSettings: Cake's own timeout would become a switch that docker does not have
        foreach (var property in typeof(TSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (var argument in GetArgumentFromProperty(property, settings, preCommand, IsPropertyValueSecret(property, settings)))
                Append(builder, argument);
        }
    }

    public static IEnumerable<DockerArgument?> GetArgumentFromProperty<TSettings>(PropertyInfo property, TSettings settings, bool preCommand, bool isSecret)
        where TSettings : AutoToolSettings, new()
    {
        var attribute = GetAutoPropertyAttributeOrNull(property);
        if ((attribute?.PreCommand ?? false) != preCommand)
            return [];

        var value = property.GetValue(settings);
        if (attribute?.Format is not null)
            return [Bare(GetArgumentFromAutoProperty(attribute, property, value))];
        return value switch
        {
            bool flag => [Bare(GetArgumentFromBoolProperty(property, flag))],
            int or long or ulong or ushort when IsNullable(property) => [Bare(Number(property, (IFormattable)value))],
            TimeSpan time when IsNullable(property) => [Bare(GetArgumentFromNullableTimeSpanProperty(property, time))],
            string text => [GetArgumentFromStringProperty(property, text, isSecret)],
            string[] texts => GetArgumentFromStringArrayProperty(property, texts, isSecret),
            _ => [],
        };
    }

    public static bool IsPropertyValueSecret<TSettings>(PropertyInfo property, TSettings settings)
        where TSettings : AutoToolSettings => settings.SecretProperties.Contains(property.Name);

    public static string? GetArgumentFromAutoProperty(AutoPropertyAttribute attribute, PropertyInfo property, object? value)
    {
        if (value is null || property is null)
            return null;
        string Rendered(object one) => string.Format(CultureInfo.InvariantCulture, attribute.Format, GetPropertyName(property.Name), one);
        if (attribute.OnlyWhenTrue)
            return (bool)value ? Rendered(value) : "";
        return value is string[] texts ? string.Join(' ', texts.Select(Rendered)) : Rendered(value);
    }

    public static AutoPropertyAttribute? GetAutoPropertyAttributeOrNull(PropertyInfo property) => property.GetCustomAttribute<AutoPropertyAttribute>();

    public static string? GetArgumentFromBoolProperty(PropertyInfo property, bool value) => value ? Switch(property) : null;

    public static IEnumerable<DockerArgument?> GetArgumentFromStringArrayProperty(PropertyInfo property, string[] values, bool isSecret) =>
        (values ?? []).Select(value => GetArgumentFromStringProperty(property, value, isSecret));

    public static DockerArgument? GetArgumentFromStringProperty(PropertyInfo property, string? value, bool isSecret) => string.IsNullOrEmpty(value)
        ? null
        : new DockerArgument(Switch(property), value, isSecret ? DockerArgumentQuoting.QuotedSecret : DockerArgumentQuoting.Quoted);

    public static string? GetArgumentFromNullableTimeSpanProperty(PropertyInfo property, TimeSpan? value) =>
        value is { } time ? $"{Switch(property)} {ConvertTimeSpan(time)}" : null;

    public static string ConvertTimeSpan(TimeSpan source) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(source.TotalHours)}h{source.Minutes}m{source.Seconds}s");

    /// <summary>The name of a switch: <c>CapDrop</c> is <c>cap-drop</c>.</summary>
    public static string? GetPropertyName(string name)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static void Append(ProcessArgumentBuilder builder, DockerArgument? argument)
    {
        if (argument?.Key is { Length: > 0 } key)
            builder.Append(key);
        if (argument?.Value is not { Length: > 0 } value)
            return;
        _ = argument.Value.Quoting switch
        {
            DockerArgumentQuoting.Unquoted => builder.Append(value),
            DockerArgumentQuoting.QuotedSecret => builder.AppendQuotedSecret(value),
            _ => builder.AppendQuoted(value),
        };
    }

    private static bool IsNullable(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static string Switch(PropertyInfo property) => $"--{GetPropertyName(property.Name)}";

    private static string Number(PropertyInfo property, IFormattable value) => $"{Switch(property)} {value.ToString(null, CultureInfo.InvariantCulture)}";

    private static DockerArgument? Bare(string? text) => new DockerArgument(null, text, DockerArgumentQuoting.Unquoted);
}
