using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

internal sealed record WorkingDirectory(DirectoryPath Path);

internal sealed record HostSetting(string Key, string Value);

/// <summary>cake.config in the working directory; it overrides the host's settings, and arguments override it.</summary>
internal sealed class HostConfiguration : ICakeConfiguration
{
    private readonly ICakeConfiguration _values;

    public HostConfiguration(
        IEnumerable<HostSetting> settings, IFileSystem files, ICakeEnvironment environment, ICakeArguments given)
    {
        var arguments = given.GetArguments().ToDictionary(a => a.Key, a => a.Value.FirstOrDefault() ?? string.Empty);
        var defaults = settings.GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last().Value);
        _values = new CakeConfigurationProvider(files, environment)
            .CreateConfiguration(environment.WorkingDirectory, defaults, arguments);
    }

    public string GetValue(string key) => _values.GetValue(key);
}
